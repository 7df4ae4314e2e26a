/** Options of one call, the second argument of a method. They replace the client's options of the same name. */
export interface RequestOptions {
  /**
   * Ends the call at any time: during a wait, while the request is sent, and while the body of the response is read. The
   * call then rejects with an `AbortError`, whose `cause` is the signal's reason.
   *
   * @example
   * ```ts
   * await client.listPlanets({}, { signal: AbortSignal.timeout(5_000) });
   * ```
   */
  readonly signal?: AbortSignal | undefined;
  /**
   * Headers of this call. They replace the client's headers of the same name; case does not matter. `undefined` or `null`
   * takes the client's header away for this call. `Authorization`, `Host`, and headers of the connection, such as
   * `Content-Length`, cannot be set.
   *
   * @example
   * ```ts
   * await client.getPlanet({ id }, { headers: { "X-Request-Id": "7f3a", "X-Team": null } });
   * ```
   */
  readonly headers?: Readonly<Record<string, string | null | undefined>> | undefined;
  /**
   * Time limit of one attempt, in milliseconds: a whole number from 1 to 2,147,483,647. It includes the body of the
   * response. It starts again each time a part of a binary body is sent.
   *
   * @default the client's `timeout`
   */
  readonly timeout?: number | undefined;
  /**
   * Time limit of the call, in milliseconds: a whole number from 1 to 2,147,483,647. It includes all attempts and waits.
   *
   * @default the client's `totalTimeout`
   */
  readonly totalTimeout?: number | undefined;
  /**
   * Number of times that a failed request may be sent again: a whole number from 0. 0 sends the request once.
   *
   * @default the client's `retries`
   */
  readonly retries?: number | undefined;
  /**
   * Called with the progress of a binary body: at the start of every attempt, and after each piece that is sent. A browser
   * sends the body in one piece, so there it is called at the start and at the end only. If the function throws, the call
   * rejects with a `CallbackError`.
   *
   * @example
   * ```ts
   * await client.uploadMap(
   *   { id, body },
   *   { onUploadProgress: ({ sent, total, attempt }) => console.log(`attempt ${attempt}: ${sent} of ${total} bytes`) },
   * );
   * ```
   */
  readonly onUploadProgress?: ((progress: UploadProgress) => void) | undefined;
  /**
   * Checks, before anything is sent, that a body with the content type `application/zip` begins like a zip. A body that
   * does not is a `ConfigurationError`. `false` sends it as it is.
   *
   * @default true
   */
  readonly checkZip?: boolean | undefined;
}

/** The progress of a binary body. */
export interface UploadProgress {
  /** Number of the bytes that were passed on for sending in this attempt. */
  readonly sent: number;
  /** Size of the body in bytes; `undefined` if it is not known, as for a stream. */
  readonly total: number | undefined;
  /** Number of the attempt, from 1. `sent` starts again at 0 with each attempt. */
  readonly attempt: number;
}

/**
 * The result of a call. The call is sent when it is made, once, as with `fetch`: awaited or not, and however often it is
 * awaited. It resolves to the data of a success, and rejects with an `IscError`.
 *
 * @example
 * ```ts
 * const [planet, star] = await Promise.all([client.getPlanet({ id }), client.getStar({ id })]);
 * ```
 */
export interface ApiPromise<Data> extends Promise<Data> {
  /**
   * Returns the data together with the HTTP response. The body of the response has been read.
   *
   * @example
   * ```ts
   * const { data, response } = await client.getPlanet({ id }).withResponse();
   * console.log(data, response.headers.get("Content-Type"));
   * ```
   */
  withResponse(): Promise<{ data: Data; response: Response }>;
  /**
   * Returns the HTTP response with its body unread. No status is an error here. The time limits end when the headers have
   * arrived. Chain it to the call: later, when the client has begun to read the body, it rejects with a
   * `ConfigurationError`.
   *
   * @example
   * ```ts
   * const response = await client.getPlanet({ id }).asResponse();
   * console.log(response.status, await response.text());
   * ```
   */
  asResponse(): Promise<Response>;
}

/**
 * The result of a call to a paginated operation. The first page is requested when the call is made. Awaited, the result is that
 * page. Iterated, it is every item from the call's offset on; each later page is fetched when its first item is needed.
 *
 * A list ends with its first empty page. It also ends with a 400 on a later page if the record before that page is still
 * the last one, because some servers refuse an offset at the end of a list. Any other error is thrown.
 *
 * @example
 * ```ts
 * for await (const planet of client.listPlanets()) console.log(planet);
 * ```
 */
export interface PagePromise<Item> extends ApiPromise<Item[]>, AsyncIterable<Item> {
  /**
   * Returns every page from the call's offset on. No page is empty.
   *
   * @param options.lookAhead `true` fetches the next page while the caller works on this one. The default is `false`.
   * @example
   * ```ts
   * for await (const planets of client.listPlanets().pages({ lookAhead: true })) console.log(planets.length);
   * ```
   */
  pages(options?: { readonly lookAhead?: boolean | undefined }): AsyncIterableIterator<Item[]>;
  /**
   * Returns every item from the call's offset on, in one array.
   *
   * @param options.max The largest number of items, a whole number from 0; by default there is no limit. Chained to the
   * call, the first page asks for no more than this number, and never for more than the largest page.
   * @example
   * ```ts
   * const planets = await client.listPlanets().all({ max: 1_000 });
   * ```
   */
  all(options?: { readonly max?: number | undefined }): Promise<Item[]>;
}

/**
 * A binary body: its bytes, or a function that returns them. The bytes are sent unchanged. The client can send a `Blob`,
 * bytes and the result of a function again when an attempt fails; it calls the function for each attempt. A stream and an
 * iterable can be read once only, so such a body is not sent again.
 */
export type BinaryBody = BinarySource | (() => BinarySource | Promise<BinarySource>);

/** The bytes of a binary body: a `Blob`, a buffer or a view of one, a web stream, or an async iterable of bytes. */
export type BinarySource = Blob | ArrayBufferLike | ArrayBufferView | ByteStream | AsyncIterable<Uint8Array>;

/** A web stream of bytes. It accepts a `ReadableStream` of any type declarations, such as those of Node and of the DOM. */
export interface ByteStream {
  readonly locked: boolean;
  cancel(reason?: unknown): Promise<void>;
  getReader(): unknown;
}
