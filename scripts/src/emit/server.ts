import { literal } from "../literal.ts";
import type { ApiModel } from "../model.ts";
import { head } from "./head.ts";

/** Where the API is served, as the document's first server says. */
export function emitServer({ source, server, document }: ApiModel): string {
  const { version } = document.info;
  return `${head(source)}\nimport type { Server } from "./server-object.ts";

/** The version of the API description that this was generated from. */
export const specVersion: string = ${literal(version)};

/** The API's server. */
export const server: Server = ${literal(server ?? { url: "/", variables: {} })};
`;
}
