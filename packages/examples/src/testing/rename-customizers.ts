import type { Client } from "@isc-customizers/client";

/** Adds a prefix to the names of the customizers that lack it. @returns the number of renamed customizers */
export async function addPrefix(customizers: Client, prefix: string): Promise<number> {
  let renamed = 0;
  for await (const { id, name = "" } of customizers.listConnectorCustomizers()) {
    if (name.startsWith(prefix)) continue;
    await customizers.putConnectorCustomizer({ id, body: { name: prefix + name } });
    renamed += 1;
  }
  return renamed;
}
