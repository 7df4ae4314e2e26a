// A back end with Express: lists customizers, and passes uploads on as a stream. Add your own sign-in before others can reach it.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { clientFromEnvironment } from "@isc-customizers/client/node";
import express, { type NextFunction, type Request, type Response } from "express";
import { answerTo } from "./answer-to.ts";
import { uploadBody } from "./upload-body.ts";

const customizers = clientFromEnvironment();
const app = express();

app.get("/customizers", async (_, response) => {
  response.json(await customizers.listConnectorCustomizers().all());
});

app.post("/customizers/:id/versions", async (request, response) => {
  const { id } = request.params;
  const body = uploadBody(request);
  response.status(201).json(await customizers.createConnectorCustomizerVersion({ id, body }));
});

app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
  const { status, body } = answerTo(error);
  if (status >= 500) console.error(error);
  response.status(status).json(body);
});

const server = app.listen(Number(process.env["PORT"] ?? 3000), "127.0.0.1");
await once(server, "listening");
console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
process.once("SIGTERM", () => server.close());
process.once("SIGINT", () => server.close());
