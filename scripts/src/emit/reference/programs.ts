import { clientPackageOf, clientSetupOf } from "../../naming/client-name.ts";
import type { ApiModel, Operation } from "../../model/model.ts";
import { thrownBy } from "../../model/successes.ts";
import { callOf, exampleOf } from "../typescript/example.ts";
import { codeBlock } from "./markdown.ts";

/**
 * Emits the programs that call an operation: the shortest one, one with every parameter, and one with error handling. Without
 * `x-client-setup` in the spec, they are calls, and the reader makes the client.
 */
export function programsOf(model: ApiModel, operation: Operation): string[] {
  const required = operation.parameters.filter((parameter) => parameter.required || parameter.in === "path");
  const shortest = withSetup(model, callOf(model, operation, required));
  const all = withSetup(model, callOf(model, operation, operation.parameters));
  return [
    codeBlock("ts", shortest),
    ...(all === shortest ? [] : [folded("With every parameter", all)]),
    ...errorHandling(model, operation),
  ];
}

function folded(title: string, program: string): string {
  return `<details>\n<summary>${title}</summary>\n\n${codeBlock("ts", program)}\n</details>\n`;
}

/** Emits a program with a branch for each class of error that the spec documents. */
function errorHandling(model: ApiModel, operation: Operation): string[] {
  const source = clientPackageOf(model.document);
  const responses = new Map(
    operation.responses.map((response) => [thrownBy(operation, response), response] as const),
  );
  const branches = [...responses].flatMap(([error, { status, description }]) =>
    error === undefined || error === "ApiError"
      ? []
      : [
          `if (error instanceof ${error}) {\n    // ${status}: ${oneLine(description)}\n    console.error(error.message);\n  }`,
        ],
  );
  if (source === undefined || branches.length === 0) return [];
  const names = [...responses.keys()].filter((error) => error !== undefined && error !== "ApiError");
  const { imports, code } = separateImports(exampleOf(model, operation));
  const program = [
    `import { ${names.toSorted().join(", ")} } from ${JSON.stringify(source)};`,
    ...imports,
    "",
    `try {\n${indented(code)}\n} catch (error) {\n  ${[...branches, "{\n    throw error;\n  }"].join(" else ")}\n}`,
  ].join("\n");
  return [folded("With error handling", withSetup(model, program))];
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, " ");
}

function indented(code: string): string {
  return code.replaceAll(/^(?=.)/gm, "  ");
}

/** Puts the setup of the client before a program, with all imports first. */
function withSetup({ document }: ApiModel, program: string): string {
  const setup = separateImports(clientSetupOf(document) ?? "");
  const own = separateImports(program);
  return [[...setup.imports, ...own.imports].join("\n"), setup.code, own.code].filter(Boolean).join("\n\n");
}

function separateImports(program: string): { imports: string[]; code: string } {
  const lines = program.trim().split("\n");
  const isImport = (line: string) => line.startsWith("import ");
  return {
    imports: lines.filter(isImport),
    code: lines
      .filter((line) => !isImport(line))
      .join("\n")
      .trim(),
  };
}
