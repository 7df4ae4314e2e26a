import { inspect } from "node:util";
import { expect } from "vitest";
import { createClientWithClock } from "../../src/create-client.ts";
import { AuthenticationError, type ClientOptions } from "../../src/index.ts";
import { EagerClock } from "./clock.ts";

/** The secret contains characters that URLs and forms encode. */
export const clientSecret = "s3cr3t/do not+show";
export const credentials = { clientId: "id", clientSecret } as const;

/** Makes a call that must fail with an `AuthenticationError`, and returns this error. */
export async function authenticationError(
  options: ClientOptions,
  clock: EagerClock = new EagerClock(),
): Promise<AuthenticationError> {
  const error: unknown = await createClientWithClock(options, clock)
    .listConnectorCustomizers()
    .then(
      () => expect.fail("The call succeeded."),
      (reason: unknown) => reason,
    );
  expect(error).toBeInstanceOf(AuthenticationError);
  return error as AuthenticationError;
}

/** Searches the error, its causes and its hidden properties for the client secret. */
export function expectNoSecret(error: Error): void {
  const shown = `${inspect(error, { depth: 9, showHidden: true })} ${JSON.stringify(error)}`;
  const form = new URLSearchParams({ s: clientSecret }).toString().slice(2);
  for (const secret of [clientSecret, encodeURIComponent(clientSecret), form])
    expect(shown).not.toContain(secret);
}
