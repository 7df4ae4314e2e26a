import type { RequestIdentity } from "../errors/request-label.ts";
import type { BodySource } from "../body/body-source.ts";
import type { Redact } from "../errors/redact.ts";
import type { RequestLimits } from "./request-limits.ts";

/**
 * Sends a request, retries it where that is safe and useful, and returns the response, whatever its status.
 * @throws IscError when there is no response, or its body was cut off.
 */
export type Transport = (request: TransportRequest) => Promise<ResponseContext>;

/** A request before it is sent. Unlike a `Request`, it can be sent again. */
export interface TransportRequest {
  readonly url: string;
  readonly method: string;
  /** Headers by their name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: BodySource | undefined;
  /** Id of the operation; `raw` for a call by path, `token` for a request to the token endpoint. */
  readonly operationId: string;
  /** `true`: the request may be sent again although an earlier attempt may have succeeded. */
  readonly idempotent: boolean;
  /** `true`: the request carries no token, because middleware changed its origin. */
  readonly anonymous?: boolean;
  readonly limits: RequestLimits;
  /** End of the total time, by the client's clock. By default, the total time begins with the first attempt. */
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
  /** Its body can be read, also if the transport has read it. */
  readonly response: Response;
  /** Number of times that the request was sent. */
  readonly attempts: number;
  /** An earlier DELETE attempt may have succeeded, so a 404 counts as success. */
  readonly alreadyDeleted: boolean;
  /** Removes the access token and other secrets from a text. */
  readonly redact: Redact;
}
