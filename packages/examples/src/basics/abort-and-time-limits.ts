// Ends a call early: by a signal, and by a time limit.
import { AbortError, createClient, TimeoutError } from "@isc-customizers/client";
import { tenant } from "../tenant.ts";

const customizers = createClient(tenant());

const controller = new AbortController();
const aborted = customizers.listConnectorCustomizers({}, { signal: controller.signal });
controller.abort(new Error("the user closed the page"));
try {
  await aborted;
} catch (error) {
  if (!(error instanceof AbortError)) throw error;
  console.log(`${error.name}, because ${(error.cause as Error).message}`);
}

// `timeout` limits one attempt, `totalTimeout` the whole call with its retries and waits. Both are in milliseconds.
try {
  await customizers.listConnectorCustomizers({}, { totalTimeout: 1 });
} catch (error) {
  if (!(error instanceof TimeoutError)) throw error;
  console.log(`${error.name}: ${error.message}`);
}
