import { type Document, parseYaml } from "@redocly/openapi-core";
import { resolve } from "node:path";
import type { Place } from "../diagnostic.ts";
import { escapePointer, isObject, memberOf, tokensOf, unescapePointer } from "../json-pointer.ts";
import { locate } from "./lint-problems.ts";

/** A node in one of the files of a spec. */
interface Node {
  readonly document: Document;
  readonly tokens: readonly string[];
  readonly value: unknown;
}

/**
 * Returns a function that finds nodes of a bundled document in the files that it was bundled from. A node that is in no file has the
 * place of its nearest parent.
 *
 * @param main The main file.
 * @param documents All files.
 */
export function bundledLocator(main: Document, documents: readonly Document[]): (pointer: string) => Place {
  // Bundling has changed the parsed documents, so the sources are parsed again.
  const files = new Map(documents.map((document) => [document.source.absoluteRef, rootOf(document)]));

  function targetOf({ source }: Document, reference: string): Node | undefined {
    const [file = "", pointer = ""] = reference.split("#");
    const start = files.get(file === "" ? source.absoluteRef : resolve(source.absoluteRef, "..", file));
    return memberAt(start, pointer.split("/").slice(1).map(unescapePointer));
  }

  function dereferenced(node: Node, passed: readonly string[] = []): Node {
    const reference = memberOf(node.value, "$ref");
    if (typeof reference !== "string" || passed.includes(reference)) return node;
    const target = targetOf(node.document, reference);
    return target === undefined ? node : dereferenced(target, [...passed, reference]);
  }

  function nearest(node: Node, [token, ...tokens]: readonly string[]): Node {
    const next = token === undefined ? undefined : memberNode(dereferenced(node), token);
    return next === undefined ? node : nearest(next, tokens);
  }

  // Bundling makes components of the targets of references into other files.
  const moved = new Map(
    [...files.values()].flatMap(({ document, value }) =>
      referencesIn(value)
        .filter((reference) => document !== main || !reference.startsWith("#"))
        .map((reference) => [componentName(reference), targetOf(document, reference)] as const),
    ),
  );
  const start = rootOf(main);
  return (pointer) => {
    const tokens = tokensOf(pointer);
    const isOwn = tokens[0] !== "components" || memberAt(start, tokens.slice(0, 3)) !== undefined;
    const component = isOwn ? undefined : moved.get(tokens[2] ?? "");
    const found = component === undefined ? nearest(start, tokens) : nearest(component, tokens.slice(3));
    return locate(found.document, `#/${found.tokens.map(escapePointer).join("/")}`);
  };
}

function rootOf(document: Document): Node {
  return { document, tokens: [], value: parseYaml(document.source.body) };
}

function memberNode({ document, tokens, value }: Node, token: string): Node | undefined {
  const member = memberOf(value, token);
  return member === undefined ? undefined : { document, tokens: [...tokens, token], value: member };
}

function memberAt(node: Node | undefined, tokens: readonly string[]): Node | undefined {
  return tokens.reduce((found, token) => found && memberNode(found, token), node);
}

/** The name that Redocly gives to the component: the last part of the pointer or, without a pointer, the name of the file. */
function componentName(reference: string): string {
  const last = reference.split(/[/#]/).findLast(Boolean) ?? "";
  return reference.includes("#/") ? unescapePointer(last) : last.replace(/\.\w+$/, "");
}

function referencesIn(value: unknown): string[] {
  if (!isObject(value)) return [];
  const { $ref: reference } = value;
  return [
    ...(typeof reference === "string" ? [reference] : []),
    ...Object.values(value).flatMap(referencesIn),
  ];
}
