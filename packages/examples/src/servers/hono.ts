// A back end with Hono: lists customizers, and passes uploads on as a stream.
import { clientFromEnvironment } from "@isc-customizers/client/node";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { answerTo } from "./status-of.ts";

const customizers = clientFromEnvironment();
const app = new Hono();

app.get("/customizers", async (context) => context.json(await customizers.listConnectorCustomizers().all()));

app.post("/customizers/:id/versions", async (context) => {
  const { body } = context.req.raw;
  const id = context.req.param("id");
  const version = await customizers.createConnectorCustomizerVersion(body === null ? { id } : { id, body });
  return context.json(version, 201);
});

app.onError((error, context) => {
  const { status, body } = answerTo(error);
  if (status >= 500) console.error(error);
  return context.json(body, status);
});

const server = serve({ fetch: app.fetch, port: Number(process.env["PORT"] ?? 3000) }, ({ port }) =>
  console.log(`listening on http://127.0.0.1:${port}`),
);
process.once("SIGTERM", () => server.close());
process.once("SIGINT", () => server.close());
