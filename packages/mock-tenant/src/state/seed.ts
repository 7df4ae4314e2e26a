import type { Api } from "../openapi/api.ts";
import type { ConnectorInstance, ConnectorInstanceStore } from "./connector-instance-store.ts";
import type { Customizer, CustomizerStore } from "./customizer-store.ts";

/**
 * Fills a tenant that is new: `count` customizers, and the connector instances of the document's own example, since the API
 * has no way to make one. The first customizer is the document's example too, so that what documentation shows can be run
 * as it stands.
 */
export function seed(
  api: Api,
  customizers: CustomizerStore,
  instances: ConnectorInstanceStore,
  count: number,
): void {
  for (let number = 1; number <= count; number++)
    customizers.create(number === 1 ? exampleCustomizer(api) : { name: `Customizer ${number}` });
  for (const instance of exampleInstances(api)) {
    const { connectorCustomizerId: linked } = instance;
    const exists = linked !== null && customizers.get(linked) !== undefined;
    instances.add({ ...instance, connectorCustomizerId: exists ? linked : null });
  }
}

function exampleCustomizer(api: Api): Partial<Customizer> {
  return api.example("getConnectorCustomizer").value as Partial<Customizer>;
}

/** None where another API's document is served. */
function exampleInstances(api: Api): readonly ConnectorInstance[] {
  const { value } = api.example("listConnectorInstances");
  return Array.isArray(value) ? value : [];
}
