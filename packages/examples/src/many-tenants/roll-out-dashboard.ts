import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Queue } from "bullmq";
import { progressOf, type TenantJob } from "./roll-out-queue.ts";

/** Serves a page with the state of each tenant, which renews itself every second. */
export async function showDashboard(queue: Queue<TenantJob>, tenants: readonly string[], port: number) {
  const server = createServer((_, response) => {
    void progressOf(queue, tenants).then(({ states, line }) => {
      const rows = states.map(([tenant, state]) => `<tr><td>${escaped(tenant)}</td><td>${state}</td></tr>`);
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      response.end(
        `<!doctype html><html lang="en"><meta http-equiv="refresh" content="1"><title>Roll-out</title><h1>${line}</h1><table>${rows.join("")}</table></html>`,
      );
    });
  });
  await once(server.listen(port, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
