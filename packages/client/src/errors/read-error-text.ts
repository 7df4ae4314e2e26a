/** Length at which a body is cut off, in bytes. */
const maxLength = 1_048_576;

/**
 * Reads the body of an error response as text, up to 1 MiB, and cancels the rest. Decodes it with the charset of `Content-Type`, by
 * default with UTF-8.
 * @throws the runtime's error when the body is cut off or the request is aborted
 */
export async function readErrorText(response: Response): Promise<string> {
  const { body, headers } = response;
  // jsdom has no streams, React Native may lack both, and a custom fetch may return a Node stream.
  if (typeof body?.getReader !== "function" || typeof TextDecoder === "undefined") {
    return await response.text();
  }
  const reader = body.getReader();
  const decoder = decoderFor(headers.get("content-type"));
  let text = "";
  for (let left = maxLength; left > 0;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value.subarray(0, left), { stream: true });
    left -= value.length;
  }
  // A source can take forever to cancel.
  reader.cancel().catch(() => {});
  return text;
}

function decoderFor(contentType: string | null): TextDecoder {
  try {
    return new TextDecoder(/charset="?([^\s";]+)/i.exec(contentType ?? "")?.[1]);
  } catch {
    // The runtime does not know the charset.
    return new TextDecoder();
  }
}
