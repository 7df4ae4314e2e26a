import { badRequest, notFound } from "../http/error-response.ts";
import { jsonReply } from "../http/reply.ts";
import type { ConnectorInstanceStore } from "../state/connector-instance-store.ts";
import type { CustomizerStore } from "../state/customizer-store.ts";
import type { OperationCall, OperationHandler } from "./operation-call.ts";

/** A patch operation of the contract. Only `connectorCustomizerId` can change. */
type JsonPatchOperation = { readonly op: "replace"; readonly value: string } | { readonly op: "remove" };

/** Handlers of the operations on connector instances, by operation id. */
export function connectorInstanceHandlers(
  instances: ConnectorInstanceStore,
  customizers: CustomizerStore,
): [operationId: string, handler: OperationHandler][] {
  return [
    ["listConnectorInstances", () => jsonReply(200, instances.list())],
    ["patchConnectorInstance", (call) => patchInstance(instances, customizers, call)],
  ];
}

/** Applies the whole patch or nothing: https://www.rfc-editor.org/rfc/rfc5789#section-2 */
function patchInstance(
  instances: ConnectorInstanceStore,
  customizers: CustomizerStore,
  { path, json }: OperationCall,
) {
  const { id } = path as { id: string };
  const instance = instances.get(id);
  if (instance === undefined) throw notFound(`No connector instance has the id ${JSON.stringify(id)}.`);

  let { connectorCustomizerId } = instance;
  for (const operation of json as readonly JsonPatchOperation[]) {
    connectorCustomizerId = operation.op === "replace" ? operation.value : null;
  }
  if (connectorCustomizerId !== null && customizers.get(connectorCustomizerId) === undefined)
    throw badRequest(`No customizer has the id ${JSON.stringify(connectorCustomizerId)}.`);
  instances.link(id, connectorCustomizerId);
  return jsonReply(200, { ...instance, connectorCustomizerId });
}
