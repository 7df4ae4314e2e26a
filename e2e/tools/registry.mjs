// Starts a registry on loopback: `node registry.mjs FOLDER`. It keeps this project's packages in FOLDER, and fetches all others from the
// registry upstream, for which FOLDER/uplink.json has Verdaccio's options.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runServer } from "verdaccio";

const [, , folder = ""] = process.argv;
const uplink = JSON.parse(readFileSync(join(folder, "uplink.json"), "utf8"));
const server = await runServer({
  self_path: folder,
  storage: join(folder, "storage"),
  auth: { htpasswd: { file: join(folder, "htpasswd") } },
  uplinks: { upstream: { timeout: "60s", maxage: "60m", ...uplink } },
  packages: {
    "@isc-customizers/*": { access: "$all", publish: "$authenticated" },
    "**": { access: "$all", proxy: "upstream" },
  },
  web: { enable: false },
  log: { type: "stdout", format: "pretty", level: "error" },
});
server.listen(0, "127.0.0.1", () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
