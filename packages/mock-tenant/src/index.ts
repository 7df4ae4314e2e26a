export { startMockTenant } from "./start-mock-tenant.ts";
export type { MockTenant, MockTenantOptions } from "./start-mock-tenant.ts";
export { PortInUseError } from "./listen.ts";
export type { RequestRecord } from "./request-log.ts";
export type { CustomizerVersion } from "./store.ts";
export type { Archive } from "./archive.ts";
export type { ZipEntry } from "./zip.ts";
