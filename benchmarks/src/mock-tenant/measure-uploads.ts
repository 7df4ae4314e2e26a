import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "../median.ts";
import { largeZip } from "./large-zip.ts";
import type { ServerProcess } from "../server-process.ts";
import { startBare, startMock } from "./servers.ts";
import { upload } from "./upload.ts";

export interface UploadCost {
  readonly name: string;
  readonly seconds: number;
  /** The peak memory of the process from its start to the end of the upload, in bytes. */
  readonly peakMemory: number;
}

const EXAMPLE_ID = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";
const SIZE = 256 * 1024 ** 2;

interface Upload {
  readonly method: Parameters<typeof largeZip>[0];
  readonly start: (folder: string) => Promise<ServerProcess & { readonly token?: string }>;
}

const uploads: Record<string, Upload> = {
  "mock tenant": { method: "stored", start: () => startMock() },
  "mock tenant, compressed": { method: "deflated", start: () => startMock() },
  "bare, counts": { method: "stored", start: () => startBare("count") },
  "bare, writes a file": {
    method: "stored",
    start: (folder) => startBare("write", join(folder, "bare.zip")),
  },
};

/** Measures an upload of 256 MiB to a server that has just started. Returns the medians of five rounds. */
export async function measureUploads(): Promise<UploadCost[]> {
  await using folder = await mkdtempDisposable(join(tmpdir(), "isc-benchmark-"));
  const costs: UploadCost[] = [];
  for (let round = 0; round < 5; round++) {
    for (const [name, { method, start }] of Object.entries(uploads)) {
      await using server = await start(folder.path);
      const url = `${server.baseUrl}/v2024/connector-customizers/${EXAMPLE_ID}/versions`;
      const seconds = await upload(largeZip(method, SIZE), url, server.token ?? "");
      costs.push({ name, seconds, peakMemory: (await server.memory()).peak });
    }
  }
  return Object.keys(uploads).map((name) => {
    const own = costs.filter((cost) => cost.name === name);
    return {
      name,
      seconds: median(own.map(({ seconds }) => seconds)),
      peakMemory: median(own.map(({ peakMemory }) => peakMemory)),
    };
  });
}
