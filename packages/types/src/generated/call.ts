// Generated from scripts/src/contract/call.ts by `pnpm generate`. Do not edit.

/** What a caller may set for one call. */
export interface RequestOptions {
  /** Aborts the call: while it waits for a token, while it is sent, and while its body is read. */
  readonly signal?: AbortSignal | undefined;
  /** Headers for this call alone. They win over the client's; `Authorization` is the client's own. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/**
 * The outcome of a call. Nothing is sent until it is awaited or one of its methods is called, and then once only.
 * It rejects with an `IscError`.
 */
export interface ApiPromise<Data> extends Promise<Data> {
  /** The data together with the response, whose body has been read. */
  withResponse(): Promise<{ data: Data; response: Response }>;
  /**
   * The response alone, with its body unread. No status is an error here; it rejects when there is no response. The body
   * is then the caller's: the same call can no longer give its data.
   */
  asResponse(): Promise<Response>;
}

/**
 * The outcome of a call to a paginated operation. Awaited, it is the one page that the parameters ask for. Iterated, it
 * is every item from the parameters' offset on, a page being fetched when its first item is due.
 */
export interface PagePromise<Item> extends ApiPromise<Item[]>, AsyncIterable<Item> {
  /** Every page from the parameters' offset on, lazily. None is empty. */
  pages(): AsyncIterableIterator<Item[]>;
  /**
   * Every item in one array.
   * @param options.max The most items to gather, a whole number from 0; no bound by default. No page past it is fetched.
   */
  all(options?: { readonly max?: number | undefined }): Promise<Item[]>;
}

/** A request body that is sent as it is. A stream can be sent once only; a function is called for each sending. */
export type BinaryBody = BinarySource | (() => BinarySource | Promise<BinarySource>);
export type BinarySource = Blob | ArrayBufferLike | ArrayBufferView | ByteStream;

/** A web stream of bytes, whichever declaration of `ReadableStream` it comes from. */
export interface ByteStream {
  readonly locked: boolean;
  cancel(reason?: unknown): Promise<void>;
  getReader(): unknown;
}
