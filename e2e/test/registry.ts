import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { output } from "./command.ts";
import { root } from "./repository.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** A package registry of this process, on loopback. */
export interface Registry extends AsyncDisposable {
  readonly url: string;
  /** The environment in which npm and pnpm use it, and may publish to it. */
  readonly env: Record<string, string>;
  /** What it knows of a package. */
  look(name: string): Promise<PublishedPackage>;
}

interface PublishedPackage {
  readonly "dist-tags": Readonly<Record<string, string>>;
  readonly versions: Readonly<Record<string, { readonly spec?: unknown }>>;
}

/** Starts Verdaccio, which `pnpm e2e:tools` installs. */
export async function startRegistry(): Promise<Registry> {
  const upstream = (await output("pnpm", ["config", "get", "registry"], { cwd: root })).trim();
  const temporary = await temporaryFolder();
  const child = spawn(process.execPath, ["registry.mjs", temporary.path, upstream], {
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
    return {
      url,
      // In lower case too, in which npm and npx hand on what is configured outside: nothing is to be published anywhere else.
      env: {
        NPM_CONFIG_USERCONFIG: npmrc,
        npm_config_userconfig: npmrc,
        NPM_CONFIG_REGISTRY: `${url}/`,
        npm_config_registry: `${url}/`,
      },
      look: async (name) => (await (await fetch(`${url}/${name}`)).json()) as PublishedPackage,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function firstAddress(stdout: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(stdout)) {
    const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    if (address !== undefined) return address;
    console.error(line);
  }
  throw new Error("The registry ended before it listened.");
}

/** Makes a user of the registry. @returns the user's token. */
async function logIn(url: string): Promise<string> {
  const name = "maintainer";
  const response = await fetch(`${url}/-/user/org.couchdb.user:${name}`, {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name, password: crypto.randomUUID() }),
  });
  const { token } = (await response.json()) as { token?: string };
  if (token === undefined) throw new Error(`The registry gave no token: ${response.status}`);
  return token;
}
