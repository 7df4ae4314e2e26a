import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "../median.ts";
import type { ServerProcess } from "./server-process.ts";
import { startBare, startMock } from "./servers.ts";
import { storedZip } from "./stored-zip.ts";
import { upload } from "./upload.ts";

export interface UploadCost {
  readonly name: string;
  readonly seconds: number;
  /** Of the process, in bytes, from its start to the end of the upload. */
  readonly peakMemory: number;
}

const EXAMPLE_ID = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";
const BLOCKS = 4096;

const servers: Record<string, (folder: string) => Promise<ServerProcess & { readonly token?: string }>> = {
  "mock tenant": () => startMock(),
  "bare, counts": () => startBare("count"),
  "bare, writes a file": (folder) => startBare("write", join(folder, "bare.zip")),
};

/** What it takes to upload 256 MiB to a server that has just started: the median of five times. */
export async function measureUploads(): Promise<UploadCost[]> {
  await using folder = await mkdtempDisposable(join(tmpdir(), "isc-benchmark-"));
  const names = Object.keys(servers);
  const uploads: UploadCost[] = [];
  for (let round = 0; round < 5; round++) {
    for (const [name, start] of Object.entries(servers)) {
      await using server = await start(folder.path);
      const url = `${server.baseUrl}/v2024/connector-customizers/${EXAMPLE_ID}/versions`;
      const seconds = await upload(storedZip(BLOCKS), url, server.token ?? "");
      uploads.push({ name, seconds, peakMemory: (await server.memory()).peak });
    }
  }
  return names.map((name) => {
    const own = uploads.filter((one) => one.name === name);
    return {
      name,
      seconds: median(own.map(({ seconds }) => seconds)),
      peakMemory: median(own.map(({ peakMemory }) => peakMemory)),
    };
  });
}
