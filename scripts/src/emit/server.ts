import { variableDescriptionsOf } from "../model/build-server.ts";
import type { ServerVariable } from "../contract/server-object.ts";
import { docComment } from "./typescript/doc-comment.ts";
import { literal } from "./typescript/literal.ts";
import type { ApiModel } from "../model/model.ts";
import { propertyName } from "../naming/names.ts";
import { head } from "./head.ts";

/** Emits the first server of the document. */
export function emitServer({ source, server, document }: ApiModel, sha256: string): string {
  const object = server ?? { url: "/", variables: {} };
  const descriptions = variableDescriptionsOf(document);
  const members = Object.entries(object.variables).map(([name, variable]) =>
    member(name, variable, descriptions[name]),
  );
  return `${head(source)}
import type { Server } from "./server-object.ts";

/** The version of the API description that this was generated from. */
export const specVersion: string = ${literal(document.info.version)};

/** The SHA-256 of that description's file, in hexadecimal: it identifies the file. */
export const specSha256: string = ${literal(sha256)};

/** The values that the variables of the server's URL may have. */
export interface ServerVariables {
${members.join("")}}

/** The API's server. */
export const server: Server = ${literal(object)};
`;
}

function member(name: string, variable: ServerVariable, description: string | undefined): string {
  const { default: value, enum: values, serviceVersions = [] } = variable;
  const type =
    values === undefined
      ? "string"
      : [...values, ...serviceVersions].map((text) => literal(text)).join(" | ");
  return `${docComment([description, `@default ${literal(value)}`], "  ")}  ${propertyName(name)}: ${type};\n`;
}
