/** Sends one HTTP request, with the signature of the global `fetch`. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;
