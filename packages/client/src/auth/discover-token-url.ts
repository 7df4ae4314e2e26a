import { AuthenticationError } from "../errors/errors.ts";
import { reasonOf } from "../errors/message.ts";
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
  const response = await sendAuthRequest(settings, { url: infoUrl, name: infoUrl }, signal);
  const { ok, status, fields } = response;
  if (!ok) throw new AuthenticationError(`${infoUrl} answered ${status}; set \`auth.tokenUrl\`.`, response);
  try {
    return secureUrl("tokenEndpoint", fields["tokenEndpoint"]).href;
  } catch (error) {
    const message = `${infoUrl} answered without a valid token endpoint: ${reasonOf(error)}`;
    throw new AuthenticationError(message, response);
  }
}
