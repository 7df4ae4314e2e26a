import { createHmac, createSecretKey, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";

/** Claims about the bearer of a token. */
export interface Claims {
  readonly tenant_id: string;
  readonly client_id: string;
  readonly scope: readonly string[];
}

/** Registered claims of https://www.rfc-editor.org/rfc/rfc7519#section-4.1, and `generation` of the mock tenant. */
interface Payload extends Claims {
  readonly iat: number;
  readonly exp: number;
  readonly jti: string;
  readonly generation: number;
}

export type Verification =
  { readonly valid: true; readonly claims: Claims } | { readonly valid: false; readonly reason: string };

/**
 * Issues and verifies access tokens: JSON Web Tokens (https://www.rfc-editor.org/rfc/rfc7519) signed with HMAC-SHA256
 * with a random key. A token of another tenant, or of an earlier start, is refused.
 */
export class AccessTokens {
  readonly #key = createSecretKey(randomBytes(32));
  /** Tokens of an earlier generation have expired. */
  #generation = 0;
  readonly lifetime: number;

  /** @param lifetime In seconds. A token of lifetime 0 has expired when it is issued. */
  constructor(lifetime: number) {
    this.lifetime = lifetime;
  }

  issue(claims: Claims, now: number = Date.now()): string {
    const issuedAt = Math.floor(now / 1000);
    const payload: Payload = {
      ...claims,
      iat: issuedAt,
      exp: issuedAt + this.lifetime,
      jti: randomUUID(),
      generation: this.#generation,
    };
    const unsigned = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(payload)}`;
    return `${unsigned}.${this.#sign(unsigned)}`;
  }

  /** Verifies a token. Ignores the algorithm in the token's header: https://www.rfc-editor.org/rfc/rfc8725#section-3.1. */
  verify(token: string, now: number = Date.now()): Verification {
    const [header, payload, signature, ...rest] = token.split(".");
    if (!header || !payload || !signature || rest.length > 0) {
      return { valid: false, reason: "The token is malformed." };
    }
    const expected = Buffer.from(this.#sign(`${header}.${payload}`));
    const actual = Buffer.from(signature);
    if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) {
      return { valid: false, reason: "The token's signature is not this tenant's." };
    }
    // A valid signature proves that `issue` wrote the payload.
    const claims: Payload = JSON.parse(Buffer.from(payload, "base64url").toString());
    if (now >= claims.exp * 1000 || claims.generation < this.#generation)
      return { valid: false, reason: "The token has expired." };
    return { valid: true, claims };
  }

  /** Expires every token issued so far. */
  expireAll(): void {
    this.#generation++;
  }

  #sign(unsigned: string): string {
    return createHmac("sha256", this.#key).update(unsigned).digest("base64url");
  }
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}
