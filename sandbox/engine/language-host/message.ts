import type { Message } from "google-protobuf";

/** The fields of a message, by the names in the methods that set them. */
export type Fields<M> = {
  readonly [
    Setter in keyof M as Setter extends `set${infer Name}`
      ? Uncapitalize<Name>
      : never
  ]?: M[Setter] extends (value: infer Value) => unknown ? Value : never;
};

/** A message with its fields set: protobuf's own way is a call for each. */
export function message<M extends Message>(made: M, fields: Fields<M>): M {
  const setters = made as unknown as Record<string, (value: unknown) => void>;
  for (const [name, value] of Object.entries(fields)) {
    setters[`set${name.charAt(0).toUpperCase()}${name.slice(1)}`]?.call(
      made,
      value,
    );
  }
  return made;
}
