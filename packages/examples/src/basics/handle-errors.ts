// Handles the errors of a call: one that can be expected, an answer of the API, and no answer at all.
import { ApiError, ConnectionError, createClient, NotFoundError } from "@isc-customizers/client";
import { tenant } from "../tenant.ts";

async function describe(call: () => PromiseLike<unknown>): Promise<string> {
  try {
    await call();
    return "The call succeeded.";
  } catch (error) {
    if (error instanceof NotFoundError) return `The customizer does not exist: ${error.messages[0]?.text}`;
    if (error instanceof ApiError) return `The API answered ${error.status}: ${error.messages[0]?.text}`;
    if (error instanceof ConnectionError) return `No answer: ${error.message}`;
    throw error;
  }
}

const customizers = createClient(tenant());
console.log(await describe(() => customizers.getConnectorCustomizer({ id: "unknown" })));
console.log(await describe(() => customizers.listConnectorCustomizers({ limit: 1_000 })));

// Nobody listens on this port.
const nowhere = createClient({
  baseUrl: "http://127.0.0.1:50009",
  auth: { accessToken: "example" },
  retries: 1,
});
console.log(await describe(() => nowhere.listConnectorCustomizers()));
