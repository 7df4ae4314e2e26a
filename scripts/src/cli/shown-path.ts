import { relative, sep } from "node:path";

/** The file as a reader would name it: below the working directory, and with the same separator everywhere. */
export function shownPath(file: string): string {
  const path = relative(process.cwd(), file);
  return (path.startsWith("..") ? file : path).replaceAll(sep, "/");
}
