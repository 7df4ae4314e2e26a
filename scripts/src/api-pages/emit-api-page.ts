import { code, table } from "../emit/reference/markdown.ts";
import type { ApiPage } from "./pages.ts";
import type { Declaration, Docs, Member } from "./read-declarations.ts";

/** Examples in docstrings use names such as `auth`, which they do not declare. */
const fragment = "<!-- only type-checked: An example in a docstring uses names of the program around it. -->";

/** Emits the page of these declarations. */
export function emitApiPage(page: ApiPage, declarations: readonly Declaration[]): string {
  const selected = declarations.filter(({ name }) => page.selects(name));
  const position = ({ name }: Declaration) => {
    const index = page.first.indexOf(name);
    return index === -1 ? page.first.length : index;
  };
  const ordered = selected.toSorted((a, b) => position(a) - position(b));
  return [
    `<!-- Generated from the docstrings of ${page.source} by \`pnpm api:report\`. Do not edit. -->\n`,
    `# ${page.title}\n`,
    `${page.introduction}\n`,
    ...ordered.map(section),
    "[Index](index.md)\n",
  ].join("\n");
}

function section(declaration: Declaration): string {
  const { name, type, bases, members } = declaration;
  const hasSections = members.some(({ examples }) => examples.length > 0);
  return [
    `## ${name}\n`,
    ...(type === "" ? [] : [`${code(type)}\n`]),
    ...(bases.length === 0 ? [] : [`Extends ${bases.map(code).join(", ")}.\n`]),
    ...docs(declaration),
    ...(hasSections ? members.map(memberSection) : [memberTable(members)].filter(Boolean)),
  ].join("\n");
}

function docs({ text, examples, throws }: Docs): string[] {
  return [
    ...(text === "" ? [] : [`${text}\n`]),
    ...throws.map((thrown) => `Throws ${thrown.replace(/^\w+/, code)}\n`),
    ...examples.map((example) => `${example.replaceAll(/^```ts$/gm, `${fragment}\n\n$&`)}\n`),
  ];
}

function memberSection(member: Member): string {
  const { name, type, optional } = member;
  const value = member.default === undefined ? "" : ` Default: ${valueOf(member.default)}.`;
  return [
    `### ${name}\n`,
    `Type: ${code(type)}${optional ? ", optional" : ""}.${value}\n`,
    ...docs(member),
  ].join("\n");
}

function memberTable(members: readonly Member[]): string {
  if (members.length === 0) return "";
  const required = members.filter(({ optional }) => !optional);
  // Members that are all required, or all optional, need no column that says so.
  const isMixed = required.length > 0 && required.length < members.length;
  const hasDefault = members.some((member) => member.default !== undefined);
  return table(
    ["Name", "Type", ...(isMixed ? ["Required"] : []), ...(hasDefault ? ["Default"] : []), "Description"],
    members.map((member) => [
      code(member.name),
      code(member.type),
      ...(isMixed ? [member.optional ? "no" : "yes"] : []),
      ...(hasDefault ? [member.default === undefined ? "" : valueOf(member.default)] : []),
      member.text,
    ]),
  );
}

/** A default is a value, or a sentence with code in it. */
function valueOf(text: string): string {
  return /`|^the |^none$|^no /.test(text) ? text : code(text);
}
