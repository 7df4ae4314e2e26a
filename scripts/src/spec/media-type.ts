import type { BodyKind } from "../contract/operation.ts";

/** RFC 6838; JSON also by its structured suffix, RFC 6839. */
export function bodyKind(mediaType: string): BodyKind {
  const essence = (mediaType.split(";", 1)[0] ?? "").trim().toLowerCase();
  if (/^(?:application\/(?:.+\+)?|text\/)json$/.test(essence)) return "json";
  if (essence === "multipart/form-data") return "multipart";
  if (essence === "application/x-www-form-urlencoded") return "urlencoded";
  if (essence.startsWith("text/")) return "text";
  return "binary";
}

/** Of the media types that a body may have, the one that a method speaks: JSON where there is a choice, else the first. */
export function preferredMediaType(mediaTypes: readonly string[]): string | undefined {
  return mediaTypes.find((mediaType) => bodyKind(mediaType) === "json") ?? mediaTypes[0];
}

/**
 * A media type that can be sent in place of a range of them. A body of any type at all is JSON where its schema has members or
 * items: the frameworks that write such specs mean that.
 */
export function concreteMediaType(mediaType: string, isComposite: boolean): string {
  if (!mediaType.includes("*")) return mediaType;
  if (mediaType.trim().startsWith("text/")) return "text/plain";
  return isComposite ? "application/json" : "application/octet-stream";
}
