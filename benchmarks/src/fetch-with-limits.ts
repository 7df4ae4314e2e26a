/**
 * What a careful person would write by hand in place of a client: a call that can be aborted, with a time-out for the attempt and
 * one for all of them, that follows no redirect. It is what the client's policies cost at least.
 */
export async function fetchWithLimits(url: string, headers: Record<string, string>): Promise<unknown> {
  const controller = new AbortController();
  const timers = [30_000, 300_000].map((time) => setTimeout(() => controller.abort(), time));
  try {
    const { signal } = controller;
    const response = await fetch(url, { headers, signal, redirect: "manual" });
    return JSON.parse(await response.text());
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
}
