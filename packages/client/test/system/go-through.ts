// Goes through a whole list, and tells how many items it has, and whether each was there once and in its place.
import { createClient } from "../../src/index.ts";

const [baseUrl] = process.argv.slice(2);
const client = createClient({ baseUrl, auth: { accessToken: "t" }, rateLimit: false });
let count = 0;
let inOrder = true;
for await (const page of client.listConnectorCustomizers().pages({ lookAhead: true })) {
  for (const { id } of page) inOrder &&= id === String(count++);
}
console.log(JSON.stringify({ count, inOrder }));
