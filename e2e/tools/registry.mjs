// Starts a registry on loopback: `node registry.mjs FOLDER UPLINK`. It keeps this project's packages in FOLDER and fetches all others
// from UPLINK, the JSON of Verdaccio's options for the registry upstream.
import { join } from "node:path";
import { runServer } from "verdaccio";

const [, , folder = "", uplink = "{}"] = process.argv;
const server = await runServer({
  self_path: folder,
  storage: join(folder, "storage"),
  auth: { htpasswd: { file: join(folder, "htpasswd") } },
  uplinks: { upstream: { timeout: "60s", maxage: "60m", ...JSON.parse(uplink) } },
  packages: {
    "@isc-customizers/*": { access: "$all", publish: "$authenticated" },
    "**": { access: "$all", proxy: "upstream" },
  },
  web: { enable: false },
  log: { type: "stdout", format: "pretty", level: "error" },
});
server.listen(0, "127.0.0.1", () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
