import { createHash, randomBytes } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { zipSync } from "fflate";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { MockTenant } from "../../src/index.ts";
import type { Call, History, Snapshot } from "./history.ts";
import { zip } from "../tenant.ts";
import type { Credentials } from "../token.ts";
import { accessToken } from "../token.ts";

const COLLECTIONS = [
  "/v2024/connector-customizers",
  "/v2025/connector-customizers",
  "/v2026/connector-customizers",
  "/beta/connector-customizers",
  "/connector-customizers/v1",
] as const;
const INSTANCES = "/beta/connector-instances";
const SUFFIXES = ["", "", "", "", " 名", " \0", " \ud800", ' "quoted"', " 👩🏽‍🚀"] as const;

export interface WorkloadOptions {
  readonly seed: number;
  readonly clients: number;
  /** The size of a large upload, in bytes. One upload in ten is large. */
  readonly largeUpload: number;
  readonly history: History;
  /** Called before every call; `false` stops the clients. */
  readonly goesOn: () => boolean;
  readonly onAcknowledged?: () => void;
}

/**
 * Runs clients against a tenant until `goesOn` returns false. Each client makes one call at a time, on its own customizers and on
 * shared ones. Resolves when every call is answered or has failed.
 */
export async function runWorkload(target: Credentials, options: WorkloadOptions): Promise<void> {
  const token = await accessToken(target);
  const { instances } = await readState(target);
  const shared: string[] = [];
  const large = zipSync({ data: randomBytes(options.largeUpload) }, { level: 0 });
  const run = async (number: number) => {
    const client = new Client(target, token, options, number, { shared, instances, large });
    while (options.goesOn()) await client.step();
  };
  await Promise.all(Array.from({ length: options.clients }, (_, number) => run(number)));
}

interface Common {
  /** Ids of customizers that every client uses. Deleted ones stay in the list for a while. */
  readonly shared: string[];
  readonly instances: Snapshot["instances"];
  readonly large: Uint8Array;
}

interface Own {
  readonly id: string;
  name: string;
  version: number | undefined;
}

class Client {
  readonly #target: Credentials;
  readonly #token: string;
  readonly #options: WorkloadOptions;
  readonly #number: number;
  readonly #common: Common;
  readonly #random: ReturnType<typeof xoroshiro128plus>;
  readonly #own: Own[] = [];
  #made = 0;

  constructor(target: Credentials, token: string, options: WorkloadOptions, number: number, common: Common) {
    this.#target = target;
    this.#token = token;
    this.#options = options;
    this.#number = number;
    this.#common = common;
    this.#random = xoroshiro128plus(options.seed * 1000 + number);
  }

  async step(): Promise<void> {
    const { shared } = this.#common;
    const own = this.#own.length > 0 && this.#chance(70) ? this.#pick(this.#own) : undefined;
    const id = own?.id ?? (shared.length > 0 ? this.#pick(shared) : undefined);
    const choice = uniformInt(this.#random, 0, 99);
    if (id === undefined || choice < 20) return this.#create();
    if (choice < 38) return this.#rename(id, own);
    if (choice < 68) return this.#upload(id, own);
    if (choice < 83) return this.#delete(id, own);
    if (choice < 90) return this.#link(this.#chance(20) ? null : id);
    return this.#get(id, own);
  }

  async #create(): Promise<void> {
    const name = this.#name();
    const start = this.#options.history.tick();
    const reply = await this.#call("POST", this.#path(), JSON.stringify({ name }), "application/json");
    if (reply !== undefined) require(reply.status === 201 || reply.status === 200, "create", reply);
    const id = reply && String(reply.body["id"]);
    this.#record(reply, { kind: "create", name, ...(id !== undefined && { id }) }, start);
    if (id === undefined) return;
    if (this.#chance(25)) {
      this.#common.shared.push(id);
      if (this.#common.shared.length > 40) this.#common.shared.shift();
    } else this.#own.push({ id, name, version: undefined });
  }

  async #rename(id: string, own: Own | undefined): Promise<void> {
    const name = this.#name();
    const start = this.#options.history.tick();
    const reply = await this.#call("PUT", this.#path(id), JSON.stringify({ name }), "application/json");
    if (reply?.status === 200) require(reply.body["name"] === name, "rename", reply);
    this.#record(reply, { kind: "rename", id, name }, start);
    if (own !== undefined) own.name = name;
  }

  async #upload(id: string, own: Own | undefined): Promise<void> {
    const bytes = this.#archive();
    const upload = { sha256: sha256(bytes), size: bytes.length };
    const body = this.#chance(50) ? new Blob([bytes]).stream() : bytes;
    const start = this.#options.history.tick();
    const reply = await this.#call("POST", `${this.#path(id)}/versions`, body, "application/zip");
    const version = Number(reply?.body["version"]);
    const made = reply?.status === 200 && { made: { version, imageId: String(reply.body["imageID"]) } };
    this.#record(reply, { kind: "upload", id, ...upload, ...made }, start);
    if (own === undefined || reply === undefined) return;
    require(version === (own.version ?? 0) + 1, "upload to an own customizer", reply);
    own.version = version;
  }

