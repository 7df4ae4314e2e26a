import { Ajv2020 } from "ajv/dist/2020.js";
import type { ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import { fullFormats } from "ajv-formats/dist/formats.js";
import type { OpenApiDocument } from "./document.ts";

/** Validates values against the schemas of a document, in the dialect of OpenAPI 3.1: JSON Schema 2020-12. */
export class SchemaValidator {
  readonly #ajv: Ajv2020;
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor(document: OpenApiDocument) {
    this.#ajv = new Ajv2020({
      allErrors: true,
      // No warnings: the keywords and formats that OpenAPI adds are annotations.
      strict: false,
      logger: false,
      formats: fullFormats,
    });
    // The whole document, so that references resolve, including recursive ones.
    this.#ajv.addSchema(document, "document", false, false);
  }

  /** @param pointer JSON pointer of the schema in the document. */
  validate(pointer: string, value: unknown): readonly ErrorObject[] {
    let compiled = this.#compiled.get(pointer);
    if (compiled === undefined) {
      compiled = this.#ajv.compile({ $ref: `document#${encodeURI(pointer)}` });
      this.#compiled.set(pointer, compiled);
    }
    return compiled(value) ? [] : (compiled.errors ?? []);
  }
}
