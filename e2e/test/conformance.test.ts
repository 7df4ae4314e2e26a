import { createHash, randomBytes } from "node:crypto";
import { cp } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { startMockTenant } from "@isc-customizers/mock-tenant";
import type { MockTenantOptions } from "@isc-customizers/mock-tenant";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkNames } from "../conformance/conformance.mjs";
import { compilers } from "./compiler.ts";
import { type Consumer, createConsumer } from "./consumer.ts";
import { expectRow, rowNames } from "./results-table.ts";
import { available, type Outcomes, type Runtime, runtimes } from "./runtime.ts";

let consumer: Consumer;
beforeAll(async () => {
  consumer = await createConsumer();
  await cp(fileURLToPath(new URL("../conformance/", import.meta.url)), consumer.folder, { recursive: true });
});
afterAll(() => consumer?.[Symbol.asyncDispose]());

// Too large to be sent at once, and no smaller when it is compressed.
const zip = zipSync({ "index.js": randomBytes(1.5 * 1024 * 1024) });

/** What the conformance program finds, and that every upload of it arrived as it was sent. */
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

test("there is enough to check", () => expect(checkNames.length).toBeGreaterThan(20));

const outcomes = new Map<Runtime, Outcomes>();
const required = new Set<Runtime>();

describe.for(available)("on $name", (runtime) => {
  beforeAll(async () => void outcomes.set(runtime, await outcomesOn(runtime, runtime.program)));

  test.for(checkNames)("%s", (check) => expect(outcomes.get(runtime)?.[check]).toBe("passed"));
});

test.for(available.filter((runtime) => runtime.require))(
  "both entries can be required on $name",
  async (runtime) => {
    const told = await runtime.require?.(runtime.program, consumer.folder, "required.cjs");
    expect(JSON.parse(told ?? "")).toEqual({
      methods: "function",
      errors: "IscError",
      node: ["function", "function", "function"],
    });
    required.add(runtime);
  },
);

test.for(available)("docs/support.md has the results on $name", async (runtime) => {
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

test("a check that fails is noticed", async () => {
  const [runtime] = available;
  if (runtime === undefined) throw new Error("There is nothing to run it on.");
  const spoilt = await outcomesOn(runtime, runtime.program, {
    faults: [{ kind: "html", probability: 1, match: { method: "PUT" } }],
  });
  const failed = checkNames.filter((check) => spoilt[check] !== "passed");
  expect(failed).toEqual(["operations: create, get, put, delete"]);
  expect(spoilt[failed[0] ?? ""]).toContain("putConnectorCustomizer");
});

test("docs/support.md has a row for every runtime and compiler, and no other row", async () => {
  expect(await rowNames()).toEqual([...runtimes, ...compilers].map(({ name }) => name));
});

function groupOf(check: string): string {
  return check.slice(0, check.indexOf(":"));
}
