import { createHash } from "node:crypto";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, vi } from "vitest";
import { startMockTenant } from "../../../src/index.ts";
import type { MockTenant, RequestRecord } from "../../../src/index.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import type { TemporaryFolder } from "../../temporary-folder.ts";
import { accessToken } from "../../token.ts";
import { readState, readVersions } from "../workload.ts";
import { HttpClient } from "./http-client.ts";
import type { RawReply } from "./http-client.ts";
import { filled, requestBytes } from "./requests.ts";
import type { AttackRequest } from "./requests.ts";

/** Maximum length of a target and headers, in characters. With the rest of the head it stays below Node's limit; twice as much exceeds it. */
const MAX_HEAD = 15_000;

/** The header that identifies a request in the tenant's record. */
const MARK = "x-attack";

/** The name of customizers that may exist although no response confirmed them. */
export const UNCONFIRMED = "unconfirmed";

interface Customizer {
  readonly id: string;
  readonly name?: string;
  readonly imageVersion?: number;
  readonly imageID?: string;
}

interface Version {
  readonly customizerId: string;
  readonly version: number;
  readonly imageId: string;
  readonly size: number;
  readonly sha256: string;
}

/** A tenant under attack, with a model of its state that is derived only from the responses. */
export class Attack implements AsyncDisposable {
  readonly client: HttpClient;
  sent = 0;
  readonly #tenant: MockTenant;
  readonly #folder: TemporaryFolder;
  readonly #prototype = Reflect.ownKeys(Object.prototype);
  readonly #customizers = new Map<string, Customizer>();
  readonly #removed: string[] = ["no-such-id"];
  readonly #links = new Map<string, string | null>();
  #versions: Version[] = [];
  #token = "";

  private constructor(tenant: MockTenant, folder: TemporaryFolder) {
    this.#tenant = tenant;
    this.#folder = folder;
    this.client = new HttpClient(tenant.baseUrl);
  }

  static async start(): Promise<Attack> {
    const folder = await temporaryFolder();
    await mkdir(join(folder.path, "tmp"));
    vi.stubEnv("TMPDIR", join(folder.path, "tmp"));
    const tenant = await startMockTenant({ data: join(folder.path, "data"), seed: 40, rateLimit: false });
    const attack = new Attack(tenant, folder);
    const { customizers, instances } = await readState(tenant);
    for (const customizer of customizers) attack.#customizers.set(customizer.id, customizer);
    for (const { id, connectorCustomizerId = null } of instances)
      attack.#links.set(id, connectorCustomizerId);
    await attack.renewToken();
    return attack;
  }

  get token(): string {
    return this.#token;
  }

  get credentials(): Pick<MockTenant, "clientId" | "clientSecret"> {
    return this.#tenant;
  }

  async renewToken(): Promise<void> {
    this.#token = await accessToken(this.#tenant);
  }

