import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { unzipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import type { ConnectorCustomizer, Context } from "@sailpoint/connector-sdk";

const dist = new URL("../dist/", import.meta.url);
const bundlePath = fileURLToPath(new URL("index.js", dist));

describe("the bundle", () => {
  let customizer: ConnectorCustomizer;

  beforeAll(async () => {
    // require(), because that is how the platform loads it. An ES module would not do.
    const bundle = createRequire(import.meta.url)(bundlePath) as {
      connectorCustomizer: () => Promise<ConnectorCustomizer>;
    };
    customizer = await bundle.connectorCustomizer();
  });

  const run = (type: string, payload: unknown): Promise<unknown> => customizer._exec(type, context, payload);

  it("handles these commands and no others", () => {
    expect([...customizer.handlers.keys()].sort()).toEqual([
      "after:std:account:read",
      "after:std:account:update",
      "before:std:account:create",
    ]);
  });

  it("normalizes an account that was read", async () => {
    const account = {
      identity: "u1",
      disabled: false,
      attributes: { name: " Ada ", email: " Ada@Example.COM", active: "Yes", groups: ["a", "b"], age: 36 },
    };
    expect(await run("after:std:account:read", account)).toEqual({
      identity: "u1",
      disabled: false,
      attributes: { name: "Ada", email: "ada@example.com", active: true, groups: ["a", "b"], age: 36 },
    });
    expect(account.attributes.name).toBe(" Ada ");
  });

  it.each([
    ["ACTIVE", true],
    ["0", false],
    [" no ", false],
    ["on leave", "on leave"],
    [true, true],
    [null, null],
  ])("reads active %j as %j", async (active, expected) => {
    expect(await run("after:std:account:read", { attributes: { active } })).toEqual({
      attributes: { active: expected },
    });
  });

  it("normalizes an update that answers with the account, and passes on one that does not", async () => {
    expect(await run("after:std:account:update", { attributes: { email: "A@B.C" } })).toEqual({
      attributes: { email: "a@b.c" },
    });
    expect(await run("after:std:account:update", {})).toEqual({});
  });

  it.each([undefined, {}, { email: null }, { email: "  " }])(
    "refuses to create from %j",
    async (attributes) => {
      await expect(run("before:std:account:create", { identity: "u1", attributes })).rejects.toMatchObject({
        message: "Account u1 has no email",
        type: "generic",
      });
    },
  );

  it("lets an account with an email through as it is", async () => {
    const input = { identity: "u1", attributes: { email: "Ada@example.com" } };
    expect(await run("before:std:account:create", input)).toBe(input);
  });
});

describe("the zip", () => {
  it("holds the bundle and the spec, and nothing else", () => {
    const entries = unzipSync(readFileSync(new URL("account-normalizer-1.0.0.zip", dist)));
    expect(Object.keys(entries).sort()).toEqual(["connector-spec.json", "index.js"]);
    expect(entries["index.js"] && Buffer.from(entries["index.js"]).equals(readFileSync(bundlePath))).toBe(
      true,
    );
  });
});

// The handlers use none of it, but the SDK's type asks for these two.
const context: Context = {
  reloadConfig: () => Promise.reject(new Error("not in this test")),
  assumeAwsRole: () => Promise.reject(new Error("not in this test")),
};
