const bare = /^[A-Za-z_$][\w$]*$/;

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

function pascalCase(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
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

/** The type of an operation's first argument. */
export function parametersName(operationId: string): string {
  return `${pascalCase(operationId)}Parameters`;
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
