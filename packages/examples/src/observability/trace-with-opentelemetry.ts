// Makes a span of each call, and sends it to the collector in OTEL_EXPORTER_OTLP_ENDPOINT, or prints it.
import { propagation, trace } from "@opentelemetry/api";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { BasicTracerProvider, BatchSpanProcessor, ConsoleSpanExporter } from "@opentelemetry/sdk-trace-base";
import { clientFromEnvironment } from "@isc-customizers/client/node";
import { traceCalls } from "./trace-calls.ts";

const hasCollector = process.env["OTEL_EXPORTER_OTLP_ENDPOINT"] !== undefined;
const exporter = hasCollector ? new OTLPTraceExporter() : new ConsoleSpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter)] });
trace.setGlobalTracerProvider(provider);
propagation.setGlobalPropagator(new W3CTraceContextPropagator());

const customizers = clientFromEnvironment({ middleware: [traceCalls(trace.getTracer("examples"))] });
await customizers.listConnectorCustomizers();

// Sends the spans that wait in the processor.
await provider.shutdown();
