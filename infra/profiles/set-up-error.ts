/** Says why a client can't be set up, to the person who asked for it. */
export class SetUpError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "SetUpError";
  }
}
