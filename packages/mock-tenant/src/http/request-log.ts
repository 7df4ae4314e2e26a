import type { IncomingHttpHeaders } from "node:http";
import type { Fault } from "../faults/fault.ts";
import { queryValues } from "./query-values.ts";

/** A request that was served, with its secrets cut. */
export interface RequestRecord {
  readonly method: string;
  /** As it came: percent-encoded, with the API version and without the query. */
  readonly path: string;
  /** A parameter that was sent more than once has all its values. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** How many bytes of the body were read; fewer than were sent when the request was refused before its end. */
  readonly size: number;
  /** Of the reply; undefined when the connection ended before there was one. */
  readonly status: number | undefined;
  /** Milliseconds from the head of the request to the moment when the reply was ready to be sent. */
  readonly duration: number;
  /** Undefined when the path belongs to no version. */
  readonly apiVersion: string | undefined;
  /** Undefined when no operation of the document was meant. */
  readonly operationId: string | undefined;
  /** The fault that hit it; undefined when it was answered as it should be. */
  readonly fault: Fault["kind"] | undefined;
}

const CAPACITY = 10_000;
const REDACTED = "[redacted]";
const SECRET_NAME = /authorization|cookie|secret|token|password|api-?key/i;

/** The last 10,000 requests, in the order in which they were answered. */
export class RequestLog {
  readonly #records: RequestRecord[] = [];

  get records(): readonly RequestRecord[] {
    return this.#records;
  }

  add(record: RequestRecord): void {
    this.#records.push(record);
    if (this.#records.length > CAPACITY) this.#records.shift();
  }
}

/** The path of a request, with its query. */
export function targetOf({ path, query }: RequestRecord): string {
  const search = new URLSearchParams();
  for (const [name, values] of Object.entries(query)) {
    for (const value of [values].flat()) search.append(name, value);
  }
  return search.size > 0 ? `${path}?${search.toString()}` : path;
}

export function loggedQuery(query: URLSearchParams): RequestRecord["query"] {
  return Object.fromEntries(
    [...new Set(query.keys())].map((name) => [name, redact(name, queryValues(query, name))]),
  );
}

export function loggedHeaders(headers: IncomingHttpHeaders): RequestRecord["headers"] {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, redact(name, value)]],
    ),
  );
}

/** Keeps the scheme of an `Authorization`, which is no secret and tells a test that a bearer token was sent. */
function redact(name: string, value: string | string[]): string | string[] {
  if (!SECRET_NAME.test(name)) return value;
  if (typeof value !== "string") return value.map(() => REDACTED);
  const scheme = /^(Bearer|Basic) /i.exec(value)?.[0] ?? "";
  return scheme + REDACTED;
}
