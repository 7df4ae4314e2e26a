import {
  ConnectorError,
  createConnectorCustomizer,
  logger,
  type ConnectorCustomizer,
} from "@sailpoint/connector-sdk";
import { hasEmail, normalizeAttributes } from "./normalize-account.ts";

// The platform looks for an export of exactly this name, and calls it when it is a function.
export const connectorCustomizer = async (): Promise<ConnectorCustomizer> =>
  createConnectorCustomizer()
    .beforeStdAccountCreate(async (_context, input) => {
      // Here and not afterwards: once the connector has run, the account exists.
      if (!hasEmail(input.attributes)) {
        throw new ConnectorError(`Account ${input.identity ?? "(no identity)"} has no email`);
      }
      return input;
    })
    .afterStdAccountRead(async (_context, output) => {
      logger.debug(`Normalizing account ${output.identity ?? "(no identity)"}`);
      return { ...output, attributes: normalizeAttributes(output.attributes) };
    })
    .afterStdAccountUpdate(async (_context, output) => {
      // A connector may leave any part of the account out of its answer to an update.
      if (output.attributes === undefined) return output;
      return { ...output, attributes: normalizeAttributes(output.attributes) };
    });
