import { expect, test } from "vitest";
import { AccessTokens } from "../src/oauth/access-token.ts";
import { testTenant } from "./tenant.ts";
import { accessToken } from "./token.ts";

const CLAIMS = { tenant_id: "t", client_id: "c", scope: ["s"] };
const expired = { valid: false, reason: "The token has expired." };

test("a token expires at its `exp` and not before", () => {
  const tokens = new AccessTokens(749);
  const token = tokens.issue(CLAIMS, 1_000_000);
  expect(tokens.verify(token, 1_000_000)).toMatchObject({ valid: true, claims: CLAIMS });
  expect(tokens.verify(token, 1_748_999)).toMatchObject({ valid: true });
  expect(tokens.verify(token, 1_749_000)).toEqual(expired);
});

test("a token of lifetime 0 has expired when it is issued", () => {
  const tokens = new AccessTokens(0);
  expect(tokens.verify(tokens.issue(CLAIMS, 1_000_000), 1_000_000)).toEqual(expired);
});

test("expireAll expires earlier tokens and spares later ones", () => {
  const tokens = new AccessTokens(749);
  const old = [tokens.issue(CLAIMS, 0), tokens.issue(CLAIMS, 0)];
  tokens.expireAll();
  const fresh = tokens.issue(CLAIMS, 0);
  for (const token of old) expect(tokens.verify(token, 0)).toEqual(expired);
  expect(tokens.verify(fresh, 0)).toMatchObject({ valid: true });
});

test("by default a token expires after 749 seconds", async () => {
  await using tenant = await testTenant();
  const payload = (await accessToken(tenant.mock)).split(".")[1] ?? "";
  const { exp, iat }: { exp: number; iat: number } = JSON.parse(Buffer.from(payload, "base64url").toString());
  expect(exp - iat).toBe(749);
});
