/** The parameters of a request by their names in the model, with values as the model types them. */
export type Fields = Readonly<Record<string, unknown>>;

/** A parameter that AWS does not have. */
export class UnknownParameter extends Error {
  constructor(readonly parameter: string) {
    super(`unknown parameter ${parameter}`);
  }
}
