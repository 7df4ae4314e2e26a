// A registry on loopback: `node registry.mjs FOLDER UPSTREAM`. It keeps what is published in the folder, and everything that is not
// this project's it takes from the registry upstream.
import { join } from "node:path";
import { runServer } from "verdaccio";

const [, , folder = "", upstream = ""] = process.argv;
const server = await runServer({
  self_path: folder,
  storage: join(folder, "storage"),
  auth: { htpasswd: { file: join(folder, "htpasswd") } },
  uplinks: { upstream: { url: upstream, timeout: "60s", maxage: "60m" } },
  packages: {
    "@isc-customizers/*": { access: "$all", publish: "$authenticated" },
    "**": { access: "$all", proxy: "upstream" },
  },
  web: { enable: false },
  log: { type: "stdout", format: "pretty", level: "error" },
});
server.listen(0, "127.0.0.1", () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
