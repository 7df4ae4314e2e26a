import { relative, resolve, sep } from "node:path";
import type { Problem } from "../spec/diagnostic.ts";
import { notice } from "./head.ts";

/** What the other files do not have as the spec has it. A file is named from the spec's folder, so that it is the same on every machine. */
export function emitReport(source: string, folder: string, omissions: readonly Problem[]): string {
  const entries = omissions.map(({ place, message, effect, remedy }) => ({
    file: relative(folder, resolve(place.file)).replaceAll(sep, "/"),
    line: place.line,
    pointer: place.pointer,
    message,
    effect,
    remedy,
  }));
  return JSON.stringify({ "x-generated": notice(source), omissions: entries }, undefined, 2) + "\n";
}
