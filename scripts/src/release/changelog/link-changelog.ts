/** The addresses of the names and lines in a changelog. */
export interface ChangelogLinks {
  /** The addresses of operations and types, by name. */
  readonly names: ReadonlyMap<string, string>;
  /** Returns the address of a line, such as `spec/openapi.yaml:12`, or `undefined`. */
  readonly line: (file: string, line: string) => string | undefined;
}

/** Adds links to the newest section of a changelog. */
export function linkNewestSection(changelog: string, links: ChangelogLinks): string {
  const start = changelog.search(/^## /m);
  if (start < 0) return changelog;
  const length = changelog.slice(start + 1).search(/^## /m);
  const end = length < 0 ? changelog.length : start + 1 + length;
  return changelog.slice(0, start) + link(changelog.slice(start, end), links) + changelog.slice(end);
}

function link(section: string, { names, line }: ChangelogLinks): string {
  return section
    .replaceAll(/(?<!\[)`([\w$]+)`/g, (code: string, name: string) => {
      const address = names.get(name);
      return address === undefined ? code : `[${code}](${address})`;
    })
    .replaceAll(
      /(?<![[\w/])((?:spec|etc)\/[\w./-]+):(\d+)/g,
      (place: string, file: string, number: string) => {
        const address = line(file, number);
        return address === undefined ? place : `[${place}](${address})`;
      },
    );
}
