import { createContext, runInContext } from "node:vm";
import type * as Client from "../../src/index.ts";

// Prints the globals of the platform that the client has read, at three times. A new context has the globals of the language, and
// `console`.
const language = new Set(runInContext("Object.getOwnPropertyNames(globalThis)", createContext()) as string[]);
language.delete("console");

const read = new Set<string>();
for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(globalThis))) {
  if (language.has(name) || descriptor.configurable !== true) continue;
  Object.defineProperty(globalThis, name, {
    configurable: true,
    get() {
      read.add(name);
      return descriptor.get ? (descriptor.get.call(globalThis) as unknown) : descriptor.value;
    },
  });
}
const readSince = () => {
  const names = [...read];
  read.clear();
  return names;
};

const [, , entry = ""] = process.argv;
// At the first import of a process, Node itself reads some globals.
const nothing: string = "data:text/javascript,";
await import(nothing);
readSince();
const { createClient } = (await import(entry)) as typeof Client;
const atImport = readSince();
const client = createClient({ baseUrl: "http://127.0.0.1:9", auth: { accessToken: "a" }, retries: 0 });
const atCreation = readSince();
await client.listConnectorCustomizers().catch(() => {});
process.stdout.write(JSON.stringify({ atImport, atCreation, atCall: readSince() }));
