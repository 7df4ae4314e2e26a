import autocannon from "autocannon";

/**
 * Lists 50 customizers again and again, over ten connections.
 *
 * @returns The requests that were answered in a second.
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
  if (errors + non2xx > 0) throw new Error(`${errors} requests failed, and ${non2xx} were refused.`);
  return requests.average;
}
