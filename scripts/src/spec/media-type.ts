import type { BodyKind } from "../contract/operation.ts";

/** Matches a JSON media type (RFC 6838), also with a structured suffix (RFC 6839). */
export function bodyKind(mediaType: string): BodyKind {
  const essence = (mediaType.split(";", 1)[0] ?? "").trim().toLowerCase();
  if (/^(?:application\/(?:.+\+)?|text\/)json$/.test(essence)) return "json";
  if (essence === "multipart/form-data") return "multipart";
  if (essence === "application/x-www-form-urlencoded") return "urlencoded";
  if (essence.startsWith("text/")) return "text";
  return "binary";
}

/** Selects the media type that a method uses: JSON if there is one, else the first. */
export function preferredMediaType(mediaTypes: readonly string[]): string | undefined {
  return mediaTypes.find((mediaType) => bodyKind(mediaType) === "json") ?? mediaTypes[0];
}

/**
 * Selects a concrete media type for a media range. A body of any type is JSON if its schema has properties or items: the frameworks
 * that write such specs mean JSON.
 */
export function concreteMediaType(mediaType: string, isComposite: boolean): string {
  if (!mediaType.includes("*")) return mediaType;
  if (mediaType.trim().startsWith("text/")) return "text/plain";
  return isComposite ? "application/json" : "application/octet-stream";
}
