import type { RequestBody } from "@isc-customizers/types";
import { CallbackError, ConfigurationError } from "../errors/errors.ts";
import { reasonOf } from "../errors/reason.ts";
import { abortable } from "../runtime/abort.ts";
import { type Binary, isBinary, sendable, toBinary, unusableBody } from "./binary.ts";
import { isBlob } from "./blob.ts";
import { createForm, isForm, platformForm } from "./form.ts";
import type { OpenBody, OpenOptions } from "./open-body.ts";
import { readPieces } from "./pieces.ts";
import { openUpload, type UploadOptions } from "./upload.ts";

/** The body of a request, before it is sent. */
export interface BodySource {
  /** `true`: the body can be opened again for another attempt. */
  readonly repeatable: boolean;
  /** The body as a `Request` can contain it; `undefined` for a stream, an iterable, a function, and a Blob of another realm. */
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
 * Creates the body of an operation.
 * @throws ConfigurationError if the value cannot be sent as a body of this kind.
 */
export function bodySource(
  body: Pick<RequestBody, "kind" | "encoding">,
  value: unknown,
  options: UploadOptions,
): BodySource {
  switch (body.kind) {
    case "json":
      return fixed(jsonOf(value));
    case "text":
      if (typeof value === "string") return fixed(value);
      throw unusableBody("a string", value);
    case "multipart":
    case "urlencoded":
      if (isForm(value)) return fixed(platformForm(value));
      if (isFields(value)) return fixed(createForm(body, value));
      throw unusableBody("an object, a FormData or a URLSearchParams", value);
    case "binary":
      return binarySource(value, options);
  }
}

/**
 * Creates the body of a call by its path. It is not checked against the operation.
 * @throws ConfigurationError if the value cannot be sent.
 */
export function rawBodySource(value: unknown): BodySource {
  if (typeof value === "string") return fixed(value);
  return isForm(value) ? fixed(platformForm(value)) : binarySource(value, { checkZip: false });
}

/** Returns `true` for a value that a call by path sends unchanged. It sends any other value as JSON. */
export function isSentUnchanged(value: unknown): value is BodyInit {
  return isForm(value) || isBinary(value);
}

function isFields(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isBinary(value);
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

/** Creates a body from a function, which is called for each attempt. */
function functionSource(create: () => unknown, options: UploadOptions): BodySource {
  return {
    repeatable: true,
    content: undefined,
    async open(request) {
      const { signal } = request;
      const created = call(create);
      // The function may return a stream after the wait for it has ended.
      created.then(
        (source) => {
          if (signal.aborted) void readPieces(source).close(signal.reason);
        },
        () => {},
      );
      return await openUpload(await abortable(created, signal), options, request);
    },
    discard() {},
  };
}

async function call(create: () => unknown): Promise<Binary> {
  let value: unknown;
  try {
    value = await create();
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
