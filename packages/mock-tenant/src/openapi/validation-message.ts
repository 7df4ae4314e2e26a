import { validationErrorText } from "../validation-error.ts";
import type { ValidationError } from "../validation-error.ts";

const PARAMETERS: ReadonlyMap<string | undefined, string> = new Map([
  ["path", "path parameter"],
  ["query", "query parameter"],
  ["header", "header"],
  ["cookie", "cookie"],
]);

/** True for an error about the body of the request. */
export function concernsBody({ instancePath, params }: ValidationError): boolean {
  return (
    /^\/requestBody(\/|$)/.test(instancePath) ||
    (instancePath === "" && params.missingProperty === "requestBody")
  );
}

/** Message of a validation error. Names a parameter by its name, and a place in the body by its JSON pointer. */
export function validationMessage(error: ValidationError): string {
  const [, place, name, ...rest] = error.instancePath.split("/");
  const { missingProperty } = error.params;
  const kind = PARAMETERS.get(place);
  if (kind !== undefined && name === undefined && missingProperty !== undefined) {
    return `The ${kind} "${missingProperty}" is missing.`;
  }
  if (kind === undefined && place === undefined) return "The body is missing.";

  const pointer = (kind === undefined ? [name, ...rest] : rest).filter((part) => part !== undefined);
  const subject = kind === undefined ? "The body" : `The ${kind} "${unescapePointer(name ?? "")}"`;
  const where = pointer.length > 0 ? ` at /${pointer.join("/")}` : "";
  return `${subject}${where} ${validationErrorText(error)}.`;
}

/** Unescapes a JSON pointer token: https://www.rfc-editor.org/rfc/rfc6901#section-4 */
function unescapePointer(token: string): string {
  return token.replaceAll("~1", "/").replaceAll("~0", "~");
}
