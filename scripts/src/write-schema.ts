import { writeFileSync } from "node:fs";
import { editorSchema } from "./editor/sources.ts";

writeFileSync(new URL("../../spec/schema.json", import.meta.url), editorSchema());
