import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { createClient } from "@isc-customizers/client";
import { startMockTenant } from "@isc-customizers/mock-tenant";
import { propagation, SpanStatusCode } from "@opentelemetry/api";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { expect, onTestFinished, test } from "vitest";
import { traceCalls } from "../../src/observability/trace-calls.ts";
import { environmentOf, examples, runProgram } from "../program.ts";

test("makes one span of each call, also of a retried and of a failed one, and sends its context", async () => {
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  onTestFinished(() => propagation.disable());
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  await using mock = await startMockTenant({ seed: 1 });
  const { baseUrl, clientId, clientSecret } = mock;
  const middleware = [traceCalls(provider.getTracer("test"))];
  const client = createClient({ baseUrl, auth: { clientId, clientSecret }, middleware });

  mock.faults.add({ kind: "status", status: 503 });
  await client.listConnectorCustomizers();
  await expect(client.getConnectorCustomizer({ id: "unknown" })).rejects.toThrow("404");
  mock.faults.add({ kind: "drop", when: "before" });
  await expect(client.createConnectorCustomizer({ body: {} })).rejects.toThrow("failed");

  const spans = exporter.getFinishedSpans();
  expect(spans.map(({ name, status }) => [name, status.code])).toEqual([
    ["GET /connector-customizers", SpanStatusCode.UNSET],
    ["GET /connector-customizers/{id}", SpanStatusCode.ERROR],
    ["POST /connector-customizers", SpanStatusCode.ERROR],
  ]);
  expect(spans[0]?.attributes).toMatchObject({ "http.response.status_code": 200 });
  const sent = mock.requests.filter(({ operationId }) => operationId === "listConnectorCustomizers");
  const { traceId, spanId } = spans[0]?.spanContext() ?? {};
  expect(sent.map(({ headers }) => headers["traceparent"])).toEqual(
    [1, 2].map(() => `00-${traceId}-${spanId}-01`),
  );
});

test("sends the spans to a collector over OTLP", async () => {
  const names: unknown[] = [];
  const collector = createServer((request, response) => {
    void json(request).then((body) => {
      const spans = JSON.stringify(body).matchAll(/"name":"(GET [^"]+)"/g);
      names.push(...Array.from(spans, ([, name]) => name));
      response.end("{}");
    });
  });
  await once(collector.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void collector.close());
  await using mock = await startMockTenant({ seed: 1 });
  const outcome = await runProgram(join(examples, "observability/trace-with-opentelemetry.ts"), [], {
    ...environmentOf(mock),
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
  });
  expect(outcome).toMatchObject({ code: 0, stderr: "" });
  expect(names).toEqual(["GET /connector-customizers"]);
});
