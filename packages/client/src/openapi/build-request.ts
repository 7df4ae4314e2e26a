import type { Operation, RequestOptions } from "@isc-customizers/types";
import { argumentPlaces, type CallArguments, placeArguments } from "../methods/arguments.ts";
import { isCallOption } from "../methods/call-options.ts";
import { toConfigurationError } from "../errors/wrap-error.ts";
import { ConfigurationError } from "../errors/errors.ts";
import { checkedHeaders } from "./headers.ts";
import { fillPath, pathParameterNames, pathTemplate } from "./path-parameters.ts";
import type { RequestLimits, RequestParts } from "../transport/request-parts.ts";
import { isIdempotent } from "../transport/retry-policy.ts";
import { requestLimits } from "../transport/request-limits.ts";

/** What every request of a client has in common. */
export interface RequestDefaults {
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly limits: RequestLimits;
  /** The tenant's URL. */
  readonly baseUrl: string;
  /** The URL of a path of the API. */
  readonly urlOf: (path: string) => string;
}

/**
 * The request that a call stands for.
 * @param args `undefined` where what the caller gave is no object
 * @throws ConfigurationError for arguments that no request can be made of.
 */
export type BuildRequest = (
  args: CallArguments | undefined,
  options: RequestOptions,
) => Promise<RequestParts>;

/** What makes the requests of an operation: all that they have in common is made once. */
export function requestBuilder(id: string, operation: Operation, defaults: RequestDefaults): BuildRequest {
  const { method, path, server, body } = operation;
  const template = pathTemplate(server ? path : defaults.urlOf(path));
  const places = argumentPlaces(operation, pathParameterNames(template));
  const idempotent = isIdempotent(method);
  const common = { ...checkedHeaders(operation.headers), ...defaults.headers };
  // The platform writes the media type of a form itself, with the boundary that it chose (RFC 7578, section 4.1).
  const withBody = body && body.kind !== "multipart" ? { ...common, "content-type": body.mediaType } : common;
  return async (args, options) => {
    try {
      if (args === undefined || Object(options) !== options || options instanceof AbortSignal) {
        throw new ConfigurationError(`${id} takes an object of parameters, and one of options.`);
      }
      const misspelt = Object.keys(options).find((name) => !isCallOption(name));
      if (misspelt !== undefined) throw new ConfigurationError(`${id} has no option \`${misspelt}\`.`);
      const { signal, headers, onUploadProgress, checkZip = true } = options;
      if (signal !== undefined && !(signal instanceof AbortSignal)) {
        throw new ConfigurationError("`signal` must be an AbortSignal.");
      }
      const placed = placeArguments(id, places, args);
      for (const [parameter, value] of placed.others)
        (await import("./parameters.ts")).placeParameter(placed, parameter, value);
      const { query, header, cookie } = placed;
      const target =
        fillPath(template, placed.path, placed.segments) + (query.length > 0 ? `?${query.join("&")}` : "");
      const sent = placed.body === undefined ? undefined : body;
      return {
        url: server ? (await import("./server-url.ts")).serverUrl(server, defaults.baseUrl) + target : target,
        method,
        headers: {
          ...(sent ? withBody : common),
          ...checkedHeaders(header),
          ...(cookie.length > 0 && { cookie: cookie.join("; ") }),
          ...checkedHeaders(headers),
        },
        idempotent,
        body:
          sent &&
          (await import("../body/body-source.ts")).bodySource(sent.kind, placed.body, {
            checkZip: checkZip && sent.mediaType === "application/zip",
            onUploadProgress,
          }),
        operationId: id,
        options: { ...requestLimits(options, defaults.limits), signal },
      };
    } catch (cause) {
      throw toConfigurationError(`${id}: the request cannot be made`, cause);
    }
  };
}
