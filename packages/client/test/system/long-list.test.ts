import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { startServer } from "../support/server.ts";

test("iterates over a million items in less memory than the items take", async () => {
  const total = 1_000_000;
  await using server = await startServer((request, response) => {
    const offset = Number(new URL(request.url ?? "", "http://localhost").searchParams.get("offset"));
    const items = Array.from({ length: Math.min(250, total - offset) }, (_, n) => `{"id":"${offset + n}"}`);
    response.end(`[${items.join()}]`);
  });
  const program = fileURLToPath(new URL("iterate-list.ts", import.meta.url));
  // The items alone take more than twice this heap of 24 MiB.
  const args = ["--max-old-space-size=24", program, server.url];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(JSON.parse(stdout)).toEqual({ count: total, inOrder: true });
}, 600_000);
