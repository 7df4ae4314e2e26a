import { type ErrorName, errorName } from "@isc-customizers/types";
import { readErrorBody } from "./error-body.ts";
import {
  ApiError,
  BadRequestError,
  ForbiddenError,
  NotFoundError,
  RateLimitError,
  ServerError,
  UnauthorizedError,
} from "./errors.ts";
import { labelOf } from "../transport/request-parts.ts";
import { oneLine } from "./one-line.ts";
import { responseDetails } from "./response-details.ts";
import type { Exchange } from "../transport/transport.ts";

const classes: Record<ErrorName, typeof ApiError> = {
  BadRequestError,
  UnauthorizedError,
  ForbiddenError,
  NotFoundError,
  RateLimitError,
  ServerError,
  ApiError,
};

/** The error that a response with this body stands for. */
export function apiError(exchange: Exchange, text: string): ApiError {
  const { request, response, attempts, redact } = exchange;
  const { status } = response;
  const body = readErrorBody(redact(text));
  const said = oneLine(body.messages[0]?.text ?? redact(response.statusText)) || "no message";
  const tracking = body.trackingId === undefined ? "" : ` (tracking id ${oneLine(body.trackingId)})`;
  return new classes[errorName(status)](`${labelOf(request)} answered ${status}: ${said}${tracking}`, {
    ...body,
    ...responseDetails(exchange),
    attempts,
  });
}
