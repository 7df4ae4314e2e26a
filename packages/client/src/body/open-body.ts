/** A body that is being sent, in one attempt. */
export interface OpenBody {
  readonly body: BodyInit;
  /**
   * Reports the end of a body that is not sent as a stream. Call it when the server has answered with a success.
   * @throws CallbackError if `onUploadProgress` failed.
   */
  readonly complete?: () => void;
  /** The error of the source or of `onUploadProgress`, if one failed; never the abort of the signal. */
  readonly failure?: () => unknown;
  /**
   * Ends the source now, and the request if the body is not sent completely. Resolves when the source has ended. Progress is not
   * reported afterwards. It can be called again.
   */
  readonly close?: (reason: unknown) => Promise<void>;
}

/** Options to open a body for one attempt. */
export interface OpenOptions {
  /** Ends the wait for the source. */
  readonly signal: AbortSignal;
  /** Number of the attempt, from 1. */
  readonly attempt: number;
  /** Called whenever a part of the body is read. */
  readonly onProgress: () => void;
}
