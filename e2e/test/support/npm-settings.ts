import { readFile } from "node:fs/promises";
import { output } from "./command.ts";
import { root } from "./repository.ts";

/** The npm settings for the connection to the registry. */
export interface NpmSettings {
  readonly registry: string;
  /** The certificates of the trusted authorities, in PEM. Undefined means Node's own. */
  readonly ca: string | undefined;
  readonly proxy: string | undefined;
  /** The hosts that bypass the proxy. */
  readonly noProxy: readonly string[];
}

/** The output of `npm config list --json`. An unset setting is null. */
interface PrintedSettings {
  readonly registry: string;
  readonly ca: string | readonly string[] | null;
  readonly cafile: string | null;
  readonly proxy: string | false | null;
  readonly "https-proxy": string | false | null;
  readonly noproxy: string | readonly string[] | null;
}

/** Reads the settings from npm, which merges every npmrc, its own variables, and HTTP_PROXY, HTTPS_PROXY and NO_PROXY. */
export async function readNpmSettings(env: Record<string, string> = {}): Promise<NpmSettings> {
  const printed = await output("npm", ["config", "list", "--json"], { cwd: root, env });
  const { registry, ca, cafile, noproxy, ...proxies } = JSON.parse(printed) as PrintedSettings;
  return {
    registry,
    ca: cafile ? await readFile(cafile, "utf8") : listOf(ca).join("\n") || undefined,
    // npm prefers `https-proxy`, for a registry over plain HTTP too.
    proxy: proxies["https-proxy"] || proxies.proxy || undefined,
    noProxy: listOf(noproxy).flatMap((hosts) => hosts.split(",")),
  };
}

function listOf(value: string | readonly string[] | null): readonly string[] {
  return (typeof value === "string" ? [value] : (value ?? [])).filter((text) => text !== "");
}