  /** Fills in the slots of a request. */
  fill(request: AttackRequest): AttackRequest {
    const live = [...this.#customizers.keys()];
    const instances = [...this.#links.keys()];
    return filled(request, (slot) => {
      const [, kind, digits = "0"] = /^<(\w+)(?::(\d+))?>$/.exec(slot) ?? [];
      const number = Number(digits);
      if (kind === "token") return this.#token;
      // One id in ten belongs to a deleted customizer.
      const ids = kind === "instance" ? instances : number % 10 === 9 ? this.#removed : live;
      return ids[number % ids.length] ?? "none";
    });
  }

  /** Sends a request, checks the response, compares it with the model, and updates the model. */
  async request(unfilled: AttackRequest): Promise<RawReply | undefined> {
    const mark = String(++this.sent);
    const request = marked(this.fill(unfilled), mark);
    const { method, target, headers } = request;
    if (target.length + headers.flat().join("").length > MAX_HEAD) {
      // Node rejects an oversized head before it reads the body, so the response may be lost with the connection.
      const excessive = { ...request, headers: [...headers, ["X-Excess", "x".repeat(MAX_HEAD)] as const] };
      for (const reply of await this.client.send(requestBytes(excessive), method))
        checkReply(reply, method, target);
      return undefined;
    }
    const reply = await this.client.request(requestBytes(request), method);
    checkReply(reply, method, target);
    const record = this.#tenant.requests.findLast(({ headers: sent }) => sent[MARK] === mark);
    if (record?.operationId !== undefined) this.#updateModel(request, reply, record);
    return reply;
  }

  /** Sends bytes that may not be an HTTP request. */
  async raw(bytes: Uint8Array): Promise<void> {
    this.sent++;
    for (const reply of await this.client.send(bytes, "")) checkReply(reply, "", "");
  }

  /** Checks that the state equals the model and that no other file remains, and closes the tenant. */
  async finish(): Promise<void> {
    const { customizers, instances } = await readState(this.#tenant);
    const confirmed = customizers.filter(({ id, name }) => this.#customizers.has(id) || name !== UNCONFIRMED);
    expect(confirmed).toEqual([...this.#customizers.values()]);
    expect(instances.map(({ id, connectorCustomizerId }) => [id, connectorCustomizerId])).toEqual([
      ...this.#links,
    ]);
    expect(await readVersions(this.#tenant)).toEqual(this.#versions);
    expect(Reflect.ownKeys(Object.prototype)).toEqual(this.#prototype);
    const archives = this.#versions.map(({ imageId }) => join("data.archives", `${imageId}.zip`));
    // `close` rejects if a response did not conform to the document.
    await this.#tenant.close();
    const files = await readdir(this.#folder.path, { recursive: true });
    expect(files.toSorted()).toEqual(["data", "data.archives", "tmp", ...archives].toSorted());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.client[Symbol.dispose]();
    vi.unstubAllEnvs();
    await this.#tenant.close().catch(() => {});
    await this.#folder[Symbol.asyncDispose]();
  }

  #updateModel(request: AttackRequest, reply: RawReply, { operationId, path, query }: RequestRecord): void {
    const credentials = request.headers.filter(([name]) => name === "Authorization");
    if (credentials.length === 1 && credentials[0]?.[1] === `Bearer ${this.#token}`)
      expect([401, 403]).not.toContain(reply.status);
    const id = idIn(path);
    if (reply.status === 404 && operationId !== "patchConnectorInstance")
      expect(id !== undefined && this.#customizers.has(id), `${id} exists`).toBe(false);
    if (reply.status >= 400) return;
    const answer = reply.status === 204 ? undefined : JSON.parse(reply.body);
    switch (operationId) {
      case "listConnectorCustomizers": {
        const [offset, limit] = [integer(query["offset"], 0), integer(query["limit"], 250)];
        expect(answer).toEqual([...this.#customizers.values()].slice(offset, offset + limit));
        break;
      }
      case "getConnectorCustomizer":
        expect(answer).toEqual(this.#customizers.get(id ?? ""));
        break;
      case "createConnectorCustomizer":
        expect(answer).toEqual({
          ...nameIn(request),
          id: answer.id,
          tenantID: answer.tenantID,
          created: answer.created,
        });
        expect(this.#customizers.has(answer.id)).toBe(false);
        this.#customizers.set(answer.id, answer);
        break;
      case "putConnectorCustomizer": {
        const renamed = { ...this.#customizers.get(id ?? ""), ...nameIn(request) };
        expect(answer).toEqual(renamed);
        this.#customizers.set(answer.id, answer);
        break;
      }
      case "deleteConnectorCustomizer":
        expect(this.#customizers.delete(id ?? "")).toBe(true);
        this.#removed.push(id ?? "");
        this.#versions = this.#versions.filter(({ customizerId }) => customizerId !== id);
        for (const [instance, linked] of this.#links) if (linked === id) this.#links.set(instance, null);
        break;
      case "createConnectorCustomizerVersion": {
        const { customizerID: customizerId, version, imageID } = answer;
        const customizer = this.#customizers.get(customizerId);
        expect(version).toBe((customizer?.imageVersion ?? 0) + 1);
        this.#customizers.set(customizerId, {
          ...customizer,
          id: customizerId,
          imageVersion: version,
          imageID,
        });
        const sha256 = createHash("sha256").update(request.body).digest("hex");
        this.#versions.push({ customizerId, version, imageId: imageID, size: request.body.length, sha256 });
        break;
      }
      case "listConnectorInstances":
        expect(
          answer.map((instance: { id: string; connectorCustomizerId: unknown }) => [
            instance.id,
            instance.connectorCustomizerId,
          ]),
        ).toEqual([...this.#links]);
        break;
      case "patchConnectorInstance": {
        const linked: string | null = answer.connectorCustomizerId;
        expect(linked === null || this.#customizers.has(linked)).toBe(true);
        expect(this.#links.has(answer.id)).toBe(true);
        this.#links.set(answer.id, linked);
        break;
      }
      default:
        throw new Error(`The document has no operation ${operationId}.`);
    }
  }
}

/** Adds the identifying header to a request. */
function marked(request: AttackRequest, mark: string): AttackRequest {
  return { ...request, headers: [[MARK, mark], ...request.headers] };
}

/** Extracts the id from the path of a customizer, in any layout. */
function idIn(path: string): string | undefined {
  const [, id] = /connector-customizers(?:\/v1)?\/([^/]+)(?:\/versions)?$/.exec(path) ?? [];
  try {
    return id && decodeURIComponent(id);
  } catch {
    return undefined;
  }
}

/** Parses an accepted query parameter, which must be absent or one decimal integer. */
function integer(value: string | readonly string[] | undefined, byDefault: number): number {
  if (value === undefined) return byDefault;
  expect(value).toMatch(/^-?\d+$/);
  return Number(value);
}

function nameIn({ body }: AttackRequest): Pick<Customizer, "name"> {
  if (body.length === 0) return {};
  const { name }: { name?: string } = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  return name === undefined ? {} : { name };
}

/** Checks that a response is not a 5xx, and that an error has its documented shape. */
function checkReply(reply: RawReply, method: string, target: string): void {
  const { status, headers, body } = reply;
  const where = `${method} ${target.slice(0, 200)}: ${status} ${body.slice(0, 500)}`;
  // Node itself rejects malformed HTTP with an empty body, before the tenant sees the request.
  if ([400, 408, 413, 417, 431].includes(status) && body === "" && !headers.has("content-type")) return;
  expect(status, where).toBeLessThan(500);
  if (status < 400 || method === "HEAD") return;
  expect(headers.get("content-type"), where).toBe("application/json");
  const error: unknown = JSON.parse(body);
  const trackingId: unknown = expect.stringMatching(/^[0-9a-f]{32}$/);
  const text: unknown = expect.stringMatching(/./);
  const oauth = { error: text, error_description: text };
  const unauthorized = { error: text, trackingId };
  const messages: unknown = expect.arrayContaining([{ locale: "en-US", localeOrigin: "DEFAULT", text }]);
  const documented = { detailCode: text, trackingId, messages, causes: [] };
  if (/^(https?:\/\/[^/?]*)?\/oauth\/token(\?|$)/.test(target) && status < 402)
    expect(error, where).toEqual(oauth);
  else expect(error, where).toEqual(status === 401 ? unauthorized : documented);
}
