import fc from "fast-check";

/** What is right most of the time, so that what is wrong in one way is right in the others and gets far. */
export function mostly<T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>, weight = 8): fc.Arbitrary<T> {
  return fc.oneof({ weight, arbitrary: usual }, odd);
}
