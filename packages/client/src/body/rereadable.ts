/**
 * Makes the body of a response readable again, from the content that was read. It does not create a `Response` before one is needed,
 * because some environments (React Native, jsdom) cannot.
 */
export function rereadable(response: Response, content: string | Blob): Response {
  const isText = typeof content === "string";
  const copy = () =>
    new Response((isText ? content : content.size && content) || null, {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
    });
  const text = async () => (isText ? content : await content.text());
  const readers = {
    text,
    json: async () => JSON.parse(await text()) as unknown,
    blob: async () => (isText ? await copy().blob() : content),
    arrayBuffer: () => copy().arrayBuffer(),
    bytes: () => copy().bytes(),
    formData: () => copy().formData(),
    clone: () => rereadable(copy(), content),
  };
  for (const [name, value] of Object.entries(readers)) Object.defineProperty(response, name, { value });
  Object.defineProperty(response, "bodyUsed", { value: false });
  return Object.defineProperty(response, "body", { get: () => copy().body });
}
