/**
 * Returns `true` for an instance of one of these global classes. The class may be a polyfill or belong to another realm (an iframe, a
 * `node:vm` context, jsdom). It need not exist in this realm.
 */
export function isInstanceOf(value: unknown, ...names: string[]): boolean {
  const tag = Object.prototype.toString.call(value).slice("[object ".length, -1);
  return names.some((name) => {
    const own = (globalThis as Record<string, unknown>)[name];
    return tag === name || (typeof own === "function" && value instanceof own);
  });
}
