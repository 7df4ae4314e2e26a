import * as client from "@isc-customizers/client";
import type { AccessTokenAuth, ClientCredentialsAuth } from "@isc-customizers/client";
import type { FaultSelection, FaultEffect, MockTenantOptions } from "@isc-customizers/mock-tenant";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const textOf = (file: string) => readFile(join(root, file), "utf8");
const authentication = await textOf("docs/start/authentication.md");
const errors = await textOf("docs/guides/errors.md");
const mockReadme = await textOf("packages/mock-tenant/README.md");

/** Lists the property names of a type. The compiler rejects a list with a missing or an extra name. */
const names = <T>(all: Readonly<Record<keyof T & string, true>>): string[] => Object.keys(all);

const authOptions = names<ClientCredentialsAuth & AccessTokenAuth>({
  clientId: true,
  clientSecret: true,
  tokenUrl: true,
  tokenStore: true,
  accessToken: true,
});
const mockOptions = names<MockTenantOptions>({
  port: true,
  seed: true,
  data: true,
  clientId: true,
  clientSecret: true,
  scopes: true,
  tokenLifetime: true,
  rateLimit: true,
  maxUploadSize: true,
  faults: true,
  onRequest: true,
  validateReplies: true,
  document: true,
});
const faultMembers = names<FaultSelection>({ match: true, times: true, probability: true, seed: true });
const faultKinds = names<Record<FaultEffect["kind"], true>>({
  status: true,
  delay: true,
  "slow-body": true,
  drop: true,
  "truncated-body": true,
  "malformed-json": true,
  html: true,
  "content-type": true,
  "expired-tokens": true,
});
const errorClasses = Object.values<unknown>(client).flatMap((value) =>
  typeof value === "function" && value.prototype instanceof client.IscError ? [value.name] : [],
);

test.each([
  ["option", authentication, 0, authOptions],
  ["class", errors, 0, errorClasses],
  ["command line", mockReadme, 1, mockOptions],
  ["`kind`", mockReadme, 0, faultKinds],
  ["member", section(mockReadme, "Faults"), 0, faultMembers],
])("the table `%s` has one row for each name in the code", (head, text, column, expected) => {
  expect(namesIn(text, head, column).toSorted()).toEqual(expected.toSorted());
});

/** Returns the section under a heading of the second level. */
function section(text: string, heading: string): string {
  return text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
}

/** Returns the first name in each cell of a column. `head` is the heading of the table's first column. */
function namesIn(text: string, head: string, column: number): string[] {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`| ${head} `));
  const rows = lines.slice(start + 2);
  const end = rows.findIndex((line) => !line.startsWith("|"));
  return rows.slice(0, end).map((row) => /`([\w-]+)/.exec(row.split("|")[column + 1] ?? "")?.[1] ?? row);
}
