import type { BodyKind } from "@isc-customizers/types";
import { CallbackError, ConfigurationError } from "../errors/errors.ts";
import { reasonOf } from "../errors/reason.ts";
import { abortable } from "../runtime/abort.ts";
import { type Binary, isBinary, sendable, toBinary, unusableBody } from "./binary.ts";
import { isBlob } from "./blob.ts";
import { isForm, platformForm } from "./form.ts";
import type { OpenBody, OpenOptions } from "./open-body.ts";
import { readPieces } from "./pieces.ts";
import { openUpload, type UploadOptions } from "./upload.ts";

/** The body of a request, before it is sent. */
export interface BodySource {
  /** It can be opened again for another attempt. */
  readonly repeatable: boolean;
  /** The body as a `Request` can hold it; `undefined` for a stream, an iterable, a function, and a Blob of another realm. */
  readonly content: BodyInit | undefined;
  /**
   * Opens the body for one attempt.
   * @throws ConfigurationError if the body cannot be sent.
   * @throws CallbackError if a function or source of the caller's fails.
   * @throws AbortError or TimeoutError when the signal ends first.
   */
  readonly open: (options: OpenOptions) => Promise<OpenBody>;
  /** Ends the source of a body that will not be sent, or not again. */
  readonly discard: (reason: unknown) => void;
}

/**
 * The body of an operation.
 * @throws ConfigurationError if the value cannot be sent as a body of this kind.
 */
export function bodySource(kind: BodyKind, value: unknown, options: UploadOptions): BodySource {
  switch (kind) {
    case "json":
      return fixed(jsonOf(value));
    case "text":
      if (typeof value === "string") return fixed(value);
      throw unusableBody("a string", value);
    case "multipart":
    case "urlencoded":
      if (isForm(value)) return fixed(platformForm(value));
      throw unusableBody("a FormData or URLSearchParams", value);
    case "binary":
      return binarySource(value, options);
  }
}

/**
 * The body of a call by its path, which is not checked against the operation.
 * @throws ConfigurationError if the value cannot be sent.
 */
export function rawBodySource(value: unknown): BodySource {
  if (typeof value === "string") return fixed(value);
  return isForm(value) ? fixed(platformForm(value)) : binarySource(value, { checkZip: false });
}

/** The value is sent as it is. Any other value is sent as JSON. */
export function isSentAsItIs(value: unknown): value is BodyInit {
  return isForm(value) || isBinary(value);
}

function fixed(body: BodyInit): BodySource {
  return { repeatable: true, content: body, open: () => Promise.resolve({ body }), discard() {} };
}

function binarySource(value: unknown, options: UploadOptions): BodySource {
  if (typeof value === "function") return functionSource(value as () => unknown, options);
  const source = toBinary(value);
  return {
    repeatable: source instanceof Uint8Array || isBlob(source),
    content: sendable(source),
    open: (request) => openUpload(source, options, request),
    discard: (reason) => void readPieces(source).close(reason),
  };
}

/** The function is called for each attempt. */
function functionSource(give: () => unknown, options: UploadOptions): BodySource {
  return {
    repeatable: true,
    content: undefined,
    async open(request) {
      const { signal } = request;
      const given = call(give);
      // The function may give a stream when nobody waits for it any more.
      given.then(
        (source) => {
          if (signal.aborted) void readPieces(source).close(signal.reason);
        },
        () => {},
      );
      return await openUpload(await abortable(given, signal), options, request);
    },
    discard() {},
  };
}

async function call(give: () => unknown): Promise<Binary> {
  let value: unknown;
  try {
    value = await give();
  } catch (cause) {
    throw new CallbackError("body", reasonOf(cause), { cause });
  }
  return toBinary(value);
}

function jsonOf(value: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value) as string | undefined;
  } catch (cause) {
    throw new ConfigurationError(`The body cannot be written as JSON: ${reasonOf(cause)}`, { cause });
  }
  if (text === undefined) throw unusableBody("JSON", value);
  return text;
}
