import type { Fault } from "../faults/fault.ts";

/** Faults with a switch on the page, by label. Each stays on until it is switched off. */
export const PAGE_FAULTS: Readonly<Record<string, Fault>> = {
  "500 from every operation": { kind: "status", status: 500, probability: 1 },
  "503 for every other request, by chance": { kind: "status", status: 503, probability: 0.5 },
  "429, to be retried after 5 seconds": { kind: "status", status: 429, retryAfter: 5, probability: 1 },
  "2 seconds of delay": { kind: "delay", milliseconds: 2000, probability: 1 },
  "Bodies that take 5 seconds": { kind: "slow-body", milliseconds: 5000, probability: 1 },
  "Connections dropped before the effect": { kind: "drop", when: "before", probability: 1 },
  "Connections dropped after the effect": { kind: "drop", when: "after", probability: 1 },
  "Truncated bodies": { kind: "truncated-body", probability: 1 },
  "Malformed JSON": { kind: "malformed-json", probability: 1 },
  "An HTML error page": { kind: "html", probability: 1 },
  "A wrong content type": { kind: "content-type", probability: 1 },
  "Tokens expire at every request": { kind: "expired-tokens", probability: 1 },
  "503 from the token endpoint": {
    kind: "status",
    status: 503,
    probability: 1,
    match: { path: "/oauth/token" },
  },
};
