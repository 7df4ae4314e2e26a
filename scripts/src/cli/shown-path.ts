import { relative, sep } from "node:path";

/** Formats a path for a message: relative to the working directory, with `/` on every system. */
export function shownPath(file: string): string {
  const path = relative(process.cwd(), file);
  return (path.startsWith("..") ? file : path).replaceAll(sep, "/");
}
