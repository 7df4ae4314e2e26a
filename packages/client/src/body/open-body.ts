/** A body that is being sent, in one attempt. */
export interface OpenBody {
  readonly body: BodyInit;
  /**
   * Call it when the answer says that the body was accepted. Reports the end of a body that is sent whole.
   * @throws CallbackError if `onUploadProgress` failed.
   */
  readonly complete?: () => void;
  /** The error of the source or of `onUploadProgress`, if one failed; never the end of the signal. */
  readonly failure?: () => unknown;
  /**
   * Ends the source now, and the request if the body is not sent completely. Resolves when the source has ended. There is no
   * progress report after it. It can be called again.
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
