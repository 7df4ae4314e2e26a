import { execFile } from "node:child_process";
import { open } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Folder, temporaryFolder } from "../support/folders.ts";

const program = fileURLToPath(new URL("upload-peak.ts", import.meta.url));
const mebibyte = 1_048_576;

let folder: Folder;
beforeAll(async () => void (folder = await temporaryFolder()));
afterAll(() => folder[Symbol.asyncDispose]());

const server = createServer((request, response) => {
  request.resume().on("end", () => response.end("{}"));
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** Writes a zip as a sparse file, which takes almost no disk space. */
async function writeZip(size: number): Promise<string> {
  const path = join(folder.path, `${size}.zip`);
  await using file = await open(path, "w");
  await file.write(Buffer.from("PK\x03\x04"));
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06");
  await file.write(end, 0, end.length, size - end.length);
  return path;
}

/** Uploads `size` MiB in a new process. @returns the peak memory of the process, in MiB. */
async function peakOf(size: number, transport: string): Promise<number> {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const path = await writeZip(size * mebibyte);
  const { stdout } = await promisify(execFile)(process.execPath, [program, url, path, transport]);
  return Number(stdout);
}

test.each(["platform", "undici"])(
  "an upload of 256 MiB takes less than 100 MiB more memory than one of 8 MiB: %s",
  async (transport) => {
    const small = await peakOf(8, transport);
    expect(small).toBeGreaterThan(0);
    const large = await peakOf(256, transport);
    expect(large - small).toBeLessThan(100);
  },
);
