import { ResponseParseError } from "./errors.ts";
import { labelOf } from "./request-label.ts";
import { type AnsweredRequest, responseDetails } from "./to-api-error.ts";

/**
 * Creates the error for a success whose body is not what the API describes.
 * @param problem a sentence
 * @param text the body, whose start the error shows without secrets
 */
export function toParseError(answered: AnsweredRequest, problem: string, text: string): ResponseParseError {
  const { request, response, redact } = answered;
  return new ResponseParseError(`${labelOf(request)} answered ${response.status}. ${problem}`, {
    ...responseDetails(answered),
    bodyStart: redact(text).slice(0, 500),
  });
}
