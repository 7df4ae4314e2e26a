import type { Change } from "../../diff/spec-diff.ts";
import { highestSeverity, type Severity } from "../../diff/severity.ts";
import type { SurfaceChange } from "../../surface/diff-surfaces.ts";
import type { SpecIdentity } from "../published-packages.ts";

/** Added, changed and removed names. */
interface NameChanges {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** The names that users can import or call. */
export interface Names {
  readonly operations: readonly string[];
  readonly types: readonly string[];
}

/** A version in `changes.json`. `changes.schema.json` beside it is its schema. */
export interface ReleaseRecord {
  readonly version: string;
  readonly severity: Severity;
  readonly spec: SpecIdentity;
  readonly operations: NameChanges;
  readonly types: NameChanges;
  readonly changes: readonly RecordedChange[];
}

/** A change of the spec (`rule`), or of a package's public types (`package`). */
interface RecordedChange {
  readonly severity: "major" | "minor" | "patch";
  readonly kind: "added" | "changed" | "removed";
  readonly rule?: string;
  readonly package?: string;
  readonly operations: readonly string[];
  readonly types: readonly string[];
  readonly message: string;
}

export interface ReleaseFacts {
  readonly version: string;
  readonly spec: SpecIdentity;
  /** The state of the previous release, and the changes since; `undefined` for the first release. */
  readonly since:
    | { readonly names: Names; readonly spec: readonly Change[]; readonly surface: readonly SurfaceChange[] }
    | undefined;
  readonly names: Names;
}

export function recordRelease({ version, spec, since, names }: ReleaseFacts): ReleaseRecord {
  const before = since?.names ?? { operations: [], types: [] };
  const changes = since
    ? [...since.spec.map(recordSpecChange), ...since.surface.map(recordSurfaceChange)]
    : [];
  return {
    version,
    severity: since ? highestSeverity(changes.map(({ severity }) => severity)) : "major",
    spec,
    operations: nameChanges(
      before.operations,
      names.operations,
      changes.flatMap(({ operations }) => operations),
    ),
    types: nameChanges(
      before.types,
      names.types,
      changes.flatMap(({ types }) => types),
    ),
    changes,
  };
}

function recordSpecChange({ severity, kind, rule, operationIds, types, message }: Change): RecordedChange {
  return { severity, kind, rule, operations: operationIds, types, message };
}

function recordSurfaceChange({ severity, kind, package: owner, path, words }: SurfaceChange): RecordedChange {
  return {
    severity,
    kind,
    package: owner,
    operations: [],
    types: [rootOf(path)],
    message: `\`${path}\` ${words}.`,
  };
}

/** The exported name at the start of a path. */
const rootOf = (path: string): string => /^[\w$]+/.exec(path)?.[0] ?? path;

function nameChanges(
  before: readonly string[],
  after: readonly string[],
  touched: readonly string[],
): NameChanges {
  const [was, is] = [new Set(before), new Set(after)];
  return {
    added: [...is.difference(was)].toSorted(),
    changed: [...new Set(touched).intersection(was).intersection(is)].toSorted(),
    removed: [...was.difference(is)].toSorted(),
  };
}
