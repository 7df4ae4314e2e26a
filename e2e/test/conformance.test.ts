import { createHash, randomBytes } from "node:crypto";
import { cp } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { startMockTenant } from "@isc-customizers/mock-tenant";
import type { MockTenantOptions } from "@isc-customizers/mock-tenant";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkNames } from "../conformance/conformance.mjs";
import { compilers } from "./support/compiler.ts";
import { type Consumer, createConsumer } from "./support/consumer.ts";
import { expectRow, rowNames } from "./support/results-table.ts";
import { available, type Outcomes, type Runtime, runtimes } from "./support/runtime.ts";

let consumer: Consumer;
beforeAll(async () => {
  consumer = await createConsumer();
  await cp(fileURLToPath(new URL("../conformance/", import.meta.url)), consumer.folder, { recursive: true });
});
afterAll(() => consumer?.[Symbol.asyncDispose]());

// Large enough to be sent in several chunks. Random bytes do not shrink in the zip.
const zip = zipSync({ "index.js": randomBytes(1.5 * 1024 * 1024) });

/** Runs the conformance program, and compares the archives that the mock tenant received with the zip. */
async function outcomesOn(
  { run }: Runtime,
  program: string,
  options: MockTenantOptions = {},
): Promise<Outcomes> {
  await using mock = await startMockTenant({ seed: 2, rateLimit: false, ...options });
  const { baseUrl, clientId, clientSecret } = mock;
  const base64 = Buffer.from(zip).toString("base64");
  const outcomes = await run(program, consumer.folder, {
    tenant: { baseUrl, clientId, clientSecret },
    zip: base64,
  });
  const sha256 = createHash("sha256").update(zip).digest("hex");
  for (const { archive } of mock.versions.slice(2)) expect(archive).toMatchObject({ sha256 });
  return outcomes;
}

test("the conformance program has more than 20 checks", () => expect(checkNames.length).toBeGreaterThan(20));

const outcomes = new Map<Runtime, Outcomes>();
const required = new Set<Runtime>();

describe.for(available)("on $name", (runtime) => {
  beforeAll(async () => void outcomes.set(runtime, await outcomesOn(runtime, runtime.program)));

  test.for(checkNames)("%s", (check) => expect(outcomes.get(runtime)?.[check]).toBe("passed"));
});

test.for(available.filter((runtime) => runtime.require))(
  "$name can require both entries",
  async (runtime) => {
    const printed = await runtime.require?.(runtime.program, consumer.folder, "required.cjs");
    expect(JSON.parse(printed ?? "")).toEqual({
      methods: "function",
      errors: "IscError",
      node: ["function", "function", "function"],
    });
    required.add(runtime);
  },
);

test.for(available.filter((runtime) => runtime.require))(
  "$name sends a POST once when the server closes a reused connection without an answer",
  async (runtime) => {
    const printed = await runtime.require?.(runtime.program, consumer.folder, "lost-post.cjs");
    expect(JSON.parse(printed ?? "")).toEqual({ posts: 1, outcome: "ConnectionError" });
  },
);

test.for(available)("docs/support.md shows the results on $name", async (runtime) => {
  const cells: Record<string, string> = {};
  for (const group of new Set(checkNames.map(groupOf))) {
    const names = checkNames.filter((check) => groupOf(check) === group);
    const passed = names.filter((check) => outcomes.get(runtime)?.[check] === "passed");
    cells[group] = `${passed.length}/${names.length}`;
  }
  if (required.has(runtime)) cells["`require()`"] = "yes";
  const { name, pinned } = runtime;
  await expectRow({ name, version: await runtime.version(runtime.program), anyVersion: !pinned, cells });
});

test("a failing check is reported", async () => {
  const [runtime] = available;
  if (runtime === undefined) throw new Error("No runtime is available.");
  const faulty = await outcomesOn(runtime, runtime.program, {
    faults: [{ kind: "html", probability: 1, match: { method: "PUT" } }],
  });
  const failed = checkNames.filter((check) => faulty[check] !== "passed");
  expect(failed).toEqual(["operations: creates, gets, replaces and deletes a customizer"]);
  expect(faulty[failed[0] ?? ""]).toContain("putConnectorCustomizer");
});

test("docs/support.md has a row for every runtime and compiler, and no other row", async () => {
  expect(await rowNames()).toEqual([...runtimes, ...compilers].map(({ name }) => name));
});

function groupOf(check: string): string {
  return check.slice(0, check.indexOf(":"));
}
