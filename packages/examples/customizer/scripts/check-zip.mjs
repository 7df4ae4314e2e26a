// `spcx package` reports success even when it left a file out of the zip, or put nothing in it at all.
import { readFileSync } from "node:fs";
import { unzipSync } from "fflate";

const expected = ["connector-spec.json", "index.js"];
const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const zipPath = `dist/${manifest.name}-${manifest.version}.zip`;
const entries = unzipSync(readFileSync(zipPath));
const packed = Object.keys(entries)
  .filter((name) => entries[name].length > 0)
  .sort();
if (packed.join() !== expected.join()) {
  throw new Error(`${zipPath} must hold ${expected.join(" and ")}. It holds ${packed.join() || "nothing"}.`);
}
