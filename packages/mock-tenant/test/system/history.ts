/**
 * A history of calls with their outcomes, and a check of the state that follows. Calls overlap, so more than one state may be
 * correct. A state is a problem if no order of the calls that agrees with their responses leads to it.
 */

/** `missing` means that the customizer did not exist, `unknown` that no response arrived. */
export type Outcome = "done" | "missing" | "unknown";

interface Upload {
  readonly sha256: string;
  readonly size: number;
}

type Effect =
  | { readonly kind: "create"; readonly id?: string; readonly name: string }
  | { readonly kind: "rename"; readonly id: string; readonly name: string }
  | ({ readonly kind: "upload"; readonly id: string; readonly made?: Version } & Upload)
  | { readonly kind: "delete"; readonly id: string }
  | { readonly kind: "get"; readonly id: string }
  | { readonly kind: "link"; readonly instance: string; readonly id: string | null };

export interface Version {
  readonly version: number;
  readonly imageId: string;
}

/** A call, from one tick of the history's clock to another. `end` is `Infinity` if no response arrived. */
export type Call = Effect & { readonly start: number; readonly end: number; readonly outcome: Outcome };

export interface Snapshot {
  /** The customizers in the order of the list. */
  readonly customizers: readonly {
    readonly id: string;
    readonly name?: string;
    readonly imageVersion?: number;
    readonly imageID?: string;
  }[];
  /** The versions, oldest first. */
  readonly versions: readonly (Version & Upload & { readonly customizerId: string })[];
  readonly instances: readonly { readonly id: string; readonly connectorCustomizerId?: string | null }[];
}

export class History {
  readonly calls: Call[] = [];
  #clock = 0;

  tick(): number {
    return ++this.#clock;
  }

  get acknowledged(): number {
    return this.calls.filter(({ outcome }) => outcome !== "unknown").length;
  }
}

interface Life {
  readonly name: string | undefined;
  /** The ticks between which the customizer was created. */
  readonly start: number;
  readonly end: number;
}

/** Lists the problems of the state `after`, which all `calls` made of the state `before`. */
export function problems(before: Snapshot, calls: readonly Call[], after: Snapshot): string[] {
  const lives = livesOf(before, calls, after);
  const byId = Map.groupBy(
    calls.filter((call) => call.kind !== "create"),
    ({ id }) => id,
  );
  return [
    ...after.customizers.filter(({ id }) => !lives.has(id)).map(({ id }) => `${id} was never created`),
    ...[...lives].flatMap(([id, life]) =>
      problemsOfOne(id, life, before, byId.get(id) ?? [], after).map((problem) => `${id} ${problem}`),
    ),
    ...after.versions
      .filter(({ customizerId }) => !after.customizers.some(({ id }) => id === customizerId))
      .map(({ imageId }) => `version ${imageId} belongs to no customizer`),
    ...orderProblems(lives, after),
    ...after.instances.flatMap((instance) => linkProblems(instance, before, calls, after)),
  ];
}

/** Collects every customizer that existed. An unacknowledged creation is found by its unique name. */
function livesOf(before: Snapshot, calls: readonly Call[], after: Snapshot): Map<string, Life> {
  const lives = new Map<string, Life>(
    before.customizers.map(({ id, name }) => [id, { name, start: 0, end: 0 }]),
  );
  for (const call of calls) {
    if (call.kind !== "create") continue;
    const id = call.id ?? after.customizers.find(({ name }) => name === call.name)?.id;
    if (id !== undefined && !lives.has(id)) lives.set(id, call);
  }
  return lives;
}

