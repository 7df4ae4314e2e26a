import type { RequestIdentity } from "../errors/request-label.ts";
import type { BodySource } from "../body/body-source.ts";
import type { Redact } from "../errors/redact.ts";
import type { RequestLimits } from "./request-limits.ts";

/**
 * Sends a request, again where that is safe and helps, and returns the response whatever its status.
 * @throws IscError when there is no response, or its body was cut off.
 */
export type Transport = (request: TransportRequest) => Promise<ResponseContext>;

/** A request before it is sent. Unlike a `Request`, it can be sent again. */
export interface TransportRequest {
  readonly url: string;
  readonly method: string;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: BodySource | undefined;
  /** The operation, or `raw` for a path that is in no operation. */
  readonly operationId: string;
  /** It may be sent again even where an earlier attempt may have succeeded. */
  readonly idempotent: boolean;
  /** It carries no token: middleware changed its origin. */
  readonly anonymous?: boolean;
  readonly limits: RequestLimits;
  /** When the total time is up, by the client's clock. By default it begins when the request is sent first. */
  readonly deadline?: number;
  readonly signal: AbortSignal | undefined;
  /**
   * Reads the body within the attempt, so that a body that is cut off is retried and the time limit covers it. `undefined` leaves the
   * body unread.
   */
  readonly readBody: (response: Response) => Promise<string | Blob | undefined>;
}

/** A response, and how it came about. */
export interface ResponseContext {
  readonly request: RequestIdentity;
  /** Its body can be read, whether or not the transport has read it. */
  readonly response: Response;
  /** Number of times that the request was sent. */
  readonly attempts: number;
  /** An earlier DELETE attempt may have succeeded, so a 404 counts as success. */
  readonly alreadyDeleted: boolean;
  /** Removes the access token and other secrets from a text. */
  readonly redact: Redact;
}
