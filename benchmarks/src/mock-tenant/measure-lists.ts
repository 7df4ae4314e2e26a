import { median } from "../median.ts";
import { loadList } from "./list-load.ts";
import { startBare, startMock } from "./servers.ts";

export interface ListRates {
  readonly mockPerSecond: number;
  /** The rate of a server that sends the same bytes for every request. */
  readonly barePerSecond: number;
  readonly ratio: number;
}

/** Measures the lists of 50 customizers per second, in alternating rounds. */
export async function measureLists(): Promise<ListRates> {
  await using mock = await startMock();
  const headers = { Authorization: `Bearer ${mock.token}` };
  const page = await fetch(`${mock.baseUrl}/v2024/connector-customizers?limit=50`, { headers });
  await using bare = await startBare("reply", await page.text());
  const rounds: { readonly mock: number; readonly bare: number }[] = [];
  for (let round = 0; round < 6; round++) {
    const load = (baseUrl: string) => loadList(baseUrl, mock.token, { duration: 4 });
    rounds.push({ mock: await load(mock.baseUrl), bare: await load(bare.baseUrl) });
  }
  // The first round includes the compilation of the code.
  const warm = rounds.slice(1);
  return {
    mockPerSecond: median(warm.map((round) => round.mock)),
    barePerSecond: median(warm.map((round) => round.bare)),
    ratio: median(warm.map((round) => round.mock / round.bare)),
  };
}
