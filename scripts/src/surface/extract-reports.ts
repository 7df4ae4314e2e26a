import {
  CompilerState,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type ExtractorMessage,
  type IConfigFile,
} from "@microsoft/api-extractor";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "../cli/repository.ts";
import { ToolError } from "../cli/errors.ts";
import { type EntryPoint, entryPoints, reportName } from "./entry-points.ts";

/**
 * Writes the report of every entry point of the built packages into a folder.
 *
 * @throws ToolError when they are not built, or do not compile.
 */
export function extractReports(folder: string): void {
  const configs = entryPoints.map((entry) => configure(entry, folder));
  const [first, ...others] = configs;
  // One program for all entry points, because parsing the shared libraries takes most of the time.
  const compilerState =
    first &&
    CompilerState.create(first, {
      additionalEntryPoints: others.map(({ mainEntryPointFilePath }) => mainEntryPointFilePath),
    });
  for (const config of configs) {
    const problems: string[] = [];
    Extractor.invoke(config, {
      localBuild: true,
      ...(compilerState && { compilerState }),
      messageCallback: (message) => {
        if (message.logLevel === ExtractorLogLevel.Error) problems.push(describe(message));
        message.handled = true;
      },
    });
    if (problems.length > 0) throw new ToolError(problems.join("\n"));
  }
}

function configure({ name, folder, declarations }: EntryPoint, reportFolder: string): ExtractorConfig {
  const projectFolder = join(root, folder);
  const entry = join(projectFolder, declarations);
  if (!existsSync(entry)) {
    throw new ToolError(`${folder}/${declarations} is not built: run \`pnpm exec turbo run build\`.`);
  }
  const configObject: IConfigFile = {
    projectFolder,
    mainEntryPointFilePath: entry,
    newlineKind: "lf",
    compiler: { overrideTsconfig: { compilerOptions, files: [entry] } },
    apiReport: {
      enabled: true,
      reportFileName: reportName(name),
      reportFolder,
      reportTempFolder: join(reportFolder, "temporary"),
      includeForgottenExports: true,
    },
    docModel: { enabled: false },
    tsdocMetadata: { enabled: false },
    messages: {
      compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
      // Messages about release tags and comments do not concern the types.
      extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
    },
  };
  return ExtractorConfig.prepare({
    configObject,
    configObjectFullPath: undefined,
    packageJsonFullPath: join(projectFolder, "package.json"),
  });
}

const compilerOptions = {
  target: "es2022",
  module: "nodenext",
  strict: true,
  exactOptionalPropertyTypes: true,
  lib: ["esnext", "dom", "dom.iterable", "dom.asynciterable"],
  types: ["node"],
  typeRoots: [join(root, "node_modules/@types")],
  skipLibCheck: true,
};

function describe({ sourceFilePath, sourceFileLine, text }: ExtractorMessage): string {
  return sourceFilePath === undefined ? text : `${sourceFilePath}:${sourceFileLine} ${text}`;
}
