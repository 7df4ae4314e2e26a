export { clientFromEnvironment, type EnvironmentOptions } from "./client-from-environment.ts";
export { type UndiciDispatcher, undiciFetch, type UndiciFetchOptions } from "./undici-fetch.ts";
export { zipFromFile } from "./zip-from-file.ts";
