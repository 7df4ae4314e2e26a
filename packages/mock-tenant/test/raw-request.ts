import { request } from "node:http";
import type { OutgoingHttpHeaders } from "node:http";

export interface RawResponse {
  readonly status: number | undefined;
  readonly body: string;
}

/** Sends a request with the path unchanged; `fetch` would normalize it. */
export function rawRequest(
  baseUrl: string,
  method: string,
  path: string,
  token?: string,
  headers: OutgoingHttpHeaders = {},
): Promise<RawResponse> {
  const { hostname, port } = new URL(baseUrl);
  const authorization = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  return new Promise((resolve, reject) => {
    const sent = request(
      { hostname, port, method, path, headers: { ...authorization, ...headers } },
      (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (text: string) => (body += text));
        response.on("end", () => resolve({ status: response.statusCode, body }));
      },
    );
    sent.on("error", reject);
    sent.end();
  });
}
