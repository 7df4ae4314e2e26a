import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

// Draws the diagrams of the documentation, for light and dark pages, and the social preview. `node site/draw-images.ts --png` also
// renders the preview as PNG, with Chromium.
const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));

interface Theme {
  readonly name: "light" | "dark";
  readonly text: string;
  readonly line: string;
  readonly box: string;
}

const themes: readonly Theme[] = [
  { name: "light", text: "#1f2328", line: "#57606a", box: "#eef3ff" },
  { name: "dark", text: "#e6edf3", line: "#9198a1", box: "#1c2740" },
];

const font = "font-family=\"system-ui, 'Segoe UI', Helvetica, Arial, sans-serif\"";

/** The steps in the life of a customizer: the method, and what it leaves. */
const steps = [
  ["createConnectorCustomizer", "a name, no code"],
  ["createConnectorCustomizerVersion", "version 1"],
  ["patchConnectorInstance", "linked: it runs"],
  ["createConnectorCustomizerVersion", "version 2, 3, …"],
  ["patchConnectorInstance", "unlinked"],
  ["deleteConnectorCustomizer", "gone"],
] as const;

function lifeCycle({ text, line, box }: Theme): string {
  const [width, height, gap] = [300, 56, 28];
  const parts = steps.map(([method, result], index) => {
    const y = 8 + index * (height + gap);
    const arrow =
      index === 0
        ? ""
        : `<path d="M158 ${y - gap + 2} v${gap - 8}" stroke="${line}" stroke-width="2" marker-end="url(#head)"/>`;
    return `${arrow}<rect x="8" y="${y}" width="${width}" height="${height}" rx="8" fill="${box}" stroke="${line}"/>
  <text x="158" y="${y + 24}" text-anchor="middle" font-size="14" font-weight="600" fill="${text}">${method}</text>
  <text x="158" y="${y + 44}" text-anchor="middle" font-size="13" fill="${text}">${result}</text>`;
  });
  const total = 16 + steps.length * height + (steps.length - 1) * gap;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 316 ${total}" width="316" height="${total}" role="img" ${font}>
  <title>The life of a connector customizer: created, uploaded, linked, uploaded again, unlinked, deleted</title>
  <defs><marker id="head" markerWidth="8" markerHeight="8" refX="4" refY="4" orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="${line}"/></marker></defs>
  ${parts.join("\n  ")}
</svg>
`;
}

const social = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1280 640" width="1280" height="640" role="img" ${font}>
  <title>isc-customizers: a TypeScript client for SailPoint connector customizers</title>
  <rect width="1280" height="640" fill="#10192e"/>
  <rect x="80" y="96" width="12" height="150" fill="#93b4ff"/>
  <text x="124" y="170" font-size="84" font-weight="700" fill="#ffffff">isc-customizers</text>
  <text x="124" y="236" font-size="36" fill="#c9d6f5">A TypeScript client for SailPoint connector customizers</text>
  <g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="30" fill="#e6edf3">
    <text x="124" y="360">const customizers = clientFromEnvironment();</text>
    <text x="124" y="412">const list = customizers.listConnectorCustomizers();</text>
    <text x="124" y="464">for await (const { name } of list) console.log(name);</text>
  </g>
  <text x="124" y="568" font-size="28" fill="#93b4ff">Node · Deno · Bun · Workers · browsers — unofficial</text>
</svg>
`;

mkdirSync(path("../docs/images"), { recursive: true });
for (const theme of themes)
  writeFileSync(path(`../docs/images/life-cycle-${theme.name}.svg`), lifeCycle(theme));
writeFileSync(path("public/social.svg"), social);
if (process.argv.includes("--png")) {
  const screenshot = `--screenshot=${path("public/social.png")}`;
  const args = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1280,640"];
  execFileSync("chromium", [...args, screenshot, path("public/social.svg")], { stdio: "ignore" });
}
