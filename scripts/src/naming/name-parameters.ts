import { asIdentifier, camelCase, Names } from "./names.ts";

interface Unnamed {
  readonly name: string;
  readonly in: string;
}

/** An object literal cannot have a member with this name. */
const taken = ["__proto__"];

/**
 * Names the members of a method's argument, in the order of the parameters. A parameter keeps its name unless an earlier one or
 * `body` has it. docs/naming.md has the rules.
 */
export function nameParameters(parameters: readonly Unnamed[], hasBody: boolean): string[] {
  const first = new Set(taken.concat(hasBody ? ["body"] : []));
  const kept = new Set<Unnamed>();
  for (const parameter of [...parameters].sort((one, other) => rank(one) - rank(other))) {
    if (first.has(parameter.name)) continue;
    first.add(parameter.name);
    kept.add(parameter);
  }
  const scope = new Names(first);
  return parameters.map((parameter) =>
    kept.has(parameter)
      ? parameter.name
      : scope.claim(asIdentifier(camelCase(`${parameter.in} ${parameter.name}`))),
  );
}

/** The order in which places get their names: the path first, because its parameters are required. */
function rank({ in: place }: Unnamed): number {
  return ["path", "query", "header", "cookie"].indexOf(place);
}
