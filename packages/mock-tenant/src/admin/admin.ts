import type { FaultSwitches } from "../faults/faults.ts";
import type { Fault } from "../faults/fault.ts";
import { InvalidFaultError } from "../faults/read-fault.ts";
import { badRequest, methodNotAllowed, notFound } from "../http/error-response.ts";
import type { Exchange } from "../http/exchange.ts";
import { jsonReply } from "../http/reply.ts";
import type { Reply } from "../http/reply.ts";
import { isJson, mediaType, readJson } from "../http/request-body.ts";
import type { RequestLog } from "../http/request-log.ts";
import type { CustomizerStore } from "../state/customizer-store.ts";
import { SCRIPT_SOURCE, STYLE_SOURCE, renderPage } from "./page.ts";

/** State behind the mock tenant's own page and admin routes. */
export interface Admin {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly customizers: CustomizerStore;
  readonly log: RequestLog;
  readonly faults: FaultSwitches;
}

const PREFIX = "/_mock/";
const SHOWN = 50;

export function isAdminPath(path: string): boolean {
  return path === "/" || path.startsWith(PREFIX);
}

/** Answers a request for the page or an admin route; throws an ErrorReply to refuse it. */
export async function adminReply(admin: Admin, exchange: Exchange): Promise<Reply> {
  const { method, path } = exchange;
  const [route, id, ...rest] = path === "/" ? [] : path.slice(PREFIX.length).split("/");
  if (rest.length > 0) throw notFound(`Unknown admin path ${path}.`);
  switch (id === undefined ? route : `${route}/{id}`) {
    case undefined:
      if (method !== "GET") throw methodNotAllowed(method, ["GET"]);
      return pageReply(admin);
    case "requests":
      if (method !== "GET") throw methodNotAllowed(method, ["GET"]);
      return jsonReply(200, admin.log.records);
    case "faults":
      return faultsReply(admin.faults, exchange);
    case "faults/{id}":
      if (method !== "DELETE") throw methodNotAllowed(method, ["DELETE"]);
      if (!admin.faults.remove(id ?? "")) throw notFound(`No fault has the id ${JSON.stringify(id)}.`);
      return { status: 204, headers: {} };
    default:
      throw notFound(`Unknown admin path ${path}.`);
  }
}

async function faultsReply(faults: FaultSwitches, { method, headers, body }: Exchange): Promise<Reply> {
  switch (method) {
    case "GET":
      return jsonReply(200, faults.active);
    case "POST": {
      // A page of another origin cannot send this type without a preflight: https://fetch.spec.whatwg.org/#cors-safelisted-request-header
      if (!isJson(mediaType(headers["content-type"]) ?? ""))
        throw badRequest("The content type must be application/json.");
      return jsonReply(201, addFault(faults, (await readJson(body))?.value));
    }
    case "DELETE":
      faults.clear();
      return { status: 204, headers: {} };
    default:
      throw methodNotAllowed(method, ["GET", "POST", "DELETE"]);
  }
}

function addFault(faults: FaultSwitches, value: unknown) {
  try {
    return faults.add(value as Fault);
  } catch (error) {
    if (error instanceof InvalidFaultError) throw badRequest(error.message);
    throw error;
  }
}

function pageReply({ baseUrl, clientId, customizers, log, faults }: Admin): Reply {
  const { count } = customizers;
  const body = renderPage({
    baseUrl,
    clientId,
    customizerCount: count,
    customizers: customizers
      .list(Math.max(0, count - SHOWN), SHOWN)
      .toReversed()
      .map((customizer) => ({ customizer, versions: customizers.versionsOf(customizer.id) })),
    requests: log.records.slice(-SHOWN).toReversed(),
    faults: faults.active,
  });
  return { status: 200, headers: PAGE_HEADERS, body };
}

const PAGE_HEADERS = {
  "Content-Type": "text/html; charset=utf-8",
  "Cache-Control": "no-store",
  // The page shows text that clients sent; the browser must never run it: https://www.w3.org/TR/CSP3/
  "Content-Security-Policy": `default-src 'none'; style-src ${STYLE_SOURCE}; script-src ${SCRIPT_SOURCE}; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
};
