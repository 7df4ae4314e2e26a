// Uploads a file. Prints the peak memory of the process in MiB.
import { createClient } from "../../src/index.ts";
import { undiciFetch, zipFromFile } from "../../src/node/index.ts";

const [baseUrl, path = "", transport] = process.argv.slice(2);
const fetch = transport === "undici" ? await undiciFetch() : undefined;
const client = createClient({ baseUrl, auth: { accessToken: "t" }, fetch });
await client.createConnectorCustomizerVersion({ id: "a", body: await zipFromFile(path) });
console.log(process.resourceUsage().maxRSS / 1024);
