import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { readNpmSettings, type NpmSettings } from "./npm-settings.ts";
import { root } from "./repository.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** A package registry on loopback. It serves other packages from the registry that npm is set to use. */
export interface Registry extends AsyncDisposable {
  readonly url: string;
  /** The environment in which npm and pnpm use the registry and may publish to it. */
  readonly env: Record<string, string>;
  /** Fetches the metadata of a package. */
  look(name: string): Promise<PublishedPackage>;
}

interface PublishedPackage {
  readonly "dist-tags": Readonly<Record<string, string>>;
  readonly versions: Readonly<Record<string, { readonly spec?: unknown }>>;
}

/**
 * Starts Verdaccio, which `pnpm e2e:tools` installs.
 *
 * @param env Variables for npm. Its settings give the upstream registry and the proxy.
 */
export async function startRegistry(env: Record<string, string> = {}): Promise<Registry> {
  const settings = await readNpmSettings(env);
  const temporary = await temporaryFolder();
  // A file, because a bundle of certificates is too long for an argument.
  await writeFile(join(temporary.path, "uplink.json"), JSON.stringify(uplinkOf(settings)));
  const child = spawn(process.execPath, ["registry.mjs", temporary.path], {
    cwd: join(root, "e2e/tools"),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exit = once(child, "close");
  const close = async () => {
    child.kill();
    await exit;
    await temporary[Symbol.asyncDispose]();
  };
  try {
    const url = await firstAddress(child.stdout);
    const npmrc = join(temporary.path, "npmrc");
    await writeFile(npmrc, `registry=${url}/\n${url.replace("http:", "")}/:_authToken=${await logIn(url)}\n`);
    // The registry itself is reached without a proxy.
    const noProxy = [...settings.noProxy, "127.0.0.1", "localhost"].join(",");
    return {
      url,
      env: {
        ...inBothCases("NPM_CONFIG_USERCONFIG", npmrc),
        ...inBothCases("NPM_CONFIG_REGISTRY", `${url}/`),
        ...inBothCases("NPM_CONFIG_NOPROXY", noProxy),
        ...inBothCases("NO_PROXY", noProxy),
      },
      look: async (name) => (await (await fetch(`${url}/${name}`)).json()) as PublishedPackage,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The options of Verdaccio's uplink (https://verdaccio.org/docs/uplinks). */
function uplinkOf({ registry, ca, proxy, noProxy }: NpmSettings): object {
  return { url: registry, ca, http_proxy: proxy, https_proxy: proxy, no_proxy: noProxy };
}

/** The variable in upper and lower case: npm and npx pass settings on in lower case, and those must not win. */
function inBothCases(name: string, value: string): Record<string, string> {
  return { [name]: value, [name.toLowerCase()]: value };
}

async function firstAddress(stdout: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(stdout)) {
    const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    if (address !== undefined) return address;
    console.error(line);
  }
  throw new Error("The registry exited before it listened.");
}

/** Creates a user of the registry. @returns the user's token. */
async function logIn(url: string): Promise<string> {
  const name = "maintainer";
  const response = await fetch(`${url}/-/user/org.couchdb.user:${name}`, {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name, password: crypto.randomUUID() }),
  });
  const { token } = (await response.json()) as { token?: string };
  if (token === undefined) throw new Error(`The registry returned no token: ${response.status}`);
  return token;
}
