import type { Api } from "../openapi/api.ts";
import type { ConnectorInstance, ConnectorInstanceStore } from "./connector-instance-store.ts";
import type { Customizer, CustomizerStore } from "./customizer-store.ts";

/**
 * Fills a new tenant with `count` customizers and the connector instances of the document's example, because the API cannot
 * create instances. The first customizer is the document's example, so that documented calls work unchanged.
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

/** Instances of the document's example; empty for another API's document. */
function exampleInstances(api: Api): readonly ConnectorInstance[] {
  const { value } = api.example("listConnectorInstances");
  return Array.isArray(value) ? value : [];
}
