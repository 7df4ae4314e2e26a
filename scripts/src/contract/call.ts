/** What a caller may set for one call. What is not set is as the client was told. */
export interface RequestOptions {
  /** Aborts the call: while it waits, while it is sent, and while its body is read. */
  readonly signal?: AbortSignal | undefined;
  /** Headers for this call alone. They win over the client's; `Authorization` is the client's own. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * How long one attempt may take, its body included, in milliseconds from 1. An upload may take longer, as long as it goes on.
   * @default 30,000
   */
  readonly timeout?: number | undefined;
  /**
   * How long the call may take in all, with its attempts and what it waits for between them, in milliseconds from 1.
   * @default 300,000
   */
  readonly totalTimeout?: number | undefined;
  /**
   * How many times the request may be sent again when an attempt fails, a whole number from 0.
   * @default 2
   */
  readonly retries?: number | undefined;
  /** Told how much of a binary body was taken to be sent, at the start of every attempt and with every piece. */
  readonly onUploadProgress?: ((progress: UploadProgress) => void) | undefined;
  /**
   * Whether a body that is to be a zip is looked at before anything is sent.
   * @default true
   */
  readonly checkZip?: boolean | undefined;
}

export interface UploadProgress {
  /** In bytes. */
  readonly sent: number;
  /** In bytes; `undefined` where the source does not say. */
  readonly total: number | undefined;
  /** Number of the attempt, from 1. `sent` starts again at 0 with each attempt. */
  readonly attempt: number;
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
  /**
   * Every page from the parameters' offset on. None is empty.
   * @param options.lookAhead Asks for the next page while this one is in use. By default it is asked for when it is due.
   */
  pages(options?: { readonly lookAhead?: boolean | undefined }): AsyncIterableIterator<Item[]>;
  /**
   * Every item in one array.
   * @param options.max The most items to gather, a whole number from 0; no bound by default. No page past it is fetched.
   */
  all(options?: { readonly max?: number | undefined }): Promise<Item[]>;
}

/**
 * A request body that is sent as it is. A Blob and bytes can be sent again when an attempt fails, and what a function gives,
 * since it is called for each attempt. A stream and an iterable can be sent once only.
 */
export type BinaryBody = BinarySource | (() => BinarySource | Promise<BinarySource>);
export type BinarySource = Blob | ArrayBufferLike | ArrayBufferView | ByteStream | AsyncIterable<Uint8Array>;

/** A web stream of bytes, whichever declaration of `ReadableStream` it comes from. */
export interface ByteStream {
  readonly locked: boolean;
  cancel(reason?: unknown): Promise<void>;
  getReader(): unknown;
}
