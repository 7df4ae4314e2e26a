import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../cli/repository.ts";

/** The published packages, which share one version. */
export const publishedPackages = [
  { name: "@isc-customizers/types", folder: "packages/types" },
  { name: "@isc-customizers/client", folder: "packages/client" },
  { name: "@isc-customizers/mock-tenant", folder: "packages/mock-tenant" },
] as const;

export type PackageName = (typeof publishedPackages)[number]["name"];

export const isPublished = (name: string): name is PackageName =>
  publishedPackages.some((published) => published.name === name);

/** The members of a `package.json` that a release uses. */
export interface Manifest {
  readonly version: string;
  /** The spec from which the package was generated. */
  readonly spec?: SpecIdentity;
}

export interface SpecIdentity {
  readonly version: string;
  /** SHA-256 of the file in hexadecimal, with LF line endings. */
  readonly sha256: string;
}

export async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(root, folder, "package.json"), "utf8")) as Manifest;
}

export async function currentVersion(): Promise<string> {
  return (await readManifest("packages/client")).version;
}

export async function writeSpecIdentity(folder: string, spec: SpecIdentity): Promise<void> {
  const manifest = { ...(await readManifest(folder)), spec };
  await writeFile(join(root, folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}
