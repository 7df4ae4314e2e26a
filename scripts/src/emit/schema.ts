import { astToString, transformSchema } from "openapi-typescript";
import ts from "typescript";
import type { ApiModel, Model, Schema } from "../model/model.ts";
import type { Keywords } from "../spec/openapi.ts";
import { deref } from "../spec/reference.ts";
import { createContext, withNullableBases } from "./typescript/typescript-types.ts";
import { head } from "./head.ts";

const { factory } = ts;

/** `paths`, `operations` and `components`, as openapi-typescript writes them. */
export function emitSchema(model: ApiModel): string {
  const nodes = transformSchema(model.document, createContext(model));
  const recursive = new Map(
    model.models.filter((each) => isRecursive(model, each)).map(({ schemaName, name }) => [schemaName, name]),
  );
  const code = astToString(nodes.map((node) => (isComponents(node) ? withModels(node, recursive) : node)));
  return `${head(model.source)}\n${withNullableBases(code)}`;
}

/**
 * A union or a list that has itself as a member, outside any object. TypeScript allows this in the alias that `models.ts` declares, but
 * not in a member of `components` (TS2502).
 */
function isRecursive({ document }: ApiModel, { schema }: Model): boolean {
  const seen = new Set<object>();
  const start: Keywords = deref(document, schema);
  const visit = (part: Schema): boolean => {
    const keywords: Keywords = deref(document, part);
    if (keywords === start) return true;
    if (seen.has(keywords)) return false;
    seen.add(keywords);
    return partsOf(keywords).some(visit);
  };
  return partsOf(start).some(visit);
}

function partsOf({
  items,
  prefixItems = [],
  allOf = [],
  anyOf = [],
  oneOf = [],
}: Keywords): readonly Schema[] {
  return [...(items === undefined ? [] : [items]), ...prefixItems, ...allOf, ...anyOf, ...oneOf];
}

function isComponents(node: ts.Node): node is ts.InterfaceDeclaration {
  return ts.isInterfaceDeclaration(node) && node.name.text === "components";
}

/** The interface `components`, where the schemas with these names are the types of `models.ts`. */
function withModels(components: ts.InterfaceDeclaration, names: ReadonlyMap<string, string>): ts.Node {
  const members = components.members.map((section) =>
    nameOf(section) === "schemas" ? ts.visitEachChild(section, visitSchemas, undefined) : section,
  );
  return factory.createInterfaceDeclaration(
    components.modifiers,
    components.name,
    undefined,
    undefined,
    members,
  );

  function visitSchemas(node: ts.Node): ts.Node {
    return ts.isTypeLiteralNode(node) ? ts.visitEachChild(node, visitSchema, undefined) : node;
  }
  function visitSchema(node: ts.Node): ts.Node {
    const model = names.get(nameOf(node) ?? "");
    if (model === undefined || !ts.isPropertySignature(node)) return node;
    const file = factory.createLiteralTypeNode(factory.createStringLiteral("./models.ts"));
    const type = factory.createImportTypeNode(file, undefined, factory.createIdentifier(model));
    return factory.updatePropertySignature(node, node.modifiers, node.name, node.questionToken, type);
  }
}

function nameOf(node: ts.Node): string | undefined {
  if (!ts.isPropertySignature(node)) return undefined;
  return ts.isIdentifier(node.name) || ts.isStringLiteral(node.name) ? node.name.text : undefined;
}
