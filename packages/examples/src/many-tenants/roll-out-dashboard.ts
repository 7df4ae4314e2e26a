import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Queue } from "bullmq";
import { progressOf, type TenantJob } from "./roll-out-queue.ts";

/** Serves a page with the state of each tenant, which renews itself every second. */
export async function showDashboard(queue: Queue<TenantJob>, tenants: readonly string[], port: number) {
  const server = createServer((_, response) => {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    progressOf(queue, tenants).then(
      ({ states, line }) => response.end(pageOf(line, states)),
      (error: Error) => response.writeHead(503).end(pageOf(error.message, [])),
    );
  });
  await once(server.listen(port, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function pageOf(title: string, states: readonly (readonly [tenant: string, state: string])[]): string {
  const rows = states.map(([tenant, state]) => `<tr><td>${escaped(tenant)}</td><td>${state}</td></tr>`);
  return `<!doctype html><html lang="en"><meta http-equiv="refresh" content="1"><title>Roll-out</title><h1>${escaped(title)}</h1><table>${rows.join("")}</table></html>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