function problemsOfOne(
  id: string,
  life: Life,
  before: Snapshot,
  calls: readonly Call[],
  after: Snapshot,
): string[] {
  const found: string[] = [];
  const deletes = calls.filter(({ kind, outcome }) => kind === "delete" && outcome !== "missing");
  const deleted = deletes.filter(({ outcome }) => outcome === "done");
  if (deleted.length > 1) found.push("was deleted twice");
  for (const call of calls) {
    if (call.outcome === "missing" && !deletes.some(({ start }) => start < call.end))
      found.push(`was missing from a ${call.kind} before any delete`);
    if (call.outcome === "done" && deleted.some(({ end }) => end < call.start))
      found.push(`existed for a ${call.kind} after its delete`);
  }

  const uploads = calls.filter((call) => call.kind === "upload" && call.outcome !== "missing");
  const made = uploads.flatMap((call) =>
    call.kind === "upload" && call.made ? [{ ...call, ...call.made }] : [],
  );
  for (const one of made) {
    if (made.some((other) => other.end < one.start && other.version >= one.version))
      found.push(`has version ${one.version} after a greater one`);
    if (made.some((other) => other !== one && other.version === one.version))
      found.push(`has version ${one.version} twice`);
  }

  const [now] = after.customizers.filter((customizer) => customizer.id === id);
  if (now === undefined) {
    if (deletes.length === 0) found.push("is lost");
    return found;
  }
  if (deleted.length > 0) found.push("exists after its delete");

  const renames = calls.filter((call) => call.kind === "rename" && call.outcome !== "missing");
  const names = lastOf([life, ...renames]).map((one) => ("name" in one ? one.name : undefined));
  if (!names.includes(now.name)) found.push(`is named ${now.name} and not ${names.join(" or ")}`);

  const versions = after.versions.filter(({ customizerId }) => customizerId === id);
  const earlier = before.versions.filter(({ customizerId }) => customizerId === id);
  if (versions.some(({ version }, index) => version !== index + 1)) found.push("has a gap in its versions");
  const unknown = uploads.filter(({ outcome }) => outcome === "unknown");
  for (const kept of [...earlier, ...made]) {
    const same = versions[kept.version - 1];
    if (same?.imageId !== kept.imageId || same.sha256 !== kept.sha256 || same.size !== kept.size)
      found.push(`has lost or changed its version ${kept.version}`);
  }
  for (const version of versions) {
    if ([...earlier, ...made].some(({ imageId }) => imageId === version.imageId)) continue;
    const at = unknown.findIndex((call) => call.kind === "upload" && call.sha256 === version.sha256);
    if (at < 0) found.push(`has a version ${version.version} that no client uploaded`);
    else unknown.splice(at, 1);
  }
  const last = versions.at(-1);
  if (now.imageVersion !== last?.version || now.imageID !== last?.imageId)
    found.push(`has imageVersion ${now.imageVersion}; its last version is ${last?.version}`);
  return found;
}

/** Selects the calls that may have been the last: no acknowledged call started after their end. */
function lastOf<T extends { readonly start: number; readonly end: number; readonly outcome?: Outcome }>(
  calls: readonly T[],
): T[] {
  const lastStart = Math.max(
    ...calls.filter(({ outcome }) => outcome !== "unknown").map(({ start }) => start),
  );
  return calls.filter(({ end }) => end >= lastStart);
}

function orderProblems(lives: ReadonlyMap<string, Life>, after: Snapshot): string[] {
  let lastStart = 0;
  return after.customizers.flatMap(({ id }) => {
    const { start, end } = lives.get(id) ?? { start: 0, end: Infinity };
    const early = end < lastStart;
    lastStart = Math.max(lastStart, start);
    return early ? [`${id} is listed after a newer customizer`] : [];
  });
}

function linkProblems(
  { id, connectorCustomizerId: now = null }: Snapshot["instances"][number],
  before: Snapshot,
  calls: readonly Call[],
  after: Snapshot,
): string[] {
  const initial = before.instances.find((instance) => instance.id === id)?.connectorCustomizerId ?? null;
  const links = calls.flatMap((call) =>
    call.kind === "link" && call.instance === id && call.outcome !== "missing" ? [call] : [],
  );
  // Deleting a customizer removes its link.
  const possible = lastOf([{ id: initial, start: 0, end: 0 }, ...links]).map((link) =>
    after.customizers.some((customizer) => customizer.id === link.id) ? link.id : null,
  );
  return possible.includes(now) ? [] : [`${id} is linked to ${now} and not ${possible.join(" or ")}`];
}
