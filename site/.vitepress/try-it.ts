import type { MarkdownRenderer } from "vitepress";

/** Adds the form "Try it" to each operation of the reference: before the heading "Parameters" of its section. */
export function addTryIt(md: MarkdownRenderer): void {
  md.core.ruler.push("try-it", (state) => {
    const { relativePath } = state.env as { readonly relativePath: string };
    if (!relativePath.startsWith("reference/")) return;
    let operation = "";
    for (let index = 0; index < state.tokens.length; index++) {
      const token = state.tokens[index];
      const text = state.tokens[index + 1]?.content ?? "";
      if (token?.type !== "heading_open") continue;
      if (token.tag === "h2") operation = text;
      if (token.tag !== "h3" || text !== "Parameters") continue;
      const block = new state.Token("html_block", "", 0);
      block.content = `<TryIt operation="${operation}" />\n`;
      state.tokens.splice(index, 0, block);
      index += 1;
    }
  });
}
