// A back end with Fastify: lists customizers, and passes uploads on as a stream. Add your own sign-in before others can reach it.
import { clientFromEnvironment } from "@isc-customizers/client/node";
import { fastify } from "fastify";
import { answerTo } from "./answer-to.ts";
import { uploadBody } from "./upload-body.ts";

const customizers = clientFromEnvironment();
const app = fastify();

// Leaves a zip unread, so that the handler can pass it on while it arrives.
app.addContentTypeParser("application/zip", (_request, _payload, done) => done(null));

app.get("/customizers", async () => await customizers.listConnectorCustomizers().all());

app.post<{ Params: { id: string } }>("/customizers/:id/versions", async ({ params: { id }, raw }, reply) => {
  reply.code(201);
  return await customizers.createConnectorCustomizerVersion({ id, body: uploadBody(raw) });
});

app.setErrorHandler((error, _request, reply) => {
  const { status, body } = answerTo(error);
  if (status >= 500) console.error(error);
  return reply.code(status).send(body);
});

console.log(
  `listening on ${await app.listen({ host: "127.0.0.1", port: Number(process.env["PORT"] ?? 3000) })}`,
);
process.once("SIGTERM", () => void app.close());
process.once("SIGINT", () => void app.close());
