/**
 * Tells if a value is an instance of one of these classes of the platform. Accepts the class of another realm (an iframe, a
 * `node:vm` context, jsdom) and a polyfill, and needs none of the classes to exist.
 */
export function isInstanceOf(value: unknown, ...names: string[]): boolean {
  const tag = Object.prototype.toString.call(value).slice("[object ".length, -1);
  return names.some((name) => {
    const own = (globalThis as Record<string, unknown>)[name];
    return tag === name || (typeof own === "function" && value instanceof own);
  });
}
