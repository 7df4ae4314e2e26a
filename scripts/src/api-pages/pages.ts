/** A page of the reference that is made from docstrings. */
export interface ApiPage {
  /** The name of the file in `docs/reference`. */
  readonly file: string;
  readonly title: string;
  /** Markdown above the declarations. */
  readonly introduction: string;
  /** The package or the source file, as the head of the page names it. */
  readonly source: string;
  /** The path of the declarations. */
  readonly declarations: string;
  /** Selects the declarations by their names. */
  readonly selects: (name: string) => boolean;
  /** The declarations that come first. */
  readonly first: readonly string[];
}

const isErrorName = (name: string) => /Error|^ResponseDetails$/.test(name);
const isResultName = (name: string) => name.endsWith("Promise");

const client = { source: "packages/client", declarations: "packages/client/dist/index.d.ts" };
const calls = { source: "scripts/src/contract/call.ts", declarations: "scripts/src/contract/call.ts" };

/** The pages, in the order of the index. Each exported declaration is on one page. */
export const apiPages: readonly ApiPage[] = [
  {
    ...client,
    file: "client-options.md",
    title: "Client options",
    introduction:
      "`createClient` of `@isc-customizers/client` takes these options. [On Node](node.md), `clientFromEnvironment` takes them too, and finds the tenant and the credentials itself.",
    selects: (name) => !isErrorName(name),
    first: ["createClient", "ClientOptions", "Auth", "ClientCredentialsAuth", "AccessTokenAuth", "Client"],
  },
  {
    ...calls,
    file: "call-options.md",
    title: "Call options and bodies",
    introduction:
      "The second argument of a method has the options of one call. The `body` of an upload has one of the types below.",
    selects: (name) => !isResultName(name),
    first: ["RequestOptions", "UploadProgress", "BinaryBody"],
  },
  {
    ...calls,
    file: "results.md",
    title: "Results and pagination",
    introduction:
      "A method returns an `ApiPromise`. The method of a list returns a `PagePromise`, which can also be iterated.",
    selects: isResultName,
    first: ["ApiPromise", "PagePromise"],
  },
  {
    ...client,
    file: "errors.md",
    title: "Errors",
    introduction:
      "Every error that the client throws is an `IscError`. No error contains a token or a secret. [The guide](../guides/errors.md) says what to do about each.",
    selects: isErrorName,
    first: ["IscError", "ApiError"],
  },
  {
    source: "packages/client",
    declarations: "packages/client/dist/node.d.ts",
    file: "node.md",
    title: "Functions for Node",
    introduction: "`@isc-customizers/client/node` exports these functions. They use modules of Node.",
    selects: () => true,
    first: ["clientFromEnvironment", "zipFromFile", "undiciFetch"],
  },
  {
    source: "packages/mock-tenant",
    declarations: "packages/mock-tenant/dist/index.d.ts",
    file: "mock-tenant.md",
    title: "Mock tenant",
    introduction:
      "`@isc-customizers/mock-tenant` exports these functions and types. [The guide](../guides/testing.md) shows how to test with it.",
    selects: () => true,
    first: ["startMockTenant", "MockTenantOptions", "MockTenant", "Faults", "Fault"],
  },
];
