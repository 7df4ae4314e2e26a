import fc from "fast-check";

/** Mixes a few odd values into usual ones, so that a request is usually wrong in one place only and is processed far enough. */
export function mostly<T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>, weight = 8): fc.Arbitrary<T> {
  return fc.oneof({ weight, arbitrary: usual }, odd);
}
