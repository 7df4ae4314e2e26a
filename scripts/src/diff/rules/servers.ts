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

/** Rules for servers and their variables. */
export const serverRules = {
  "server-moved": major(
    "The first server has another URL: of all, of a path or of an operation. Calls go to another address by default.",
    changed(
      "ServerList",
      "first",
      ({ before, after }) => `is at ${addressOf(after)} instead of ${addressOf(before)}`,
    ),
  ),
  "server-added": minor(
    "Calls go where they went.",
    on("Server", (found) => found.kind === "added" && (isFirst(found) ? [] : "has a new server")),
  ),
  "server-removed": major(
    "Calls to it have nowhere to go.",
    on("Server", (found) => found.kind === "removed" && (isFirst(found) ? [] : "has a server less")),
  ),
  "server-value-added": minor(
    "A server's variable may have a value more. Calls go where they went.",
    (found) => freedValues(found) || (isValues(found) && missingFrom(found.before, found.after, known)),
  ),
  "server-value-removed": major(
    "A server's variable may no longer have a value, or is gone or new. An option that names it does not compile.",
    (found) =>
      variableChange(found) ||
      fixedValues(found) ||
      (isValues(found) && missingFrom(found.after, found.before, unknown)),
  ),
  "server-default-changed": major(
    "Calls go to another address or version, and no compiler reports it.",
    changed("ServerVariable", "default", ({ before, after }) => {
      return `has the default ${shown(after)} instead of ${shown(before)} for a variable of a server`;
    }),
  ),
} satisfies Rules;

/** The first server, which a client calls by default, has a rule of its own. */
function isFirst({ name }: Case): boolean {
  return name === "0";
}

function addressOf(url: unknown): string {
  return url === undefined ? "no address" : shown(url);
}

const known = (value: string) => `has the value ${value} for a variable of a server`;
const unknown = (value: string) => `has the value ${value} for a variable of a server no more`;

function variableChange({ typeName, kind }: Case): Detected {
  if (typeName !== "ServerVariable" || kind === "modified") return undefined;
  return kind === "added" ? "has a new variable in a server" : "has lost a variable of a server";
}

function isValues({ typeName, property, before, after }: Case): boolean {
  const isEnum = property === "enum" && before !== undefined && after !== undefined;
  return typeName === "ServerVariable" && (isEnum || property === "x-service-versions");
}

const freedValues = changed("ServerVariable", "enum", ({ after }) => {
  return after === undefined && "takes any value for a variable of a server now";
});
const fixedValues = changed("ServerVariable", "enum", ({ before, after }) => {
  return before === undefined && `takes only ${shown(after)} for a variable of a server, and took any value`;
});
