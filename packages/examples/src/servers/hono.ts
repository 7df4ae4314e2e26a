// A back end with Hono: lists customizers, and passes uploads on as a stream. Add your own sign-in before others can reach it.
import { clientFromEnvironment } from "@isc-customizers/client/node";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { answerTo } from "./answer-to.ts";

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

const port = Number(process.env["PORT"] ?? 3000);
const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port }, (address) =>
  console.log(`listening on http://127.0.0.1:${address.port}`),
);
process.once("SIGTERM", () => server.close());
process.once("SIGINT", () => server.close());
