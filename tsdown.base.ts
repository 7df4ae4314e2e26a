import type { Rolldown, UserConfig } from "tsdown";

/**
 * What an entry imports at run time. An entry that imports the package's main entry does so too: both then have the same classes, so that
 * `instanceof` holds between them, and the code is there once.
 */
export const neverBundle = [/^node:/, "../index.ts"];

/** Bundles each entry into one readable ES module, one CommonJS module, and the declarations of both. */
export const bundle: UserConfig = {
  format: ["esm", "cjs"],
  platform: "neutral",
  target: "es2022",
  // Needs no compiler, because the sources are written for `isolatedDeclarations`.
  dts: { oxc: true },
  deps: { neverBundle },
  outputOptions: (options, format, { cjsDts }) => ({
    ...options,
    codeSplitting: false,
    paths: (id) => (id.endsWith("index.ts") ? `./index.${format === "cjs" || cjsDts ? "cjs" : "js"}` : id),
  }),
  plugins: [defaultExports()],
  failOnWarn: true,
};

/**
 * Makes the default import of a dependency its `default` export in CommonJS too. In a package of `"type": "module"`, rolldown takes
 * the whole `module.exports`: https://github.com/rolldown/rolldown/issues/10800
 */
function defaultExports(): Rolldown.Plugin {
  return {
    name: "default-exports",
    renderChunk: (code) => code.replace(/__toESM\((\w+), 1\)/g, "__toESM($1)"),
  };
}
