import { errorName } from "@isc-customizers/types";
import { readErrorBody } from "./error-body.ts";
import {
  ApiError,
  BadRequestError,
  ForbiddenError,
  NotFoundError,
  RateLimitError,
  type ResponseDetails,
  ServerError,
  UnauthorizedError,
} from "./errors.ts";
import { oneLine } from "./reason.ts";
import { labelOf, type RequestIdentity } from "./request-label.ts";
import { type Redact, redactHeaders, redactValue } from "./redact.ts";

const classes = [
  BadRequestError,
  UnauthorizedError,
  ForbiddenError,
  NotFoundError,
  RateLimitError,
  ServerError,
];

/** A response with its request. */
export interface AnsweredRequest {
  readonly request: RequestIdentity;
  readonly response: Response;
  readonly redact: Redact;
}

/** A response that becomes an `ApiError`. */
export interface FailedRequest extends AnsweredRequest {
  /** Number of times that the request was sent. */
  readonly attempts: number;
  /** The wait that the response asks for, in milliseconds. */
  readonly retryAfter: number | undefined;
}

/**
 * Creates the error for a response with a status other than 2xx.
 * @param body the body as openapi-fetch parsed it: a JSON value, or the text of another body. Secrets are removed after it was parsed,
 *   because JSON can escape any character
 */
export function toApiError(failed: FailedRequest, body: unknown): ApiError {
  const { request, response, attempts, redact, retryAfter } = failed;
  const { status, statusText } = response;
  const content = readErrorBody(redactValue(body, redact));
  const reason = oneLine(content.messages[0]?.text ?? redact(statusText)) || "no message";
  const tracking = content.trackingId === undefined ? "" : ` (tracking id ${oneLine(content.trackingId)})`;
  const ErrorClass = classes.find(({ iscErrorName }) => iscErrorName === errorName(status)) ?? ApiError;
  return new ErrorClass(`${labelOf(request)} answered ${status}: ${reason}${tracking}`, {
    ...content,
    ...responseDetails(failed),
    attempts,
    retryAfter,
  });
}

/** Returns the fields that an error has of its response, without secrets. */
export function responseDetails({ request, response, redact }: AnsweredRequest): ResponseDetails {
  const { operationId, method, url } = request;
  const headers = new Headers(redactHeaders(response.headers, redact));
  headers.delete("set-cookie");
  return { status: response.status, headers, operationId, method, url };
}
