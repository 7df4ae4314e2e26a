import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import type { ArchiveFolder } from "../state/archive-folder.ts";
import { receiveArchive } from "../state/archive.ts";
import { badRequest, notFound } from "../http/error-response.ts";
import type { OperationCall, OperationHandler } from "./operation-call.ts";
import { jsonReply } from "../http/reply.ts";
import type { Customizer, CustomizerStore } from "../state/customizer-store.ts";
import { UnreadableZipError } from "../state/zip.ts";

/**
 * Handlers of the operations on customizers, by operation id. Each call has been validated against the document, so the
 * handlers assert the types of its parameters.
 */
export function connectorCustomizerHandlers(
  store: CustomizerStore,
  archives: ArchiveFolder,
): [operationId: string, handler: OperationHandler][] {
  return [
    [
      "createConnectorCustomizer",
      (call) => {
        // The vendor's command line accepts only 200 from beta; the reference documents 201.
        const status = call.apiVersion === "beta" ? 200 : 201;
        return jsonReply(status, store.create(nameIn(call)));
      },
    ],
    [
      "listConnectorCustomizers",
      ({ query }) => {
        const { offset, limit } = query as { offset: number; limit: number };
        return jsonReply(200, store.list(offset, limit));
      },
    ],
    ["getConnectorCustomizer", (call) => jsonReply(200, found(call, store.get(idIn(call))))],
    ["putConnectorCustomizer", (call) => jsonReply(200, found(call, store.update(idIn(call), nameIn(call))))],
    [
      "deleteConnectorCustomizer",
      async (call) => {
        const versions = store.versionsOf(idIn(call));
        if (!store.delete(idIn(call))) throw noSuchCustomizer(call);
        for (const { imageId } of versions) await archives.remove(imageId);
        return { status: 204, headers: {} };
      },
    ],
    ["createConnectorCustomizerVersion", (call) => createVersion(store, archives, call)],
  ];
}

/**
 * Stores a zip as the customizer's next version. The contract makes the body optional, and the vendor's generated clients
 * send none and get a version. So an upload without a body becomes a version with an empty archive.
 */
async function createVersion(store: CustomizerStore, archives: ArchiveFolder, call: OperationCall) {
  const customizerId = idIn(call);
  found(call, store.get(customizerId));
  const incoming = archives.incoming();
  try {
    const archive = await receiveArchive(call.body, incoming, call.signal);
    const imageId = randomBytes(16).toString("hex");
    // The archive first, so that every version in the store has its archive, even after a crash in between.
    await archives.keep(incoming, imageId);
    const added = store.addVersion(customizerId, imageId, archive);
    // A concurrent request may have deleted the customizer.
    if (added === undefined) await archives.remove(imageId);
    const { version, created } = found(call, added);
    return jsonReply(200, {
      customizerID: customizerId,
      ...(call.apiVersion === "beta" && { connectorCustomizerId: customizerId }),
      imageID: imageId,
      version,
      created,
    });
  } catch (error) {
    await rm(incoming, { force: true });
    if (error instanceof UnreadableZipError)
      throw badRequest(`The body is not a readable zip: ${error.message}`);
    throw error;
  }
}

function idIn(call: OperationCall): string {
  return (call.path as { id: string }).id;
}

/** Returns the name in the body. An `id` in the body is ignored. */
function nameIn(call: OperationCall): Pick<Customizer, "name"> {
  const { name } = (call.json ?? {}) as { name?: string };
  return name === undefined ? {} : { name };
}

function found<T>(call: OperationCall, value: T | undefined): T {
  if (value === undefined) throw noSuchCustomizer(call);
  return value;
}

function noSuchCustomizer(call: OperationCall) {
  return notFound(`No customizer has the id ${JSON.stringify(idIn(call))}.`);
}
