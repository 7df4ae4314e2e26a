/**
 * Reads the fields of a multipart/form-data body (https://www.rfc-editor.org/rfc/rfc7578); undefined when the body is malformed.
 * `Response.formData` cannot be used: it refuses boundaries shorter than 27 characters, which
 * https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1 allows.
 */
export function readMultipartForm(contentType: string, body: Uint8Array): URLSearchParams | undefined {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^\s";]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) return undefined;
  // Latin-1 maps every byte to one character.
  const [, ...parts] = `\r\n${Buffer.from(body).toString("latin1")}`.split(`\r\n--${boundary}`);
  // The text after the last delimiter is not a part.
  if (!parts.pop()?.startsWith("--")) return undefined;

  const form = new URLSearchParams();
  for (const part of parts) {
    const [, head, content] = /^[ \t]*\r\n(.*?)\r\n\r\n(.*)$/s.exec(part) ?? [];
    const disposition = head?.split("\r\n").find((line) => /^content-disposition:\s*form-data\b/i.test(line));
    const [, quotedName, plainName] = /;\s*name=(?:"([^"]*)"|([^\s";]+))/i.exec(disposition ?? "") ?? [];
    const name = quotedName ?? plainName;
    if (name === undefined || content === undefined) return undefined;
    form.append(name, Buffer.from(content, "latin1").toString());
  }
  return form;
}
