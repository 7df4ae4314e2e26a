import { memberOf } from "../json-pointer.ts";

/**
 * Reads `x-deprecated` of a deprecated operation, parameter, header or schema: `{ since, use }`. spec/README.md describes it.
 *
 * @returns A continuation of the word "deprecated", such as " since 1.4; use `getPet` instead". Empty without the extension.
 */
export function deprecationDetails(node: unknown): string {
  if (memberOf(node, "deprecated") !== true) return "";
  const [since, use] = ["since", "use"].map((name) => memberOf(memberOf(node, "x-deprecated"), name));
  const version = typeof since === "string" ? ` since ${since}` : "";
  const separator = version === "" ? ":" : ";";
  return typeof use === "string" ? `${version}${separator} use \`${use}\` instead` : version;
}
