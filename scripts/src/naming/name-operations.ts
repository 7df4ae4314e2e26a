import { asIdentifier, camelCase, Names, pascalCase, propertyName } from "./names.ts";

/** The parts of an operation from which its name is derived. */
export interface Unnamed {
  readonly operationId: string | undefined;
  readonly method: string;
  readonly path: string;
}

/** Other members of the client, members of every object, and `then`, which would make the client a promise. */
const taken = ["raw", "use", "eject", "then", "constructor", "__proto__", "toString", "toJSON", "valueOf"];

/** Names the method of every operation, in order. docs/naming.md has the rules. */
export function nameOperations(operations: readonly Unnamed[]): string[] {
  const reserved = new Set(taken);
  const kept = new Map<string, Unnamed>();
  for (const operation of operations) {
    const { operationId: id = "" } = operation;
    if (isBare(id) && !reserved.has(id) && !kept.has(id)) kept.set(id, operation);
  }
  const scope = new Names([...kept.keys(), ...taken]);
  return operations.map((operation) => {
    const { operationId: id = "" } = operation;
    if (kept.get(id) === operation) return id;
    if (reserved.has(id)) return scope.claim(`${id.replaceAll("_", "")}Operation`);
    const name = asIdentifier(camelCase(id)) || derivedName(operation);
    return scope.claim(reserved.has(name) ? `${name}Operation` : name);
  });
}

/** Names the type of a method's first argument. */
export function parametersName(method: string, scope: Names): string {
  return scope.claim(asIdentifier(`${pascalCase(method)}Parameters`));
}

/** Derives a name from method and path: `GET /planets/{id}/moons` is `getPlanetsByIdMoons`. */
function derivedName({ method, path }: Unnamed): string {
  const place = path.replace(/\{([^{}]*)\}/g, " by $1 ");
  return camelCase(`${method.toLowerCase()} ${place}`);
}

function isBare(name: string): boolean {
  return name !== "" && propertyName(name) === name;
}
