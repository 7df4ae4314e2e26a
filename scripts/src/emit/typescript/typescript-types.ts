import { createConfig } from "@redocly/openapi-core";
import {
  type GlobalContext,
  type OpenAPI3,
  resolveRef,
  type SchemaObject,
  transformSchemaObject,
} from "openapi-typescript";
import ts from "typescript";
import type { ApiModel, Schema } from "../../model/model.ts";
import { modelName } from "../../spec/reference.ts";

// The type of the context requires a lint configuration, which is not read.
const redoc = await createConfig({});

/** Emits schemas as TypeScript by openapi-typescript, with models by their names. */
export interface TypeScriptTypes {
  readonly document: OpenAPI3;
  readonly modelNames: ReadonlySet<string>;
  typeOf(schema: Schema | undefined, pointer: string): string;
  /** Emits the declaration of a model, with the docstrings of its properties. */
  declarationOf(name: string, schema: Schema, pointer: string): string;
  /** Emits the helper types that the emitted types use. */
  helpers(): string;
}

/** A printed type, and the printed helper types that it uses. */
interface Printed {
  readonly text: string;
  readonly helpers: readonly string[];
}

/** The printed types and declarations by schema: several emitters print the same ones. */
const [printedTypes, printedDeclarations] = [new WeakMap<Schema, Printed>(), new WeakMap<Schema, Printed>()];

export function createTypeScriptTypes(model: ApiModel): TypeScriptTypes {
  const names = new Map(model.models.map(({ schemaName, name }) => [schemaName, name]));
  const helpers = new Set<string>();
  const printOnce = (
    known: WeakMap<Schema, Printed>,
    schema: Schema,
    pointer: string,
    toNode = (type: ts.TypeNode): ts.Node => type,
  ): string => {
    let printed = known.get(schema);
    if (printed === undefined) {
      const context = createContext(model);
      const type = transformSchemaObject(schema, { path: pointer, schema, ctx: context });
      const text = print(toNode(nameModels(type, names)));
      printed = { text, helpers: context.injectFooter.map(print) };
      known.set(schema, printed);
    }
    for (const helper of printed.helpers) helpers.add(helper);
    return printed.text;
  };
  return {
    document: model.document,
    modelNames: new Set(names.values()),
    typeOf: (schema, pointer) =>
      names.get(modelName(schema) ?? "") ??
      (schema === undefined ? "unknown" : printOnce(printedTypes, schema, pointer)),
    declarationOf: (name, schema, pointer) =>
      printOnce(printedDeclarations, schema, pointer, (type) => {
        const modifiers = [ts.factory.createModifier(ts.SyntaxKind.ExportKeyword)];
        return ts.isTypeLiteralNode(type)
          ? ts.factory.createInterfaceDeclaration(modifiers, name, undefined, undefined, type.members)
          : ts.factory.createTypeAliasDeclaration(modifiers, name, undefined, type);
      }),
    helpers: () => withNullableBases([...helpers].join("\n")),
  };
}

/** Lets the helper `WithRequired` of openapi-typescript take a type that may be `null`, or has no such property. */
export function withNullableBases(code: string): string {
  return code.replace(
    /type WithRequired<[^]*?\n};/,
    `type WithRequired<T, K extends PropertyKey> = T & ({
  [P in K & keyof NonNullable<T>]-?: NonNullable<T>[P];
} | null);`,
  );
}

/** The options of every emitter: https://openapi-ts.dev/cli */
export function createContext({ document, discriminators }: ApiModel): GlobalContext {
  return {
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    conditionalEnums: false,
    dedupeEnums: false,
    // The caller need not send a value with a default.
    defaultNonNullable: false,
    discriminators,
    // An object without keywords may have any properties.
    emptyObjectsUnknown: true,
    enum: false,
    enumValues: false,
    excludeDeprecated: false,
    exportType: false,
    generatePathParams: false,
    immutable: false,
    injectFooter: [],
    makePathsEnum: false,
    pathParamsAsTypes: false,
    postTransform: undefined,
    propertiesRequiredByDefault: false,
    readWriteMarkers: false,
    redoc,
    resolve: ($ref) => resolveRef(document, $ref, { silent: true }),
    rootTypes: false,
    rootTypesKeepCasing: false,
    rootTypesNoSchemaPrefix: false,
    silent: true,
    transform: binaryToBlob,
    transformProperty: undefined,
  };
}

/** Matches a schema of any bytes. https://spec.openapis.org/registry/format/binary */
function binaryToBlob(schema: SchemaObject): ts.TypeNode | undefined {
  return schema.format === "binary" ? ts.factory.createTypeReferenceNode("Blob") : undefined;
}

/** Replaces `components["schemas"]["name"]` by `Name`, everywhere in a type. */
function nameModels<Node extends ts.Node>(type: Node, names: ReadonlyMap<string, string>): Node {
  const visit = (node: ts.Node): ts.Node => {
    const name = names.get(referredModel(node) ?? "");
    return name === undefined
      ? ts.visitEachChild(node, visit, undefined)
      : ts.factory.createTypeReferenceNode(name);
  };
  return visit(type) as Node;
}

function referredModel(node: ts.Node): string | undefined {
  if (!ts.isIndexedAccessTypeNode(node) || !ts.isIndexedAccessTypeNode(node.objectType)) return undefined;
  const { objectType: root, indexType: section } = node.objectType;
  if (!ts.isTypeReferenceNode(root) || !ts.isIdentifier(root.typeName) || root.typeName.text !== "components")
    return undefined;
  return literalText(section) === "schemas" ? literalText(node.indexType) : undefined;
}

function literalText(node: ts.TypeNode): string | undefined {
  return ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal) ? node.literal.text : undefined;
}

const printer = ts.createPrinter({ newLine: ts.NewLineKind.LineFeed });
/** An empty file, because TypeScript prints nodes only as part of one. */
const noFile = ts.createSourceFile("", "", ts.ScriptTarget.ESNext);

/** Prints a node, with the indentation of the other files and without `@description` tags. */
function print(node: ts.Node): string {
  return (
    printer
      .printNode(ts.EmitHint.Unspecified, node, noFile)
      .replace(/^(\s*(?:\/\*)?\*+ )@description /gm, "$1")
      .replace(/^(\s*\*) {5}/gm, "$1 ")
      // A separate paragraph, not a continuation of the description.
      .replace(/^(\s*\*) (Format: \S+)\n(?=\s*\* [^@])/gm, "$1 $2\n$1\n")
      .replace(/^(?: {4})+/gm, (indent) => indent.slice(indent.length / 2))
  );
}
