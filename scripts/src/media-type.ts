import type { BodyKind } from "./contract/operation.ts";

/** RFC 6838; JSON also by its structured suffix, RFC 6839. */
export function bodyKind(mediaType: string): BodyKind {
  const essence = (mediaType.split(";", 1)[0] ?? "").trim().toLowerCase();
  if (/^application\/(?:.+\+)?json$/.test(essence)) return "json";
  if (essence === "multipart/form-data") return "multipart";
  if (essence === "application/x-www-form-urlencoded") return "urlencoded";
  if (essence.startsWith("text/")) return "text";
  return "binary";
}

/** Of the media types that a body may have, the one that a method speaks: JSON where there is a choice, else the first. */
export function preferredMediaType(mediaTypes: readonly string[]): string | undefined {
  return mediaTypes.find((mediaType) => bodyKind(mediaType) === "json") ?? mediaTypes[0];
}
