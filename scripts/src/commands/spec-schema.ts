import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { editorSchema } from "../editor/sources.ts";
import { root } from "../cli/repository.ts";
import { runTool } from "../cli/run-command.ts";

// The schema by which an editor checks and completes the spec.
await runTool("Usage: pnpm spec:schema", {}, async () => {
  await writeFile(join(root, "spec/schema.json"), editorSchema());
  return 0;
});
