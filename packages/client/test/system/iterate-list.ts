// Iterates over a whole list. Prints the number of items, and if their ids are 0, 1, 2 and so on.
import { createClient } from "../../src/index.ts";

const [baseUrl] = process.argv.slice(2);
const client = createClient({ baseUrl, auth: { accessToken: "t" }, rateLimit: false });
let count = 0;
let inOrder = true;
for await (const page of client.listConnectorCustomizers().pages({ lookAhead: true })) {
  for (const { id } of page) inOrder &&= id === String(count++);
}
console.log(JSON.stringify({ count, inOrder }));
