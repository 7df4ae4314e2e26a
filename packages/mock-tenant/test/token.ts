/** Address and credentials of a tenant. */
export interface Credentials {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Gets an access token for a tenant's client. */
export async function accessToken(mock: Credentials): Promise<string> {
  const response = await fetch(`${mock.baseUrl}/oauth/token`, { method: "POST", body: credentials(mock) });
  const { access_token }: { access_token: string } = JSON.parse(await response.text());
  return access_token;
}

/** Form of a token request. */
export function credentials(mock: Credentials): URLSearchParams {
  return new URLSearchParams({
    grant_type: "client_credentials",
    client_id: mock.clientId,
    client_secret: mock.clientSecret,
  });
}
