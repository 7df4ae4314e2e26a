// Makes many calls of every kind. Prints the outcomes, the heap sizes and the remaining resources as JSON.
import { createClient, IscError } from "../../src/index.ts";

const [baseUrl, clientId = "", clientSecret = "", calls = "", atOnce = ""] = process.argv.slice(2);
const client = createClient({ baseUrl, auth: { clientId, clientSecret }, rateLimit: false, logLevel: "off" });
const emptyZip = new Uint8Array(22);
emptyZip.set([0x50, 0x4b, 5, 6]);

const unhandled: string[] = [];
process.on("unhandledRejection", (reason) => unhandled.push(String(reason)));

const outcomes: Record<string, number> = {};
const created: string[] = [];
const id = () => created.at(-1) ?? "none";
const kinds: readonly (() => PromiseLike<unknown>)[] = [
  () => client.listConnectorCustomizers({ limit: 5 }),
  () => client.listConnectorCustomizers({ limit: 2 }).all({ max: 3 }),
  () => client.getConnectorCustomizer({ id: id() }),
  async () =>
    void created.push((await client.createConnectorCustomizer({ body: { name: "soak" } })).id ?? ""),
  () => client.putConnectorCustomizer({ id: id(), body: { name: "renamed" } }),
  () => client.createConnectorCustomizerVersion({ id: id(), body: emptyZip }),
  () => client.createConnectorCustomizerVersion({ id: id(), body: new Blob([emptyZip]).stream() }),
  () => client.deleteConnectorCustomizer({ id: created.shift() ?? "none" }),
  () => client.raw.GET("/connector-customizers/{id}", { params: { path: { id: id() } } }),
  () => client.listConnectorInstances({}, { signal: AbortSignal.timeout(60_000) }),
  async () => await (await client.getConnectorCustomizer({ id: id() }).asResponse()).body?.cancel(),
  () => {
    const controller = new AbortController();
    setImmediate(() => controller.abort());
    return client.listConnectorCustomizers({ limit: 1 }, { signal: controller.signal });
  },
];

let started = 0;
async function work(until: number): Promise<void> {
  while (started < until) {
    const call = kinds[started++ % kinds.length];
    const outcome = await Promise.resolve(call?.()).then(
      () => "data",
      (error: unknown) => (error instanceof IscError ? error.name : `untyped: ${String(error)}`),
    );
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  }
}

/** Measures the used heap after garbage collection, in bytes. */
async function heap(): Promise<number> {
  // Finalizers run after a collection and may make more objects collectable.
  for (let round = 0; round < 5; round++) {
    globalThis.gc?.();
    await new Promise(setImmediate);
  }
  return process.memoryUsage().heapUsed;
}

const heaps: number[] = [];
for (const part of [1, 2, 3, 4]) {
  const until = (Number(calls) * part) / 4;
  await Promise.all(Array.from({ length: Number(atOnce) }, () => work(until)));
  heaps.push(await heap());
}
const resources = process.getActiveResourcesInfo();
console.log(JSON.stringify({ outcomes, unhandled, heaps, resources }));
