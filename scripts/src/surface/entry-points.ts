export interface EntryPoint {
  readonly name: string;
  readonly package: string;
  readonly folder: string;
  /** The path of the declarations, relative to the package's folder. */
  readonly declarations: string;
}

/** The entry points whose declarations are public. */
export const entryPoints: readonly EntryPoint[] = [
  entryPoint("types", "types", "index"),
  entryPoint("client", "client", "index"),
  entryPoint("client-node", "client", "node"),
  entryPoint("mock-tenant", "mock-tenant", "index"),
];

function entryPoint(name: string, owner: string, module: string): EntryPoint {
  const declarations = `dist/${module}.d.ts`;
  return { name, package: `@isc-customizers/${owner}`, folder: `packages/${owner}`, declarations };
}

export const reportName = (entry: string): string => `${entry}.api.md`;
