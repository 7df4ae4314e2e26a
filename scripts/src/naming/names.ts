const bare = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** The name is one that TypeScript takes for a declaration. */
export function isIdentifier(name: string): boolean {
  return bare.test(name) && !reservedWords.has(name);
}

/** The name as a property: bare where it can be, else quoted. */
export function propertyName(name: string): string {
  return bare.test(name) ? name : JSON.stringify(name);
}

/** Reading a property of something: `.id`, or `["X-Id"]`. */
export function propertyAccess(name: string): string {
  return bare.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

/** The words of a name, each with a capital, and nothing else: "get-planet" is "GetPlanet". */
export function pascalCase(name: string): string {
  return wordsOf(name)
    .map((word) => word.replace(/^./u, (letter) => letter.toUpperCase()))
    .join("");
}

/** The same, but for the first word, which has a small letter: "Get/planet" is "getPlanet". */
export function camelCase(name: string): string {
  return pascalCase(name).replace(/^./u, (letter) => letter.toLowerCase());
}

/** A name that no identifier begins like gets a line in front of it: "1st" is "_1st". */
export function asIdentifier(name: string): string {
  return /^\p{ID_Start}/u.test(name) || name === "" ? name : `_${name}`;
}

/** The name as the path segment of a page. */
export function kebabCase(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}

/** Names of which there may be each but once. */
export class Names {
  readonly #taken: Set<string>;
  readonly #counts = new Map<string, number>();

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  has(name: string): boolean {
    return this.#taken.has(name);
  }

  /** The name, or, where it is taken, the name with the first number from 2 that makes it another: "Planet_2". */
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

/** Words that a declared type may not have as its name, or not be called by. */
const reservedWords = new Set(
  (
    "any as asserts await bigint boolean break case catch class const continue debugger default delete do else enum " +
    "export extends false finally for function if implements import in infer instanceof interface keyof let never new " +
    "null number object package private protected public readonly return static string super switch symbol this throw " +
    "true try type typeof undefined unique unknown var void while with yield"
  ).split(" "),
);
