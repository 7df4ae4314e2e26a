import { request } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Uploads a zip as a chunked body. @returns the time until the end of the response, in seconds. */
export async function upload(zip: Iterable<Uint8Array>, url: string, token: string): Promise<number> {
  const headers = { "Content-Type": "application/zip", Authorization: `Bearer ${token}` };
  const started = performance.now();
  const sent = request(url, { method: "POST", headers });
  const replied = new Promise<number | undefined>((resolve, reject) => {
    sent.once("error", reject);
    sent.once("response", (response) => response.resume().once("end", () => resolve(response.statusCode)));
  });
  await pipeline(Readable.from(zip), sent);
  const status = await replied;
  if (status !== 200) throw new Error(`The upload failed with status ${status}.`);
  return (performance.now() - started) / 1000;
}
