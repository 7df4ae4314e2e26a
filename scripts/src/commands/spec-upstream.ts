import { dirname, join, resolve } from "node:path";
import { UsageError } from "../cli/errors.ts";
import { root } from "../cli/repository.ts";
import { runTool } from "../cli/run-command.ts";
import { shownPath } from "../cli/shown-path.ts";
import { leaveOutDepartures } from "../diff/departures.ts";
import { compareSpecs } from "../diff/diff-specs.ts";
import { formatOptions, reportFor } from "../diff/report/formats.ts";
import { reduceVendorSpec } from "../diff/vendor-spec.ts";
import { specFiles } from "../release/spec-files.ts";
import { loadSpec } from "../spec/load/load-spec.ts";

const usage = `Usage: pnpm spec:upstream FILE [options]

Compares the spec with the vendor's own OpenAPI description, and prints the differences. Prints nothing if there are none.
FILE may describe the whole platform. Only the operations of our spec count, and others below the same paths or tags.

  --json       one JSON object: { severity, changes }
  --markdown   a summary for an issue
  --html       a page that needs no other file
  --github     annotations of a GitHub workflow
  --spec FILE  our spec; by default, spec/openapi.yaml
  --help       this text

spec/upstream-departures.yaml lists the differences that are intended; spec/README.md describes it.
`;
const options = { ...formatOptions, spec: { type: "string" } } as const;

await runTool(usage, { options, allowPositionals: true }, async ({ values, positionals }) => {
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0)
    throw new UsageError(`Expected one FILE; got ${positionals.length}.`);
  if (/^\w{2,}:\/\//.test(file))
    throw new UsageError("FILE must be a path; got a URL. Download it first: curl --fail --location -O URL");
  const report = reportFor(values);
  const specFile = values.spec === undefined ? resolve(root, specFiles.head) : resolve(values.spec);
  const [ours, vendor] = await Promise.all([loadSpec(specFile), loadSpec(file)]);
  const diff = await leaveOutDepartures(
    await compareSpecs(ours, reduceVendorSpec(ours.document, vendor)),
    join(dirname(specFile), "upstream-departures.yaml"),
  );
  if (values.json || diff.changes.length > 0 || diff.notices?.length !== 0)
    console.log(report(diff, { base: shownPath(specFile), head: shownPath(resolve(file)) }));
  return 0;
});
