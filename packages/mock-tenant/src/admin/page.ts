import { createHash } from "node:crypto";
import type { ActiveFault } from "../faults/faults.ts";
import { targetOf } from "../http/request-log.ts";
import type { RequestRecord } from "../http/request-log.ts";
import type { Customizer, VersionRecord } from "../state/customizer-store.ts";
import { PAGE_FAULTS } from "./fault-switches.ts";
import { Html, html } from "./html.ts";

/** Content of the page. */
export interface PageContent {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly customizerCount: number;
  /** The newest customizers, newest first. */
  readonly customizers: readonly {
    readonly customizer: Customizer;
    readonly versions: readonly VersionRecord[];
  }[];
  /** The last requests, newest first. */
  readonly requests: readonly RequestRecord[];
  readonly faults: readonly ActiveFault[];
}

const STYLE = `
  :root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
  body { margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
  table { border-collapse: collapse; width: 100%; }
  th, td { border-bottom: 1px solid #8884; padding: 0.25rem 0.75rem 0.25rem 0; text-align: left; vertical-align: top; }
  code, td { font-family: ui-monospace, monospace; font-size: 13px; }
  code, td, li { overflow-wrap: anywhere; }
  ul { list-style: none; margin: 0; padding: 0; columns: 22rem; }
  .failed { color: #c33; }
`;

// The server renders the page; the script replaces the main element and sends the switches. A press or a selection would be lost,
// so the script waits until it ends. The focus stays on the same switch.
const SCRIPT = `
  const show = async () => {
    const page = new DOMParser().parseFromString(await (await fetch("/")).text(), "text/html");
    const [main, made] = [document.querySelector("main"), page.querySelector("main")];
    if (main.innerHTML === made.innerHTML || main.matches(":active") || getSelection().type === "Range") return;
    const { fault } = document.activeElement.dataset;
    main.replaceWith(made);
    [...made.querySelectorAll("input")].find((input) => input.dataset.fault === fault)?.focus();
  };
  document.addEventListener("change", async ({ target }) => {
    const { id, fault } = target.dataset;
    const headers = { "Content-Type": "application/json" };
    if (target.checked) await fetch("/_mock/faults", { method: "POST", headers, body: fault });
    else await fetch("/_mock/faults/" + id, { method: "DELETE" });
    await show();
  });
  setInterval(() => show().catch(() => {}), 1000);
`;

// Separate from the page's template: its white space would change the hash.
const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`);
const SCRIPT_ELEMENT = new Html(`<script>${SCRIPT}</script>`);

/** Sources of the Content Security Policy that allow only the page's own style and script: https://www.w3.org/TR/CSP3/#csp-header. */
export const STYLE_SOURCE: string = hashSource(STYLE);
export const SCRIPT_SOURCE: string = hashSource(SCRIPT);

function hashSource(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/** Renders the page of a tenant. */
export function renderPage(content: PageContent): string {
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>Mock tenant</title>
        <link rel="icon" href="data:," />
        ${STYLE_ELEMENT}
      </head>
      <body>
        <main>
          <h1>Mock tenant</h1>
          <p><code>${content.baseUrl}</code>, client id <code>${content.clientId}</code></p>
          <h2>Faults</h2>
          ${faultList(content.faults)}
          <h2>Customizers (${content.customizerCount})</h2>
          ${customizerTable(content)}
          <h2>Last requests</h2>
          ${requestTable(content.requests)}
        </main>
        ${SCRIPT_ELEMENT}
      </body>
    </html> `.markup;
}

/** Renders a switch for each predefined fault and for each other active fault. */
function faultList(active: readonly ActiveFault[]): Html {
  const own = Object.entries(PAGE_FAULTS).map(([label, fault]) => ({ label, fault: JSON.stringify(fault) }));
  const on = active.map(({ id, fault, hits }) => ({ id, hits, fault: JSON.stringify(fault) }));
  const others = on.filter(({ fault }) => !own.some((one) => one.fault === fault));
  return html`<ul>
    ${own.map(({ label, fault }) => {
      const found = on.find((one) => one.fault === fault);
      return faultSwitch(label, fault, found?.id, found?.hits);
    })}${others.map(({ id, fault, hits }) => faultSwitch(fault, fault, id, hits))}
  </ul>`;
}

function faultSwitch(label: string, fault: string, id: string | undefined, hits: number | undefined): Html {
  const checked = id === undefined ? "" : new Html(" checked");
  return html`<li>
    <label
      ><input type="checkbox" autocomplete="off" data-fault="${fault}" data-id="${id}" ${checked} />
      ${label}</label
    >
    ${hits === undefined ? "" : html`(hits: ${hits})`}
  </li> `;
}

function customizerTable({ customizers, customizerCount }: PageContent): Html {
  if (customizerCount === 0) return html`<p>None yet.</p>`;
  const rest = customizerCount - customizers.length;
  return html`<table>
      <thead>
        <tr>
          <th>Id</th>
          <th>Name</th>
          <th>Created</th>
          <th>Versions</th>
        </tr>
      </thead>
      <tbody>
        ${customizers.map(
          ({ customizer, versions }) =>
            html`<tr>
              <td>${customizer.id}</td>
              <td>${customizer.name}</td>
              <td>${customizer.created}</td>
              <td>${versions.map(versionLine)}</td>
            </tr> `,
        )}
      </tbody>
    </table>
    ${rest > 0 ? html`<p>and ${rest} older customizers.</p>` : ""}`;
}

function versionLine({ version, created, archive }: VersionRecord): Html {
  return html`<div title="SHA-256 ${archive.sha256}">
    ${version}: ${created}, ${archive.size} bytes, ${archive.entries.length} entries
  </div>`;
}

function requestTable(requests: readonly RequestRecord[]): Html {
  if (requests.length === 0) return html`<p>None yet.</p>`;
  return html`<table>
    <thead>
      <tr>
        <th>Request</th>
        <th>Operation</th>
        <th>Status</th>
        <th>Time</th>
        <th>Size</th>
        <th>Fault</th>
      </tr>
    </thead>
    <tbody>
      ${requests.map(requestRow)}
    </tbody>
  </table>`;
}

function requestRow(request: RequestRecord): Html {
  const { method, operationId, status, duration, size, fault } = request;
  const failed = status === undefined || status >= 400 ? new Html(` class="failed"`) : "";
  return html`<tr${failed}><td>${method} ${targetOf(request)}</td><td>${operationId}</td>
<td>${status ?? "dropped"}</td><td>${duration.toFixed(1)} ms</td><td>${size} bytes</td><td>${fault}</td></tr>
`;
}
