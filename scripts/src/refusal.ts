/** Something that the spec holds and a layer cannot express. */
export interface Refusal {
  readonly pointer: string;
  readonly message: string;
  readonly remedy: string;
}
