// Logs every attempt with pino, as JSON with fields.
import { createClient } from "@isc-customizers/client";
import { pino } from "pino";
import { tenant } from "../tenant.ts";

const log = pino({ level: "debug" });
const customizers = createClient({
  ...tenant(),
  logLevel: "debug",
  logger: {
    debug: (message, fields) => log.debug(fields, message),
    info: (message, fields) => log.info(fields, message),
    warn: (message, fields) => log.warn(fields, message),
    error: (message, fields) => log.error(fields, message),
  },
});
console.log(`${(await customizers.listConnectorCustomizers()).length} customizers`);
