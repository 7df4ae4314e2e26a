import { Ajv2020 } from "ajv/dist/2020.js";
import type { ErrorObject } from "ajv/dist/2020.js";
import { validationErrorText } from "../validation-error.ts";
import { HTTP_METHODS } from "../openapi/document.ts";
import type { Fault } from "./fault.ts";

/** Thrown for an invalid fault; the message names each problem and its place. */
export class InvalidFaultError extends TypeError {
  override readonly name = "InvalidFaultError";
}

const text = { type: "string", minLength: 1 };
const status = { type: "integer", minimum: 200, maximum: 599 };
/** Up to the longest delay of a timer: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const milliseconds = { type: "integer", minimum: 0, maximum: 2 ** 31 - 1 };
const header = { type: "string", pattern: "^[\\t\\x20-\\x7e\\x80-\\xff]*$" };
/** Headers that the server must set itself: they frame the message and control the connection. */
const FRAMING = new Set([
  "connection",
  "content-length",
  "keep-alive",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);
const formats = {
  // A header name is a token: https://www.rfc-editor.org/rfc/rfc9110#section-5.1
  "header-name": (name: string) =>
    /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) && !FRAMING.has(name.toLowerCase()),
};

const selection = {
  match: {
    type: "object",
    properties: {
      operationId: text,
      method: { enum: HTTP_METHODS },
      path: text,
      apiVersion: text,
    },
    additionalProperties: false,
  },
  times: { type: "integer", minimum: 1 },
  probability: { type: "number", exclusiveMinimum: 0, maximum: 1 },
  seed: { type: "integer" },
};

const effects: Record<
  Fault["kind"],
  { properties: object; required?: string[]; dependentRequired?: object }
> = {
  status: {
    properties: {
      status,
      body: true,
      headers: {
        type: "object",
        propertyNames: { format: "header-name" },
        additionalProperties: header,
      },
      retryAfter: { type: "integer", minimum: 0, maximum: 10 ** 9 },
      retryAfterFormat: { enum: ["seconds", "date"] },
    },
    required: ["status"],
    dependentRequired: { retryAfterFormat: ["retryAfter"] },
  },
  delay: { properties: { milliseconds }, required: ["milliseconds"] },
  "slow-body": { properties: { milliseconds }, required: ["milliseconds"] },
  drop: { properties: { when: { enum: ["before", "after"] } }, required: ["when"] },
  "truncated-body": { properties: {} },
  "malformed-json": { properties: {} },
  html: { properties: { status } },
  "content-type": { properties: { contentType: header } },
  "expired-tokens": { properties: {} },
};

const ajv = new Ajv2020({ allErrors: true, discriminator: true, formats, verbose: true });
const validate = ajv.compile<Fault>({
  type: "object",
  required: ["kind"],
  discriminator: { propertyName: "kind" },
  oneOf: Object.entries(effects).map(([kind, { properties, required = [], ...rest }]) => ({
    properties: { kind: { const: kind }, ...selection, ...properties },
    required,
    additionalProperties: false,
    ...rest,
  })),
});

/**
 * @param value A fault from a caller or from JSON.
 * @throws InvalidFaultError
 */
export function readFault(value: unknown): Fault {
  if (validate(value)) return copyOf(value);
  const problems = (validate.errors ?? []).map(textOf);
  throw new InvalidFaultError(`Invalid fault: ${problems.join("; ")}.`);
}

function textOf(error: ErrorObject): string {
  const { keyword, instancePath, data, params } = error;
  if (keyword === "discriminator") {
    const { tagValue }: { tagValue?: unknown } = params;
    const given = tagValue === undefined ? "it is missing" : `got ${JSON.stringify(tagValue)}`;
    return `"kind" must be one of ${Object.keys(effects).join(", ")}; ${given}`;
  }
  const text = `${instancePath || "it"} ${validationErrorText(error)}`;
  return typeof data === "object" ? text : `${text}; got ${JSON.stringify(data)}`;
}

/** Copies a fault through JSON, because a body is sent as JSON. */
function copyOf(fault: Fault): Fault {
  try {
    return JSON.parse(JSON.stringify(fault));
  } catch (error) {
    throw new InvalidFaultError(`Invalid fault: it cannot be written as JSON (${String(error)}).`, {
      cause: error,
    });
  }
}
