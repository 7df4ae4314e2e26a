import GithubSlugger from "github-slugger";
import { defineConfig } from "vitepress";
import { buildEnd } from "./build-end.ts";
import { facts } from "./facts.ts";
import { rewriteLinks } from "./links.ts";
import { sidebar } from "./sidebar.ts";
import { addTryIt } from "./try-it.ts";

const repository = "https://github.com/isc-customizers/isc-customizers";

// oxlint-disable-next-line import/no-default-export -- VitePress reads the default export
export default defineConfig({
  srcDir: "../docs",
  outDir: "dist",
  cacheDir: "node_modules/.cache/vitepress",
  // Replaced by the path of the page itself after the build, so that the folder works below any path.
  base: facts.isBuild ? "/BASE_OF_SITE/" : "/",
  rewrites: { "README.md": "index.md", ":folder/README.md": ":folder/index.md" },
  title: "isc-customizers",
  titleTemplate: ":title · isc-customizers",
  description:
    "A TypeScript client for the Connector Customizers API of SailPoint Identity Security Cloud. Unofficial.",
  lang: "en",
  head: [["meta", { property: "og:image", content: `${repository}/raw/main/site/public/social.png` }]],
  markdown: {
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
    anchor: { slugify: (text) => new GithubSlugger().slug(text) },
    config(md) {
      md.use(rewriteLinks, repository);
      md.use(addTryIt);
    },
  },
  vite: {
    publicDir: "../site/public",
    // The pages are outside this folder, and import what is installed here.
    resolve: { alias: facts.aliases },
    define: { __MOCK_TENANT__: JSON.stringify(facts.mockTenant) },
    build: { chunkSizeWarningLimit: 1_000 },
  },
  themeConfig: {
    nav: [
      { text: "Quickstart", link: "/start/quickstart" },
      { text: "Guides", link: "/guides/list" },
      { text: "Reference", link: "/reference/" },
      { text: "Moving here", link: "/moving/" },
    ],
    sidebar: sidebar(),
    search: { provider: "local", options: { detailedView: true } },
    outline: [2, 3],
    footer: {
      message: `Version ${facts.version}. Generated from spec/openapi.yaml ${facts.specVersion}${facts.commit}.`,
      copyright: "Unofficial: SailPoint neither makes nor supports this project. MIT licence.",
    },
    socialLinks: [{ icon: "github", link: repository }],
  },
  buildEnd,
});
