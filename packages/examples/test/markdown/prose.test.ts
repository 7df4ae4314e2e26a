import { readFile } from "node:fs/promises";
import { join } from "node:path";
import dictionaryEn from "dictionary-en";
import dictionaryEnGb from "dictionary-en-gb";
import nspell from "nspell";
import { expect, test } from "vitest";
import { readPages, root } from "./pages.ts";
import { sentencesOf } from "./prose.ts";

const longest = 30;

/** Words that the glossary replaces: CONTRIBUTING.md, "Write documentation". */
const replaced: Readonly<Record<string, string>> = {
  mend: "fix, repair",
  mended: "fixed, repaired",
  whoever: "the one who",
  circle: "cycle",
  gravest: "most severe",
  aging: "expiring",
  utilize: "use",
  simply: "nothing",
};

/** The words of the field and the names of things, in a file with one word a line. */
const known = (await readFile(join(import.meta.dirname, "known-words.txt"), "utf8"))
  .split("\n")
  .filter(Boolean);
// British and American spelling are both used: `licence`, `serialize`.
const dictionaries = [dictionaryEn, dictionaryEnGb].map(({ aff, dic }) =>
  nspell({ aff: Buffer.from(aff), dic: Buffer.from(dic) }),
);
for (const dictionary of dictionaries) for (const word of known) dictionary.add(word);

function isSpelled(word: string): boolean {
  const parts = word.replaceAll(/['’]s$/g, "").split(/[-/]/);
  return parts.every(
    (part) => !/^\p{L}+$/u.test(part) || dictionaries.some((dictionary) => dictionary.correct(part)),
  );
}

/** The words of each sentence. The parser finds no border before a sentence that begins with code or a small letter. */
function piecesOf(text: string): string[][] {
  return text.split(/[.!?]\s+/).map((piece) => piece.match(/[\p{L}\p{N}`][^\s]*/gu) ?? []);
}

// The reference is generated: its texts are those of the spec and of the docstrings.
const pages = (await readPages()).filter(({ file }) => !file.startsWith("docs/reference/"));
const texts = await Promise.all(
  pages.map(async ({ file }) => [file, sentencesOf(await readFile(join(root, file), "utf8"))] as const),
);

test.each(texts)(
  "%s has no sentence over 30 words, no misspelled word and no replaced word",
  (file, sentences) => {
    const problems = sentences.flatMap(({ line, text, words }) => {
      const place = `${file}:${line}`;
      return [
        ...piecesOf(text)
          .filter((piece) => piece.length > longest)
          .map((piece) => `${place} has a sentence of ${piece.length} words: ${piece.join(" ")}`),
        ...words.filter((word) => !isSpelled(word)).map((word) => `${place} has the unknown word "${word}"`),
        ...words
          .filter((word) => Object.hasOwn(replaced, word.toLowerCase()))
          .map((word) => `${place} has "${word}"; write: ${replaced[word.toLowerCase()]}`),
      ];
    });
    expect(problems).toEqual([]);
  },
);

test("a long sentence, a misspelling and code are told apart", () => {
  const long = `${"word ".repeat(31)}end.`;
  const [first, second] = sentencesOf(`${long}\n\nA mispelled word, and \`no_such_word\`.\n`);
  expect(first?.words).toHaveLength(32);
  expect(second?.words).toEqual(["A", "mispelled", "word", "and"]);
  expect(second?.words.filter((word) => !isSpelled(word))).toEqual(["mispelled"]);
});
