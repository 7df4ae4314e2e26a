/**
 * Calls `fetch` as careful hand-written code would: with an abort signal, a time-out per attempt, a total time-out, and no
 * redirects. This is the minimum cost of the client's policies.
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
