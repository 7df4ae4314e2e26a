import fc from "fast-check";
import { writeFileSync, mkdirSync, rmSync } from "node:fs";
import { join, dirname } from "node:path";
const { hostileSpec } = await import("/tmp/w/h3/scripts/test/hostile-spec.ts");
const { layersOf } = await import("/tmp/w/h3/scripts/test/harness.ts");
const n = Number(process.argv[2]), seed = Number(process.argv[3] ?? 1);
const specs = fc.sample(hostileSpec, { numRuns: n, seed });
const out = "/tmp/w/h3-fuzz"; rmSync(out, { recursive: true, force: true }); mkdirSync(out);
const groups = new Map();
for (const [i, spec] of specs.entries()) {
  const file = join(out, `${i}.json`); writeFileSync(file, JSON.stringify(spec));
  try {
    for (const [name, text] of await layersOf(file)) { if (!/\.ts$|package/.test(name)) continue; const p = join(out, "out", String(i), name); mkdirSync(dirname(p), { recursive: true }); writeFileSync(p, text); }
  } catch (e) { const k = e.stack.split("\n").slice(0, 3).join(" | ").replace(/file:\/\/|\/tmp\/w\/h3\/(node_modules\/.pnpm\/[^/]*\/node_modules)?/g, "").slice(0, 400); groups.set(k, [...(groups.get(k) ?? []), i]); }
}
for (const [k, v] of groups) console.log(v.length, v.slice(0, 3).join(), k);
writeFileSync(join(out, "out", "tsconfig.json"), JSON.stringify({ extends: "/tmp/w/h3/tsconfig.base.json", compilerOptions: { noEmit: true, composite: false, noUnusedLocals: true, lib: ["es2022","dom","dom.iterable"], types: [] }, include: ["."] }));
