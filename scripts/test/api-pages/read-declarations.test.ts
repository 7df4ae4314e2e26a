import { expect, test } from "vitest";
import { readDeclarations } from "../../src/api-pages/read-declarations.ts";

const declarations = readDeclarations(
  "index.d.ts",
  `import { Client as Client$1 } from "openapi-fetch";
/** A hidden type. */
interface Hidden {}
/**
 * Options of a planet.
 *
 * @example
 * \`\`\`ts
 * build({ size: 3 });
 * \`\`\`
 * @example Moons
 * \`\`\`ts
 * build({
 *   moons: [],
 * });
 * \`\`\`
 */
interface Options {
  /**
   * Size in kilometres.
   *
   * @default 12_742
   */
  readonly size?: number | undefined;
  /** Moons of the planet. */
  readonly moons: readonly {
    /** Name of the moon. */
    name: string;
  }[];
}
declare class PlanetError extends Error {
  static readonly brand: string;
  override readonly name = "PlanetError";
  /** The planet. */
  readonly planet: string;
  constructor(message: string);
}
/**
 * Builds a planet.
 *
 * @throws {PlanetError} when it has no size.
 */
declare function build<T extends string>(options: Options, client: Client$1<T>): Promise<T>;
export { type Options, PlanetError, build };
/** A size. */
export type Size = "small"
  | "big";
`,
);
const named = (name: string) => declarations.find((declaration) => declaration.name === name);

test("reads the exported declarations in their order", () => {
  expect(declarations.map(({ name }) => name)).toEqual(["Options", "PlanetError", "build", "Size"]);
});

test("reads the members of an interface with type, default and text, without comments in the type", () => {
  expect(named("Options")?.members).toMatchObject([
    { name: "size", type: "number", optional: true, default: "12_742", text: "Size in kilometres." },
    { name: "moons", type: "readonly { name: string; }[]", optional: false },
  ]);
  expect(named("Options")?.examples).toEqual([
    "```ts\nbuild({ size: 3 });\n```",
    "Moons\n```ts\nbuild({\n  moons: [],\n});\n```",
  ]);
});

test("reads the own members and the base of a class", () => {
  expect(named("PlanetError")).toMatchObject({ bases: ["Error"], members: [{ name: "planet" }] });
});

test("reads a function with its signature and its errors, and a type with its text", () => {
  expect(named("build")).toMatchObject({
    type: "build<T extends string>(options: Options, client: Client<T>): Promise<T>",
    throws: ["PlanetError when it has no size."],
  });
  expect(named("Size")?.type).toBe('"small" | "big"');
});
