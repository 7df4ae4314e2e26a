import { runInNewContext } from "node:vm";

/** The values that expressions name, such as `{ needs: { pack: { result: "success" } } }`. */
export type Context = Readonly<Record<string, unknown>>;

/**
 * Evaluates an expression of GitHub Actions that names values, compares strings and combines conditions. JavaScript understands those
 * once the paths, which may contain hyphens, are looked up. A missing value is an empty string.
 */
function evaluate(expression: string, context: Context): unknown {
  const lookup = (path: string): unknown =>
    path
      .split(".")
      .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], context) ??
    "";
  const script = expression
    .replaceAll(/\b[a-z]+(?:\.[\w-]+)+/g, (path) => `lookup("${path}")`)
    .replaceAll("cancelled()", "false");
  return runInNewContext(script, { lookup });
}

/** Replaces every `${{ expression }}` of a text. */
export function interpolate(text: string, context: Context): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/g, (_, expression: string) =>
    String(evaluate(expression, context)),
  );
}

/** Evaluates a condition, which may be written with or without `${{ }}`. */
export function isTrue(condition: string, context: Context): boolean {
  return Boolean(evaluate(condition.replace(/^\$\{\{(.*)\}\}$/s, "$1"), context));
}
