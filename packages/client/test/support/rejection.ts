import { expect } from "vitest";
import { IscError } from "../../src/index.ts";

/** Returns the error with which a promise rejects. */
export async function rejection(promise: PromiseLike<unknown>): Promise<unknown> {
  return await promise.then(
    () => expect.fail("The promise was fulfilled."),
    (error: unknown) => error,
  );
}

/** Returns the IscError with which a call fails. */
export async function iscErrorOf(call: PromiseLike<unknown>): Promise<IscError> {
  const error = await rejection(call);
  expect(error).toBeInstanceOf(IscError);
  return error as IscError;
}
