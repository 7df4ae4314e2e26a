import { type OperationId, operationTable } from "@isc-customizers/types";
import openapi from "@isc-customizers/types/openapi.json";

/** A parameter, as the form shows it. */
export interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly isNumber: boolean;
  readonly description: string;
  /** The example of the spec, which the form starts with. */
  readonly example: string;
}

/** The form of an operation. */
export interface Form {
  readonly fields: readonly Field[];
  /** `json`, `binary`, or `none`. */
  readonly body: "json" | "binary" | "none";
  readonly example: string;
}

/** The values that a reader gave. Empty values are left out. */
export interface Values {
  readonly parameters: Readonly<Record<string, string>>;
  readonly json: string;
  readonly file: File | undefined;
}

type Node = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

const record = (value: unknown): Node => (typeof value === "object" && value !== null ? (value as Node) : {});

/** Follows a `$ref` of the bundled spec. */
function resolve(value: unknown): Node {
  const { $ref } = record(value);
  if (typeof $ref !== "string") return record(value);
  const tokens = $ref.slice(2).split("/");
  return record(tokens.reduce<unknown>((node, token) => record(node)[token], openapi));
}

export function formOf(id: OperationId): Form {
  const { path, method, body } = operationTable[id] as {
    path: string;
    method: string;
    body?: { kind: string; mediaType: string };
  };
  const item = record(record(openapi.paths)[path]);
  const operation = record(item[method.toLowerCase()]);
  const parameters = [item["parameters"], operation["parameters"]].flatMap((list) =>
    Array.isArray(list) ? list : [],
  );
  const fields = parameters.map(resolve).filter((parameter) => parameter["in"] !== "header");
  return {
    fields: fields.map((parameter) => ({
      name: textOf(parameter["name"]),
      required: parameter["required"] === true,
      isNumber: ["integer", "number"].includes(textOf(resolve(parameter["schema"])["type"])),
      description: textOf(parameter["description"]),
      example: textOf(parameter["example"]),
    })),
    body: body === undefined ? "none" : body.kind === "binary" ? "binary" : "json",
    example:
      body === undefined ? "" : JSON.stringify(exampleOf(operation, body.mediaType) ?? {}, undefined, 2),
  };
}

function exampleOf(operation: Node, mediaType: string): unknown {
  const media = record(record(resolve(operation["requestBody"])["content"])[mediaType]);
  const [first] = Object.values(record(media["examples"]));
  return media["example"] ?? resolve(first)["value"];
}

/** The first argument of the method. @throws SyntaxError if the JSON is invalid */
export function argumentOf(
  { fields, body }: Form,
  { parameters, json, file }: Values,
): Record<string, unknown> {
  const given = fields.filter(({ name }) => (parameters[name] ?? "") !== "");
  const entries: [string, unknown][] = given.map(({ name, isNumber }) => [
    name,
    isNumber ? Number(parameters[name]) : parameters[name],
  ]);
  if (body === "json" && json.trim() !== "") entries.push(["body", JSON.parse(json)]);
  if (body === "binary" && file !== undefined) entries.push(["body", file]);
  return Object.fromEntries(entries);
}

/** The call as TypeScript. */
export function typescriptOf(id: OperationId, form: Form, values: Values): string {
  const argument = argumentOf(form, { ...values, file: undefined });
  const text = JSON.stringify(argument, undefined, 2).replaceAll(/^( *)"([A-Za-z_$][\w$]*)":/gm, "$1$2:");
  const isUpload = form.body === "binary" && values.file !== undefined;
  const members = isUpload
    ? text.replace(
        /\n?\}$/,
        `${text === "{}" ? "" : ","}\n  body: await zipFromFile(${JSON.stringify(values.file?.name)})\n}`,
      )
    : text;
  return [
    `import { clientFromEnvironment${isUpload ? ", zipFromFile" : ""} } from "@isc-customizers/client/node";`,
    "",
    "const customizers = clientFromEnvironment();",
    `const data = await customizers.${id}(${members === "{}" ? "" : members});`,
    "console.log(data);",
  ].join("\n");
}

/** A request that was sent. */
export interface Sent {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
}

/** The request as curl. The access token is in `TOKEN`. */
export function curlOf({ url, method, headers }: Sent, { json, file }: Values, form: Form): string {
  const quote = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const shown = [...headers].filter(([name]) => !["authorization", "user-agent"].includes(name));
  return [
    `curl --request ${method} ${quote(url)}`,
    '--header "Authorization: Bearer $TOKEN"',
    ...shown.map(([name, value]) => `--header ${quote(`${name}: ${value}`)}`),
    ...(form.body === "json" && json.trim() !== ""
      ? [`--data ${quote(JSON.stringify(JSON.parse(json)))}`]
      : []),
    ...(form.body === "binary" && file !== undefined ? [`--data-binary ${quote(`@${file.name}`)}`] : []),
  ].join(" \\\n  ");
}
