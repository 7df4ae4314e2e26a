/**
 * Kills the command at a rarely hit point. Node loads this module before the command (`--import`). `DIE_AT` names a function or a
 * SQL statement, and `before` or `after`: `rename:before`. It takes effect at the first request that changes the state.
 */
import { subscribe } from "node:diagnostics_channel";
import filesystem from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { syncBuiltinESMExports } from "node:module";
import { DatabaseSync, StatementSync } from "node:sqlite";

const [name, when] = (process.env["DIE_AT"] ?? "").split(":");

let armed = false;
subscribe("http.server.request.start", (message) => {
  const { request } = message as { request: IncomingMessage };
  armed ||= request.method !== "GET" && request.url !== "/oauth/token";
});

function die(): void {
  if (armed) process.kill(process.pid, "SIGKILL");
}

type Callable = (this: unknown, ...args: unknown[]) => unknown;

/** Replaces a method with one that kills the process, if the first argument matches. */
function replace<T extends object>(
  owner: T,
  method: keyof T,
  matches: (argument: unknown) => boolean = () => true,
) {
  const real = owner[method] as Callable;
  const deadly: Callable = function (...args) {
    if (!matches(args[0])) return real.apply(this, args);
    if (when === "before") die();
    const result = real.apply(this, args);
    if (when === "after" && !(result instanceof Promise)) die();
    return when === "after" && result instanceof Promise ? result.finally(die) : result;
  };
  Object.assign(owner, { [method]: deadly });
}

switch (name) {
  case "open":
  case "rename":
  case "rm":
    replace(filesystem, name);
    syncBuiltinESMExports();
    break;
  case "COMMIT":
    replace(DatabaseSync.prototype, "exec", (sql) => sql === name);
    break;
  case "run":
    replace(StatementSync.prototype, "run");
    break;
  default:
    throw new Error(`DIE_AT is ${name}`);
}
