import { Ajv2020 } from "ajv/dist/2020.js";
import type { Fault } from "./fault.ts";

/** Thrown when something is no fault; the message says what is wrong with it and where. */
export class InvalidFaultError extends TypeError {
  override readonly name = "InvalidFaultError";
}

const text = { type: "string", minLength: 1 };
const status = { type: "integer", minimum: 200, maximum: 599 };
/** As much as a timer can wait: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const milliseconds = { type: "integer", minimum: 0, maximum: 2 ** 31 - 1 };
const header = { type: "string", pattern: "^[\\t\\x20-\\x7e\\x80-\\xff]*$" };
/** https://www.rfc-editor.org/rfc/rfc9110#section-5.1 */
const TOKEN = "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$";
/** Those which say where the message ends, https://www.rfc-editor.org/rfc/rfc9112#section-6: the server's own to send. */
const FRAMING = `^(${["content-length", "transfer-encoding", "trailer"].map(inAnyCase).join("|")})$`;

const selection = {
  match: {
    type: "object",
    properties: {
      operationId: text,
      method: { type: "string", pattern: "^[A-Z]+$" },
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
        propertyNames: { allOf: [{ pattern: TOKEN }, { not: { pattern: FRAMING } }] },
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

const ajv = new Ajv2020({ allErrors: true, discriminator: true });
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
 * @param value A fault that was written by hand or came as JSON.
 * @throws InvalidFaultError
 */
export function readFault(value: unknown): Fault {
  if (validate(value)) return structuredClone(value);
  const findings = (validate.errors ?? []).map(({ instancePath, message, keyword, params }) => {
    if (keyword === "discriminator") return `"kind" must be one of ${Object.keys(effects).join(", ")}`;
    const detail = params["additionalProperty"] ?? params["allowedValues"];
    return `${instancePath || "it"} ${message}${detail === undefined ? "" : ` (${JSON.stringify(detail)})`}`;
  });
  throw new InvalidFaultError(`This is no fault: ${findings.join("; ")}.`);
}

/** A pattern for `name`; JSON Schema has none that ignore case. */
function inAnyCase(name: string): string {
  return name.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}
