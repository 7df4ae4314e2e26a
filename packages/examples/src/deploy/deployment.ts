import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Client } from "@isc-customizers/client";
import { zipFromFile } from "@isc-customizers/client/node";
import { DeploymentRecord } from "./deployment-record.ts";
import { showUploadProgress } from "./upload-progress.ts";

/** The archive to deploy, and its customizer and connector instances. */
export interface Plan {
  /** The name of the customizer. */
  readonly name: string;
  /** The path of the zip. */
  readonly archive: string;
  /** Names or ids of the connector instances that the customizer is linked to. */
  readonly instances: readonly string[];
  /** A shell command that tests the deployed customizer. */
  readonly check: string | undefined;
  /** The folder of the records. */
  readonly records: string;
}

/**
 * Brings the tenant into the state of the plan. Each step reads the tenant and the record before it changes something. Therefore an
 * interrupted deployment can be run again, and a complete one changes nothing.
 *
 * @throws Error if the name or an instance is not found or ambiguous, or somebody else deploys at the same time
 * @returns `false` if the check failed. The previous archive and the previous links are then back in place.
 */
export async function deploy(client: Client, plan: Plan): Promise<boolean> {
  const id = await findOrCreate(client, plan.name);
  const record = await DeploymentRecord.open(plan.records, id);
  await upload(client, record, await record.keepArchive(plan.archive));
  await link(client, record, plan.instances);
  if (await isHealthy(client, record, plan.check)) {
    await record.accept();
    console.log(`Deployed "${plan.name}", version ${record.uploaded?.version}`);
    return true;
  }
  await rollBack(client, record);
  return false;
}

async function findOrCreate(client: Client, name: string): Promise<string> {
  const found: string[] = [];
  for await (const customizer of client.listConnectorCustomizers())
    if (customizer.name === name) found.push(customizer.id);
  const [id, ...others] = found;
  if (others.length > 0)
    throw new Error(`Several customizers have the name "${name}": ${found.join(", ")}. Rename all but one.`);
  if (id !== undefined) return id;
  console.log(`Creating "${name}"`);
  return (await client.createConnectorCustomizer({ body: { name } })).id;
}

/** Uploads an archive, unless the record and the tenant agree that it is the current version. */
async function upload(client: Client, record: DeploymentRecord, sha256: string): Promise<void> {
  const { id, uploaded } = record;
  const current = await client.getConnectorCustomizer({ id });
  if (uploaded?.sha256 === sha256 && uploaded.version === current.imageVersion) {
    console.log(`Version ${uploaded.version} has this archive already`);
    return;
  }
  const body = await zipFromFile(record.archivePath(sha256));
  await client.createConnectorCustomizerVersion({ id, body }, { onUploadProgress: showUploadProgress() });
  const { imageVersion } = await client.getConnectorCustomizer({ id });
  if (imageVersion === undefined || imageVersion === null)
    throw new Error(`The customizer ${id} has no version after the upload.`);
  await record.setUploaded({ sha256, version: imageVersion });
}

async function link(client: Client, record: DeploymentRecord, wanted: readonly string[]): Promise<void> {
  if (wanted.length === 0) return;
  const instances = await client.listConnectorInstances();
  for (const nameOrId of wanted) {
    const instance = instances.find(({ id, name }) => id === nameOrId || name === nameOrId);
    if (instance === undefined) throw new Error(`The tenant has no connector instance "${nameOrId}".`);
    if (instance.connectorCustomizerId === record.id) continue;
    console.log(`Linking "${instance.name}"`);
    await record.addLink(instance.id, instance.connectorCustomizerId ?? null);
    await setLink(client, instance.id, record.id);
  }
}

async function setLink(client: Client, instanceId: string, customizerId: string | null): Promise<void> {
  const path = "/connectorCustomizerId";
  await client.patchConnectorInstance({
    id: instanceId,
    body: [customizerId === null ? { op: "remove", path } : { op: "replace", path, value: customizerId }],
  });
}

/** Reads back what was deployed, and runs the check. */
async function isHealthy(
  client: Client,
  { id, uploaded }: DeploymentRecord,
  check: string | undefined,
): Promise<boolean> {
  const { imageVersion } = await client.getConnectorCustomizer({ id });
  if (imageVersion !== uploaded?.version)
    throw new Error(
      `The tenant has version ${imageVersion}, and not ${uploaded?.version}: somebody else deployed meanwhile.`,
    );
  if (check === undefined) return true;
  console.log(`Checking with \`${check}\``);
  const child = spawn(check, { shell: true, stdio: "inherit", env: { ...process.env, CUSTOMIZER_ID: id } });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) console.error(`The check failed with ${code ?? "a signal"}`);
  return code === 0;
}

/** Uploads the last accepted archive again, and restores the links. */
async function rollBack(client: Client, record: DeploymentRecord): Promise<void> {
  if (record.accepted === undefined) console.error("There is no earlier archive to restore");
  else {
    console.error("Restoring the previous archive");
    await upload(client, record, record.accepted);
  }
  for (const [instanceId, customizerId] of record.links) await setLink(client, instanceId, customizerId);
  await record.clearLinks();
}
