import { UsageError } from "../../cli/errors.ts";
import type { SpecDiff } from "../spec-diff.ts";
import { annotationsOf } from "./github-annotations.ts";
import type { FileNames } from "./grouping.ts";
import { htmlOf } from "./html-report.ts";
import { markdownOf } from "./markdown-report.ts";
import { textOf } from "./text-report.ts";

type Report = (diff: SpecDiff, names: FileNames) => string;

const reports: Readonly<Record<keyof typeof formatOptions, Report>> = {
  json: (diff) => JSON.stringify(diff, undefined, 2),
  markdown: markdownOf,
  html: htmlOf,
  github: annotationsOf,
};

const flag = { type: "boolean" } as const;
/** The options of a command line that select a format. */
export const formatOptions = { json: flag, markdown: flag, html: flag, github: flag };

/**
 * Selects the report of the requested format. The default is text for people.
 *
 * @throws UsageError for more than one option.
 */
export function reportFor(options: Readonly<Partial<Record<keyof typeof formatOptions, boolean>>>): Report {
  const [format, ...others] = (["json", "markdown", "html", "github"] as const).filter(
    (name) => options[name],
  );
  if (others.length > 0)
    throw new UsageError(`--${format} and --${others[0]} exclude each other: ask for one.`);
  return format === undefined ? textOf : reports[format];
}
