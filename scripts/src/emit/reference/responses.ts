import { isIdempotent, isRetriedStatus } from "../../contract/retries.ts";
import type { Operation, Response } from "../../model/model.ts";
import { thrownBy } from "../../model/successes.ts";
import { responseType } from "../typescript/type-names.ts";
import type { TypeScriptTypes } from "../typescript/typescript-types.ts";
import { code, jsonBlock, table } from "./markdown.ts";
import { typeLink } from "./type-link.ts";

/** Emits a table of the responses. */
export function responseTable(types: TypeScriptTypes, operation: Operation): string {
  return table(
    ["Code", "Description", "Type", "Response headers", "Throws", "Retried"],
    operation.responses.map((response) => {
      const error = thrownBy(operation, response);
      return [
        response.status,
        [response.description, ...noticesOf(response)].filter(Boolean).join(" "),
        response.kind === undefined ? "no body" : typeLink(types, responseType(types, response)),
        response.headers.map(({ name, description }) => `${code(name)}: ${description}`).join(" "),
        code(error ?? ""),
        error === undefined ? "" : retriesAfter(operation, response),
      ];
    }),
  );
}

/** Emits the JSON of the responses that have an example. */
export function responseExamples({ responses }: Operation): string[] {
  return responses
    .filter(({ kind, example }) => kind === "json" && example !== undefined)
    .map(
      ({ status, example }) =>
        `<details>\n<summary>JSON of ${status}</summary>\n\n${jsonBlock(example)}\n</details>\n`,
    );
}

/** Says whether the client sends the request again after a response. A range of statuses may have both. */
function retriesAfter({ method, scopes }: Operation, { status }: Response): string {
  if (status === "401" && scopes.length > 0) return "once, with a new token";
  const retried = statusesIn(status).filter((code) => isRetriedStatus(code, isIdempotent(method)));
  if (retried.length === 0) return "no";
  return retried.length === 1 && String(retried[0]) === status ? "yes" : retried.join(", ");
}

/** Lists the statuses that `404`, `4XX` or `default` stands for (OpenAPI 3.1.0, section 4.8.16). */
function statusesIn(status: string): number[] {
  const range = /^([1-5])XX$/i.exec(status);
  if (range) return hundredFrom(Number(range[1]) * 100);
  return status === "default" ? [...hundredFrom(400), ...hundredFrom(500)] : [Number(status)];
}

function hundredFrom(first: number): number[] {
  return Array.from({ length: 100 }, (_, index) => first + index);
}

function noticesOf({ status, mediaType, others }: Response): string[] {
  return [
    status.startsWith("3") ? "The client does not follow a redirect." : "",
    mediaType === "text/event-stream" ? "The method waits for the end of the event stream." : "",
    others.length > 0 ? `The API also has ${others.map(code).join(", ")}.` : "",
  ];
}
