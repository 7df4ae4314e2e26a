import type { AccessTokens, Claims } from "./access-token.ts";
import { forbidden, unauthorized } from "../http/error-response.ts";

/** Alternative requirements; a request must meet one: https://spec.openapis.org/oas/v3.1.0#security-requirement-object. */
export type SecurityRequirements = readonly Readonly<Record<string, readonly string[]>>[];

/**
 * Checks the `Authorization` header against the requirements. A bearer token of this tenant with the scopes meets any scheme.
 *
 * @returns The caller's claims; undefined when the operation allows anonymous calls.
 * @throws ErrorReply 401 without a valid token, 403 when the token lacks a scope.
 */
export function authorize(
  security: SecurityRequirements,
  authorization: string | undefined,
  tokens: AccessTokens,
): Claims | undefined {
  const alternatives = security.map((requirement) => Object.values(requirement).flat());
  const anonymous = security.some((requirement) => Object.keys(requirement).length === 0);
  if (security.length === 0 || anonymous) return undefined;

  if (authorization === undefined) throw unauthorized("The request has no bearer token.", "Bearer");
  // https://www.rfc-editor.org/rfc/rfc6750#section-2.1; the scheme's name is case-insensitive.
  const token = /^Bearer +([A-Za-z0-9\-._~+/]+=*)$/i.exec(authorization)?.[1];
  if (token === undefined) throw invalidToken("The Authorization header is not `Bearer <token>`.");
  const verification = tokens.verify(token);
  if (!verification.valid) throw invalidToken(verification.reason);

  const missing = alternatives.map((scopes) => scopes.filter((s) => !verification.claims.scope.includes(s)));
  if (missing.some((scopes) => scopes.length === 0)) return verification.claims;
  throw forbidden(
    `The token lacks the scope ${missing.map((scopes) => scopes.join(" and ")).join(", or ")}.`,
    `Bearer error="insufficient_scope", scope="${alternatives[0]?.join(" ")}"`,
  );
}

function invalidToken(reason: string) {
  return unauthorized(
    reason,
    `Bearer error="invalid_token", error_description="${reason.replaceAll('"', "'")}"`,
  );
}
