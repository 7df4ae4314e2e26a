import type { IncomingHttpHeaders } from "node:http";
import type { Fault } from "../faults/fault.ts";
import { queryValues } from "./query-values.ts";

/** A served request, with its secrets redacted. */
export interface RequestRecord {
  readonly method: string;
  /** The path as received: percent-encoded, with the API version, without the query. */
  readonly path: string;
  /** Query parameters. A repeated parameter has an array of its values. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** Headers by lower-case name. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** Bytes of the body that were read; fewer than were sent when the request was refused early. */
  readonly size: number;
  /** Status of the reply; undefined when the connection ended before a reply. */
  readonly status: number | undefined;
  /** Milliseconds from the head of the request until the reply was ready. */
  readonly duration: number;
  /** API version in the path; undefined when the path has no known version. */
  readonly apiVersion: string | undefined;
  /** Operation of the document; undefined when none matched. */
  readonly operationId: string | undefined;
  /** Kind of the fault that hit the request; undefined when none did. */
  readonly fault: Fault["kind"] | undefined;
}

const CAPACITY = 10_000;
const REDACTED = "[redacted]";
const SECRET_NAME = /authorization|cookie|secret|token|password|api-?key/i;

/** The last 10,000 requests, in the order of their replies. */
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

/** The path of a request with its query. */
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

/** Redacts a secret. Keeps the scheme of an `Authorization`, so that a test can see that a bearer token was sent. */
function redact(name: string, value: string | string[]): string | string[] {
  if (!SECRET_NAME.test(name)) return value;
  if (typeof value !== "string") return value.map(() => REDACTED);
  const scheme = /^(Bearer|Basic) /i.exec(value)?.[0] ?? "";
  return scheme + REDACTED;
}