  async #delete(id: string, own: Own | undefined): Promise<void> {
    const start = this.#options.history.tick();
    const reply = await this.#call("DELETE", this.#path(id));
    this.#record(reply, { kind: "delete", id }, start);
    if (own !== undefined) this.#own.splice(this.#own.indexOf(own), 1);
  }

  async #get(id: string, own: Own | undefined): Promise<void> {
    const start = this.#options.history.tick();
    const reply = await this.#call("GET", this.#path(id));
    this.#record(reply, { kind: "get", id }, start);
    if (own === undefined || reply === undefined) return;
    const { name, imageVersion } = reply.body;
    require(name === own.name && imageVersion === own.version, "get of an own customizer", reply);
  }

  async #link(id: string | null): Promise<void> {
    const instance = this.#pick(this.#common.instances).id;
    const path = "/connectorCustomizerId";
    const patch = id === null ? { op: "remove", path } : { op: "replace", path, value: id };
    const start = this.#options.history.tick();
    const type = "application/json-patch+json";
    const reply = await this.#call("PATCH", `${INSTANCES}/${instance}`, JSON.stringify([patch]), type);
    // The API answers a link to a missing customizer with a 400.
    const found = reply?.status === 400 && id !== null ? { ...reply, status: 404 } : reply;
    this.#record(found, { kind: "link", instance, id }, start);
  }

  /** Adds a call to the history. @throws if a valid call cannot get this status. */
  #record(reply: Reply | undefined, effect: Parameters<typeof asCall>[0], start: number): void {
    const { history, onAcknowledged } = this.#options;
    const end = reply === undefined ? Infinity : history.tick();
    if (reply !== undefined && reply.status !== 404) require(reply.status < 300, effect.kind, reply);
    const outcome = reply === undefined ? "unknown" : reply.status === 404 ? "missing" : "done";
    history.calls.push(asCall(effect, start, end, outcome));
    if (reply !== undefined) onAcknowledged?.();
  }

  async #call(
    method: string,
    path: string,
    body: RequestInit["body"] = null,
    type?: string,
  ): Promise<Reply | undefined> {
    try {
      const response = await fetch(this.#target.baseUrl + path, {
        method,
        body,
        duplex: "half",
        headers: {
          Authorization: `Bearer ${this.#token}`,
          ...(type !== undefined && { "Content-Type": type }),
        },
      });
      const text = await response.text();
      return { status: response.status, body: text === "" ? {} : JSON.parse(text) };
    } catch (error) {
      // `fetch` throws a TypeError if the connection fails before or during the response.
      if (error instanceof TypeError) return undefined;
      throw error;
    }
  }

  #archive(): Uint8Array<ArrayBuffer> {
    const text = `${this.#number} ${this.#made++}`;
    if (this.#chance(5)) return new Uint8Array();
    return this.#chance(10) ? withComment(this.#common.large, text) : zip({ "index.js": `// ${text}` });
  }

  #name(): string {
    return `${this.#options.seed}/${this.#number}/${this.#made++}${this.#pick(SUFFIXES)}`;
  }

  #path(id?: string): string {
    return this.#pick(COLLECTIONS) + (id === undefined ? "" : `/${id}`);
  }

  #pick<T>(values: readonly T[]): T {
    const value = values[uniformInt(this.#random, 0, values.length - 1)];
    if (value === undefined) throw new Error("The list to pick from is empty.");
    return value;
  }

  #chance(percent: number): boolean {
    return uniformInt(this.#random, 0, 99) < percent;
  }
}

interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

type EffectOf<T> = T extends Call ? Omit<T, "start" | "end" | "outcome"> : never;

function asCall(effect: EffectOf<Call>, start: number, end: number, outcome: Call["outcome"]): Call {
  return { ...effect, start, end, outcome };
}

function require(condition: boolean, what: string, reply: Reply): void {
  if (!condition) throw new Error(`${what}: ${reply.status} ${JSON.stringify(reply.body)}`);
}

/** Appends a comment to a zip: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT section 4.3.16. */
function withComment(archive: Uint8Array, comment: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(archive.length + comment.length);
  bytes.set(archive);
  bytes.set(new TextEncoder().encode(comment), archive.length);
  new DataView(bytes.buffer).setUint16(archive.length - 2, comment.length, true);
  return bytes;
}

/** Reads the state through the API. Checks that the list and the single customizers agree. */
export async function readState(target: Credentials): Promise<Pick<Snapshot, "customizers" | "instances">> {
  const headers = { Authorization: `Bearer ${await accessToken(target)}` };
  const get = async (path: string) =>
    JSON.parse(await (await fetch(target.baseUrl + path, { headers })).text());
  const customizers: { id: string }[] = [];
  for (;;) {
    const page: { id: string }[] = await get(`${COLLECTIONS[0]}?limit=100&offset=${customizers.length}`);
    customizers.push(...page);
    if (page.length < 100) break;
  }
  for (const customizer of customizers) {
    const alone: unknown = await get(`${COLLECTIONS[0]}/${customizer.id}`);
    if (JSON.stringify(alone) !== JSON.stringify(customizer))
      throw new Error(`${JSON.stringify(alone)} is listed as ${JSON.stringify(customizer)}`);
  }
  return { customizers, instances: await get(INSTANCES) };
}

/** Returns the versions of a tenant, after comparing each with its archive file. */
export async function readVersions({ versions }: MockTenant): Promise<Snapshot["versions"]> {
  return Promise.all(
    versions.map(async ({ customizerId, version, imageId, archive, file }) => {
      const bytes = await readFile(file);
      if (bytes.length !== archive.size || sha256(bytes) !== archive.sha256)
        throw new Error(`The archive of ${imageId} differs from the upload.`);
      return { customizerId, version, imageId, size: archive.size, sha256: archive.sha256 };
    }),
  );
}

/** Lists the files in `folder` that are not archives of these versions. */
export async function strayFiles(folder: string, versions: Snapshot["versions"]): Promise<string[]> {
  const archives = new Set(versions.map(({ imageId }) => join(folder, `${imageId}.zip`)));
  return (await readdir(folder)).map((name) => join(folder, name)).filter((path) => !archives.has(path));
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
