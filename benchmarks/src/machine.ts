import { cpus } from "node:os";

/** The machine of a measurement. Results from different machines are not comparable. */
export interface Machine {
  readonly node: string;
  readonly cpu: string | undefined;
  readonly cores: number;
}

export function machine(): Machine {
  return { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length };
}

/** Formats the machine in one line. */
export function machineLine({ node, cpu, cores }: Machine): string {
  return `Node ${node}, ${cores} x ${cpu}`;
}
