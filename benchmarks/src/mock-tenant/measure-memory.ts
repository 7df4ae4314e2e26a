import { loadList } from "./list-load.ts";
import { startMock } from "./servers.ts";

export interface ListMemory {
  readonly lists: number;
  /** The resident memory of the process after this many lists, in bytes. */
  readonly memory: number;
}

/** Measures the memory of a mock tenant over 200,000 lists of 50 customizers. */
export async function measureMemory(): Promise<ListMemory[]> {
  await using mock = await startMock();
  const measured = [{ lists: 0, memory: (await mock.memory()).current }];
  for (const lists of [50_000, 100_000, 150_000, 200_000]) {
    await loadList(mock.baseUrl, mock.token, { amount: 50_000 });
    measured.push({ lists, memory: (await mock.memory()).current });
  }
  return measured;
}
