/** An entry point of a published package. */
export interface EntryPoint {
  readonly name: string;
  readonly package: string;
  readonly folder: string;
  /** The path of the declarations, relative to the package's folder. */
  readonly declarations: string;
}

/** The entry points whose declarations are public. */
export const entryPoints: readonly EntryPoint[] = [
  {
    name: "types",
    package: "@isc-customizers/types",
    folder: "packages/types",
    declarations: "dist/index.d.ts",
  },
  {
    name: "client",
    package: "@isc-customizers/client",
    folder: "packages/client",
    declarations: "dist/index.d.ts",
  },
  {
    name: "client-node",
    package: "@isc-customizers/client",
    folder: "packages/client",
    declarations: "dist/node.d.ts",
  },
  {
    name: "mock-tenant",
    package: "@isc-customizers/mock-tenant",
    folder: "packages/mock-tenant",
    declarations: "dist/index.d.ts",
  },
];

export const reportName = (entry: string): string => `${entry}.api.md`;
