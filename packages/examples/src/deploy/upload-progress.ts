import type { UploadProgress } from "@isc-customizers/client";

const width = 30;

/** Shows the progress of an upload on stdout: a bar on a terminal, and elsewhere a line for each quarter. */
export function showUploadProgress(): (progress: UploadProgress) => void {
  let shown = "";
  return ({ sent, total = 0, attempt }) => {
    const part = total === 0 ? 1 : sent / total;
    const label = attempt === 1 ? "Uploading" : `Uploading, attempt ${attempt}`;
    if (process.stdout.isTTY) {
      const bar = "#".repeat(Math.round(part * width)).padEnd(width, ".");
      process.stdout.write(`\r${label} [${bar}] ${Math.round(part * 100)} %${part === 1 ? "\n" : ""}`);
      return;
    }
    const line = `${label}: ${Math.floor(part * 4) * 25} %`;
    if (line !== shown) console.log(line);
    shown = line;
  };
}
