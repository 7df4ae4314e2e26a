import { cpus } from "node:os";

/** What figures were taken on, without which they mean little. */
export interface Machine {
  readonly node: string;
  readonly cpu: string | undefined;
  readonly cores: number;
}

export function machine(): Machine {
  return { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length };
}

/** The machine in a line, for a person. */
export function machineLine({ node, cpu, cores }: Machine): string {
  return `Node ${node}, ${cores} x ${cpu}`;
}
