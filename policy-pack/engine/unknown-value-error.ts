import * as policy from "@pulumi/policy";
import type { Path } from "../resources/path";
import { markers } from "../resources/unknown";

/** The package exports the class, but strips it from its types. */
const { UnknownValueError } = policy as unknown as {
  readonly UnknownValueError: new (marker: string, path: Path) => Error;
};

const [, , ofText] = markers;

/** The engine's own error, of which it makes an advisory finding. */
export const unknownValueError = (path: Path): Error =>
  new UnknownValueError(ofText, path);
