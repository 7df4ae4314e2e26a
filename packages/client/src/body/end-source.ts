/** The part of Node's `Readable` that ends it. A socket and an `IncomingMessage` have it too. */
interface Destroyable {
  readonly closed?: boolean;
  destroy(): unknown;
  on?(event: "close" | "error", listener: () => void): unknown;
}

/** Returns the source as a stream of Node, or `undefined` if it is not one. */
export function destroyable(source: object): Destroyable | undefined {
  return "destroy" in source && typeof source.destroy === "function" ? (source as Destroyable) : undefined;
}

/**
 * Ends a source that is not read to its end. A stream is destroyed, also while a read of it is pending; the `return` of a generator
 * waits for the pending read.
 * @returns a promise that resolves when the source has ended.
 */
export async function endSource(
  source: object,
  iterator: { return?: () => unknown } = source,
): Promise<void> {
  const stream = destroyable(source);
  if (!stream) return void (await iterator.return?.());
  await new Promise<void>((resolve) => {
    if (stream.closed === false && stream.on) stream.on("close", resolve);
    else resolve();
    // Without a reason: the stream would emit it as an error of its own.
    stream.destroy();
  });
}
