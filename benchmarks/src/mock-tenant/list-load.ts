import autocannon from "autocannon";

/**
 * Requests lists of 50 customizers continuously over ten connections.
 *
 * @returns The answered requests per second.
 */
export async function loadList(
  baseUrl: string,
  token: string,
  extent: { readonly duration: number } | { readonly amount: number },
): Promise<number> {
  const { requests, errors, non2xx } = await autocannon({
    url: `${baseUrl}/v2024/connector-customizers?limit=50`,
    headers: { Authorization: `Bearer ${token}` },
    connections: 10,
    ...extent,
  });
  if (errors + non2xx > 0)
    throw new Error(`${errors} requests failed, and ${non2xx} were answered with an error.`);
  return requests.average;
}
