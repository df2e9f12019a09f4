/** Says why a client can't be set up, to the person who asked for it. */
export class SetUpError extends Error {
  override readonly name = "SetUpError";
}
