import { relative, resolve, sep } from "node:path";
import type { Problem } from "../spec/diagnostic.ts";
import { notice } from "./head.ts";

/** Emits the report of the parts that the other files do not express. Its paths are relative to the spec's folder, so that they are the same on every machine. */
export function emitReport(source: string, folder: string, diagnostics: readonly Problem[]): string {
  const entries = diagnostics.map(({ place, message, effect, remedy, harmless }) => ({
    severity: harmless ? "info" : "warning",
    file: relative(folder, resolve(place.file)).replaceAll(sep, "/"),
    line: place.line,
    pointer: place.pointer,
    message,
    effect,
    remedy,
  }));
  return JSON.stringify({ "x-generated": notice(source), diagnostics: entries }, undefined, 2) + "\n";
}
