import {
  type Case,
  changed,
  type Detected,
  major,
  minor,
  missingFrom,
  on,
  type Rules,
  shown,
} from "./rule.ts";

export const serverRules = {
  "server-moved": major(
    "The first server of the document, a path or an operation has another URL. By default, calls go to another address.",
    changed(
      "ServerList",
      "first",
      ({ before, after }) => `is at ${addressOf(after)} instead of ${addressOf(before)}`,
    ),
  ),
  "server-added": minor(
    "Calls go to the same address.",
    on("Server", (found) => found.kind === "added" && (isFirst(found) ? [] : "has a new server")),
  ),
  "server-removed": major(
    "Calls to it fail.",
    on("Server", (found) => found.kind === "removed" && (isFirst(found) ? [] : "has lost a server")),
  ),
  "server-value-added": minor(
    "A server variable accepts another value. Calls go to the same address.",
    (found) => freedValues(found) || (isValues(found) && missingFrom(found.before, found.after, known)),
  ),
  "server-value-removed": major(
    "A server variable loses a value, or is added or removed. An option that names it does not compile.",
    (found) =>
      variableChange(found) ||
      fixedValues(found) ||
      (isValues(found) && missingFrom(found.after, found.before, unknown)),
  ),
  "server-default-changed": major(
    "Calls go to another address or version, and no compiler reports it.",
    changed("ServerVariable", "default", ({ before, after }) => {
      return `has the default ${shown(after)} instead of ${shown(before)} for a server variable`;
    }),
  ),
} satisfies Rules;

/** Returns `true` if this is the first server, which a client calls by default and which has a rule of its own. */
function isFirst({ name }: Case): boolean {
  return name === "0";
}

function addressOf(url: unknown): string {
  return url === undefined ? "no address" : shown(url);
}

const known = (value: string) => `accepts the value ${value} for a server variable`;
const unknown = (value: string) => `no longer accepts the value ${value} for a server variable`;

function variableChange({ typeName, kind }: Case): Detected {
  if (typeName !== "ServerVariable" || kind === "modified") return undefined;
  return kind === "added" ? "has a new server variable" : "has lost a server variable";
}

function isValues({ typeName, property, before, after }: Case): boolean {
  const isEnum = property === "enum" && before !== undefined && after !== undefined;
  return typeName === "ServerVariable" && (isEnum || property === "x-service-versions");
}

const freedValues = changed("ServerVariable", "enum", ({ after }) => {
  return after === undefined && "accepts any value for a server variable now";
});
const fixedValues = changed("ServerVariable", "enum", ({ before, after }) => {
  return (
    before === undefined && `accepts only ${shown(after)} for a server variable; it accepted any value before`
  );
});
