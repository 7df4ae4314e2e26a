import type { OperationId } from "@isc-customizers/types";
import { type Operation, operationTable } from "@isc-customizers/types";
import { zipSync } from "fflate";
import type { Client, RequestOptions } from "../../src/index.ts";

/*
 * Sample calls of every operation. A new operation needs an entry in `samples`.
 */

const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";
const instanceId = "c3a94e17-6b2d-4f58-9e01-d85b7a20f64c";
const name = "Created by this sample";
const zip = zipSync({ "index.js": new TextEncoder().encode("module.exports = {}") });

async function* pieces(): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < zip.length; at += 20) yield await Promise.resolve(zip.slice(at, at + 20));
}

/** The resources of a tenant. */
export interface State {
  readonly customizers: readonly { readonly id: string; readonly name: string }[];
  readonly instances: readonly { readonly id: string; readonly connectorCustomizerId: string | null }[];
  readonly versions: number;
}

/** A call of an operation. */
export interface Sample {
  readonly label?: string;
  readonly call: (client: Client, options: RequestOptions) => PromiseLike<unknown>;
  /** Counts the effects of the call in a tenant. */
  readonly effects: (state: State) => number;
  /** The body cannot be sent a second time. */
  readonly oneShot?: true;
}

const none = () => 0;

function upload(label: string, body: () => unknown, oneShot?: true): Sample {
  return {
    label,
    call: (client, options) =>
      client.createConnectorCustomizerVersion({ id, body: body() as Uint8Array }, options),
    effects: ({ versions }) => versions,
    ...(oneShot && { oneShot }),
  };
}

export const samples: Readonly<Record<OperationId, readonly Sample[]>> = {
  listConnectorCustomizers: [
    { call: (client, options) => client.listConnectorCustomizers({}, options), effects: none },
  ],
  getConnectorCustomizer: [
    { call: (client, options) => client.getConnectorCustomizer({ id }, options), effects: none },
  ],
  createConnectorCustomizer: [
    {
      call: (client, options) => client.createConnectorCustomizer({ body: { name } }, options),
      effects: ({ customizers }) => customizers.filter((one) => one.name === name).length,
    },
  ],
  putConnectorCustomizer: [
    {
      call: (client, options) => client.putConnectorCustomizer({ id, body: { name } }, options),
      effects: ({ customizers }) => customizers.filter((one) => one.name === name).length,
    },
  ],
  deleteConnectorCustomizer: [
    {
      call: (client, options) => client.deleteConnectorCustomizer({ id }, options),
      effects: ({ customizers }) => 1 - customizers.length,
    },
  ],
  createConnectorCustomizerVersion: [
    upload("of bytes", () => zip),
    upload("of a Blob", () => new Blob([zip])),
    upload("of a function's stream", () => () => new Blob([zip]).stream()),
    upload("of a stream", () => new Blob([zip]).stream(), true),
    upload("of an iterable", pieces, true),
    {
      label: "without a body",
      call: (client, options) => client.createConnectorCustomizerVersion({ id }, options),
      effects: ({ versions }) => versions,
    },
  ],
  listConnectorInstances: [
    { call: (client, options) => client.listConnectorInstances({}, options), effects: none },
  ],
  patchConnectorInstance: [
    {
      call: (client, options) =>
        client.patchConnectorInstance(
          { id: instanceId, body: [{ op: "replace", path: "/connectorCustomizerId", value: id }] },
          options,
        ),
      effects: ({ instances }) =>
        instances.filter((one) => one.id === instanceId && one.connectorCustomizerId === id).length,
    },
  ],
};

/** The kind of a call, which decides when it may be sent again. */
export type CallKind = "read" | "replace" | "delete" | "create" | "stream";

/** A sample with its operation. */
export interface SampleCall extends Sample {
  readonly title: string;
  readonly operation: Operation;
  readonly kind: CallKind;
}

export const sampleCalls: readonly SampleCall[] = Object.entries(operationTable).flatMap(
  ([operationId, operation]) =>
    samples[operationId as OperationId].map((sample): SampleCall => {
      const title = sample.label === undefined ? operationId : `${operationId} ${sample.label}`;
      return { ...sample, title, operation, kind: kindOf(sample, operation) };
    }),
);

function kindOf({ oneShot }: Sample, { method }: Operation): CallKind {
  if (oneShot) return "stream";
  if (method === "GET") return "read";
  if (method === "DELETE") return "delete";
  return method === "PUT" ? "replace" : "create";
}
