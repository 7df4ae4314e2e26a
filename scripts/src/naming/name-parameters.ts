import { asIdentifier, camelCase, Names } from "./names.ts";

interface Unnamed {
  readonly name: string;
  readonly in: string;
}

/** A member of this name could not be given in an object literal. */
const taken = ["__proto__"];

/**
 * The members of an operation's argument that its parameters are, in their order: a parameter has its own name, the first of
 * several alike, and the body has `body`. docs/naming.md has the rules.
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

/** What a path has is what one cannot do without. */
function rank({ in: place }: Unnamed): number {
  return ["path", "query", "header", "cookie"].indexOf(place);
}
