export { clientFromEnvironment, type EnvironmentOptions } from "./client-from-environment.ts";
export { undiciFetch } from "./undici-fetch.ts";
export { zipFromFile } from "./zip-from-file.ts";
