import { reasonOf } from "../errors/reason.ts";
import { secureUrl } from "../runtime/secure-url.ts";
import { type AuthRequestSettings, sendAuthRequest } from "./auth-request.ts";

/**
 * Asks the tenant for the URL of its token endpoint.
 * @throws AuthenticationError unless the tenant names a URL that the client secret may be sent to.
 */
export async function discoverTokenUrl(
  settings: AuthRequestSettings,
  infoUrl: string,
  signal: AbortSignal,
): Promise<string> {
  const name = `\`auth.tokenUrl\` could not be discovered: ${infoUrl}`;
  const { fields, toError } = await sendAuthRequest(settings, { url: infoUrl, name }, signal);
  try {
    return secureUrl("tokenEndpoint", fields["tokenEndpoint"]).href;
  } catch (error) {
    throw toError(` without a valid token endpoint. ${reasonOf(error)}`);
  }
}
