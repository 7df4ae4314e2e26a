import type { Api } from "./api.ts";
import type { Customizer, CustomizerStore } from "./store.ts";

/**
 * Puts `count` customizers into the store. The first one is the document's own example of
 * `getConnectorCustomizer`, so that what documentation shows can be run as it stands.
 */
export function seedCustomizers(store: CustomizerStore, api: Api, count: number): void {
  for (let number = 1; number <= count; number++) {
    store.create(number === 1 ? exampleCustomizer(api) : { name: `Customizer ${number}` });
  }
}

function exampleCustomizer(api: Api): Partial<Customizer> {
  return api.example("getConnectorCustomizer").value as Partial<Customizer>;
}
