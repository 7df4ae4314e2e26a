const bare = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** Returns `true` for a name that a TypeScript declaration may have. */
export function isIdentifier(name: string): boolean {
  return bare.test(name) && !reservedWords.has(name);
}

/** Formats a property name, with quotes if it needs them. */
export function propertyName(name: string): string {
  return bare.test(name) ? name : JSON.stringify(name);
}

/** Formats the access to a property: `.id`, or `["X-Id"]`. */
export function propertyAccess(name: string): string {
  return bare.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

/** Converts a name to Pascal case: "get-planet" becomes "GetPlanet". */
export function pascalCase(name: string): string {
  return wordsOf(name)
    .map((word) => word.replace(/^./u, (letter) => letter.toUpperCase()))
    .join("");
}

/** Converts a name to camel case: "Get/planet" becomes "getPlanet". */
export function camelCase(name: string): string {
  return pascalCase(name).replace(/^./u, (letter) => letter.toLowerCase());
}

/** Adds an underscore prefix to a name that does not start like an identifier: "1st" becomes "_1st". */
export function asIdentifier(name: string): string {
  return /^\p{ID_Start}/u.test(name) || name === "" ? name : `_${name}`;
}

/** Converts a name to the path segment of a page. */
export function kebabCase(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}

/** A set of unique names. */
export class Names {
  readonly #taken: Set<string>;
  readonly #counts = new Map<string, number>();

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  has(name: string): boolean {
    return this.#taken.has(name);
  }

  /** Claims a name. If it is taken, adds the first free number from 2: "Planet_2". */
  claim(name: string): string {
    let candidate = name;
    for (let count = this.#counts.get(name) ?? 2; this.#taken.has(candidate); count++) {
      candidate = `${name}_${count}`;
      this.#counts.set(name, count);
    }
    this.#taken.add(candidate);
    return candidate;
  }
}

function wordsOf(name: string): string[] {
  return name.split(/(?:[^\p{ID_Continue}]|_)+/u);
}

/** Words that cannot be the name of a declared type. */
const reservedWords = new Set(
  (
    "any as asserts await bigint boolean break case catch class const continue debugger default delete do else enum " +
    "export extends false finally for function if implements import in infer instanceof interface keyof let never new " +
    "null number object package private protected public readonly return static string super switch symbol this throw " +
    "true try type typeof undefined unique unknown var void while with yield"
  ).split(" "),
);
