import type { Change } from "../diff/spec-diff.ts";
import { gravest, type Severity } from "../diff/severity.ts";
import type { SurfaceChange } from "../surface/diff-surfaces.ts";
import type { SpecIdentity } from "./published-packages.ts";

/** What came, changed and went. */
interface Movement {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** What users can name: methods, and types. */
export interface Names {
  readonly operations: readonly string[];
  readonly types: readonly string[];
}

/** One version in `changes.json`, whose schema is `changes.schema.json` next to it. */
export interface ReleaseRecord {
  readonly version: string;
  readonly severity: Severity;
  readonly spec: SpecIdentity;
  readonly operations: Movement;
  readonly types: Movement;
  readonly changes: readonly RecordedChange[];
}

/** One change, of the API's description (`rule`) or of a package's public types (`package`). */
interface RecordedChange {
  readonly severity: "major" | "minor" | "patch";
  readonly kind: "added" | "changed" | "removed";
  readonly rule?: string;
  readonly package?: string;
  readonly operations: readonly string[];
  readonly types: readonly string[];
  readonly message: string;
}

/** What a release has to be recorded by. */
export interface ReleaseFacts {
  readonly version: string;
  readonly spec: SpecIdentity;
  /** Undefined for the first release, in which everything is new. */
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
    severity: since ? gravest(changes.map(({ severity }) => severity)) : "major",
    spec,
    operations: movement(
      before.operations,
      names.operations,
      changes.flatMap(({ operations }) => operations),
    ),
    types: movement(
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

/** The type that a member such as `ClientOptions.timeout` belongs to. */
const rootOf = (path: string): string => /^[\w$]+/.exec(path)?.[0] ?? path;

function movement(before: readonly string[], after: readonly string[], touched: readonly string[]): Movement {
  const [was, is] = [new Set(before), new Set(after)];
  return {
    added: [...is.difference(was)].toSorted(),
    changed: [...new Set(touched).intersection(was).intersection(is)].toSorted(),
    removed: [...was.difference(is)].toSorted(),
  };
}
