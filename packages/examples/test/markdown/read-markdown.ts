import GithubSlugger from "github-slugger";
import type { Code, Html, Nodes, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { toString } from "mdast-util-to-string";
import { gfm } from "micromark-extension-gfm";
import { visit } from "unist-util-visit";

/** A fenced code block of a Markdown file (https://spec.commonmark.org/0.31.2/#fenced-code-blocks). */
export interface CodeBlock {
  /** The path of the Markdown file, as error messages show it. */
  readonly file: string;
  /** The line of the first line of code, from 1. */
  readonly line: number;
  /** The first word after the fence, or an empty string. */
  readonly language: string;
  /** The other words after the fence, or an empty string. */
  readonly meta: string;
  readonly code: string;
  /** The comment before the block, such as `<!-- not run: REASON -->`. */
  readonly exemption?: { readonly kind: ExemptionKind; readonly reason: string };
}

const exemptionKinds = ["not run", "only type-checked", "not checked"] as const;
/** `not run`: the block is a program. `only type-checked`: the block is a part of one. */
type ExemptionKind = (typeof exemptionKinds)[number];

export interface Link {
  readonly line: number;
  /** The address as it is written. */
  readonly target: string;
}

export interface MarkdownPage {
  /** The path from the root of the repository. */
  readonly file: string;
  readonly blocks: readonly CodeBlock[];
  /** The links, images and definitions. */
  readonly links: readonly Link[];
  /** The fragments that a link can have: GitHub's slugs of the headings. */
  readonly anchors: ReadonlySet<string>;
}

/** Reads GitHub Flavored Markdown. */
export function readMarkdown(file: string, markdown: string): MarkdownPage {
  const root = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return { file, blocks: blocksOf(file, root), links: linksOf(root), anchors: anchorsOf(root) };
}

function blocksOf(file: string, root: Root): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  visit(root, "code", (node: Code, index, parent) => {
    const before = index === undefined ? undefined : parent?.children[index - 1];
    const exemption = before?.type === "html" ? exemptionOf(before) : undefined;
    blocks.push({
      file,
      line: lineOf(node) + 1,
      language: node.lang ?? "",
      meta: node.meta ?? "",
      code: `${node.value}\n`,
      ...(exemption !== undefined && { exemption }),
    });
  });
  return blocks;
}

function exemptionOf({ value }: Html): CodeBlock["exemption"] {
  const [, written, reason = ""] = /^<!-- ([^:]+): (.+) -->$/s.exec(value) ?? [];
  const kind = exemptionKinds.find((known) => known === written);
  return kind && { kind, reason };
}

function linksOf(root: Root): Link[] {
  const links: Link[] = [];
  visit(root, (node) => {
    if (node.type === "link" || node.type === "image" || node.type === "definition")
      links.push({ line: lineOf(node), target: node.url });
  });
  return links;
}

function anchorsOf(root: Root): Set<string> {
  const slugger = new GithubSlugger();
  const anchors = new Set<string>();
  visit(root, "heading", (node) => {
    anchors.add(slugger.slug(toString(node)));
  });
  return anchors;
}

function lineOf({ position }: Nodes): number {
  return position?.start.line ?? 0;
}
