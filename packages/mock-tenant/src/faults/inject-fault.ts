import { setTimeout } from "node:timers/promises";
import type { Reply } from "../http/reply.ts";
import type { Fault, StatusFault } from "./fault.ts";

/** The request that a fault hits. */
export interface Victim {
  /** Runs the operation and resolves with the right response. */
  readonly answer: () => Promise<Reply>;
  /** The body that the API documents for a status. */
  readonly documentedError: (status: number) => Reply;
  readonly expireTokens: () => void;
  /** Aborted when the connection is gone. */
  readonly signal: AbortSignal;
}

const HTML = `<!DOCTYPE html>
<html><head><title>Bad Gateway</title></head><body><h1>Bad Gateway</h1><hr>proxy</body></html>
`;

/** Applies a fault to a request. Returns undefined when the connection must close without a response. */
export async function injectFault(fault: Fault, victim: Victim): Promise<Reply | undefined> {
  switch (fault.kind) {
    case "status":
      return statusReply(fault, victim);
    case "html":
      return {
        status: fault.status ?? 502,
        headers: { "Content-Type": "text/html; charset=utf-8" },
        body: HTML,
      };
    case "delay":
      await setTimeout(fault.milliseconds, undefined, { signal: victim.signal });
      return victim.answer();
    case "expired-tokens":
      victim.expireTokens();
      return victim.answer();
    case "drop":
      if (fault.when === "after") await victim.answer();
      return undefined;
    case "slow-body": {
      const reply = await victim.answer();
      // Without a body the response ends with its head, and the client may reuse the connection at once.
      if (reply.body === undefined) return reply;
      return { ...reply, delivery: { kind: "slow", milliseconds: fault.milliseconds } };
    }
    case "truncated-body": {
      const reply = await victim.answer();
      return reply.body === undefined ? undefined : { ...reply, delivery: { kind: "truncated" } };
    }
    case "malformed-json": {
      const reply = await victim.answer();
      return { ...reply, body: `${reply.body ?? ""}}` };
    }
    case "content-type": {
      const reply = await victim.answer();
      return { ...reply, headers: { ...reply.headers, "Content-Type": fault.contentType ?? "text/plain" } };
    }
  }
}

function statusReply(fault: StatusFault, { documentedError }: Victim): Reply {
  const { status, body, headers = {}, retryAfter, retryAfterFormat = "seconds" } = fault;
  const base = body === undefined ? documentedError(status) : replyWith(status, body);
  const date = () => new Date(Date.now() + (retryAfter ?? 0) * 1000).toUTCString();
  const wait = retryAfterFormat === "date" ? date() : String(retryAfter);
  return {
    ...base,
    headers: { ...base.headers, ...(retryAfter !== undefined && { "Retry-After": wait }), ...headers },
  };
}

function replyWith(status: number, body: unknown): Reply {
  return typeof body === "string"
    ? { status, headers: { "Content-Type": "text/plain; charset=utf-8" }, body }
    : { status, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}
