import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const client = JSON.parse(readFileSync(`${root}packages/client/package.json`, "utf8")) as { version: string };
const spec = readFileSync(`${root}spec/openapi.yaml`, "utf8");
const isBuild = process.argv.includes("build");
// The build is published, so no variable of a developer's shell may reach it.
const environment = isBuild ? {} : process.env;

/** Reads the commit. A copy of the repository without git has none. */
function commitOf(): string {
  if (!existsSync(`${root}.git`)) return "";
  return `, commit ${execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: root, encoding: "utf8" }).trim()}`;
}

/** Facts about the repository, and the address of the mock tenant that `pnpm site` starts. */
export const facts = {
  root,
  docs: `${root}docs/`,
  version: client.version,
  specVersion: /^ {2}version: (\S+)/m.exec(spec)?.[1] ?? "",
  commit: commitOf(),
  /** The built packages, and what the pages import: they are outside this folder. */
  aliases: [
    { find: /^@isc-customizers\/client$/, replacement: `${root}packages/client/dist/index.js` },
    { find: /^@isc-customizers\/types$/, replacement: `${root}packages/types/dist/index.js` },
    {
      find: /^@isc-customizers\/types\/openapi.json$/,
      replacement: `${root}packages/types/src/generated/openapi.json`,
    },
    { find: /^openapi-fetch$/, replacement: `${root}packages/client/node_modules/openapi-fetch` },
    { find: /^vue$/, replacement: `${root}site/node_modules/vue/dist/vue.runtime.esm-bundler.js` },
    { find: /^vue\/server-renderer$/, replacement: `${root}site/node_modules/vue/server-renderer/index.mjs` },
  ],
  isBuild,
  mockTenant: {
    baseUrl: environment["SAIL_BASE_URL"] ?? "http://127.0.0.1:4010",
    clientId: environment["SAIL_CLIENT_ID"] ?? "",
    clientSecret: environment["SAIL_CLIENT_SECRET"] ?? "",
  },
};
