import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import type { Fault, FaultMatch } from "./fault.ts";
import { requireKnownTarget } from "./known-targets.ts";
import type { KnownTargets } from "./known-targets.ts";
import { readFault } from "./read-fault.ts";

/** A fault that is switched on. */
export interface ActiveFault {
  readonly id: string;
  readonly fault: Fault;
  /** Number of requests that it has hit. */
  readonly hits: number;
}

/** The faults of a tenant. */
export interface Faults {
  /** The active faults in the order of their addition. The first that matches a request hits it. */
  readonly active: readonly ActiveFault[];
  /**
   * Switches a fault on.
   *
   * @throws InvalidFaultError when the fault is invalid, or names an unknown operation or version.
   */
  add(fault: Fault): ActiveFault;
  /** Switches a fault off; returns false for an unknown id. */
  remove(id: string): boolean;
  /** Switches all faults off. */
  clear(): void;
}

/** Properties of a request that a fault can match. */
export interface FaultTarget {
  readonly method: string;
  readonly path: string;
  readonly apiVersion: string | undefined;
  readonly operationId: string | undefined;
}

interface Switch extends ActiveFault {
  hits: number;
  readonly isHit: () => boolean;
}

/** Keeps the active faults and picks the one that hits a request. */
export class FaultSwitches implements Faults {
  readonly #known: KnownTargets;
  #switches: Switch[] = [];
  #added = 0;

  constructor(known: KnownTargets) {
    this.#known = known;
  }

  get active(): readonly ActiveFault[] {
    return this.#switches.map(({ id, fault, hits }) => ({ id, fault, hits }));
  }

  add(value: Fault): ActiveFault {
    const fault = readFault(value);
    requireKnownTarget(fault, this.#known);
    const id = String(++this.#added);
    this.#switches.push({ id, fault, hits: 0, isHit: chance(fault) });
    return { id, fault, hits: 0 };
  }

  remove(id: string): boolean {
    const before = this.#switches.length;
    this.#switches = this.#switches.filter((one) => one.id !== id);
    return this.#switches.length < before;
  }

  clear(): void {
    this.#switches = [];
  }

  /** Returns the fault that hits this request, if any. Counts the hit, and switches the fault off with its last hit. */
  take(target: FaultTarget): Fault | undefined {
    const hit = this.#switches.find(({ fault, isHit }) => matches(fault.match ?? {}, target) && isHit());
    if (hit === undefined) return undefined;
    hit.hits++;
    if (hit.hits === timesOf(hit.fault)) this.remove(hit.id);
    return hit.fault;
  }
}

function timesOf({ times, probability }: Fault): number {
  return times ?? (probability === undefined ? 1 : Infinity);
}

function chance({ probability = 1, seed = 1 }: Fault): () => boolean {
  const generator = xoroshiro128plus(seed);
  return () => probability === 1 || uniformFloat64(generator) < probability;
}

function matches(match: FaultMatch, target: FaultTarget): boolean {
  if (match.path === undefined && target.operationId === undefined) return false;
  return (
    (match.path === undefined || isLike(match.path, target.path)) &&
    (match.operationId ?? target.operationId) === target.operationId &&
    (match.method ?? target.method) === target.method &&
    (match.apiVersion ?? target.apiVersion) === target.apiVersion
  );
}

/** Matches `path` against `pattern`, where `*` stands for any characters. A regular expression could be slow for many stars. */
function isLike(pattern: string, path: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return path === pattern;
  if (!path.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return path.length - last.length >= at && path.endsWith(last);
}
