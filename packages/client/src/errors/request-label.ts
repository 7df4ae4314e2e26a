/** The request that an error or a log line is about. */
export interface RequestIdentity {
  /** The operation's id in the spec; `raw` for a call by path. */
  readonly operationId: string;
  readonly method: string;
  /** The URL, with its query. */
  readonly url: string;
}

/** Names a request in an error message. */
export function labelOf(request: RequestIdentity): string {
  return `${request.operationId}: ${targetOf(request)}`;
}

/** Names the target of a request. The query is left out because it may be long. */
export function targetOf({ method, url }: Pick<RequestIdentity, "method" | "url">): string {
  return `${method} ${new URL(url).pathname}`;
}
