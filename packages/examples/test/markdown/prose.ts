import type { Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { toNlcst } from "mdast-util-to-nlcst";
import { gfm } from "micromark-extension-gfm";
import { toString } from "nlcst-to-string";
import { ParseEnglish } from "parse-english";
import { visit } from "unist-util-visit";
import { VFile } from "vfile";

/** A sentence of a page, without its code. */
export interface Sentence {
  readonly line: number;
  readonly text: string;
  readonly words: readonly string[];
}

/** Reads the sentences of Markdown: paragraphs, headings, lists and the cells of tables. Code is not prose. */
export function sentencesOf(markdown: string): Sentence[] {
  const root: Root = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const sentences: Sentence[] = [];
  visit(toNlcst(root, new VFile(markdown), ParseEnglish), "SentenceNode", (sentence) => {
    const words: string[] = [];
    visit(sentence, "WordNode", (word) => {
      words.push(toString(word));
    });
    sentences.push({ line: sentence.position?.start.line ?? 0, text: toString(sentence), words });
  });
  return sentences;
}
