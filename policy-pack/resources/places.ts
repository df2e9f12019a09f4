import { oncePerText } from "../decide/once-per";
import type { Path } from "./path";
import { isPlainObject } from "./plain-object";
import { isUnknown } from "./unknown";

/** A value inside another, and the way to it. */
export interface Place {
  readonly path: Path;
  readonly value: unknown;
}

/**
 * By the names on the way, with points between: in each entry of a list. What is not known yet ends it.
 *
 * @param counts whether an entry of a list on the way does
 */
export const placesOf = (
  property: string,
  inside: unknown,
  counts: (entry: unknown) => boolean = () => true,
): readonly Place[] =>
  stepsOf(property).reduce<readonly Place[]>(
    (places, step) =>
      places
        .flatMap((one) => entriesOf(one, counts))
        .map((one) => stepInto(one, step)),
    [{ path: [], value: inside }],
  );

const stepsOf = oncePerText((property) => property.split("."));

const entriesOf = (
  { path, value }: Place,
  counts: (entry: unknown) => boolean,
): readonly Place[] =>
  Array.isArray(value)
    ? [...(value as readonly unknown[]).entries()]
        .filter(([, entry]) => counts(entry))
        .map(([index, entry]) => ({ path: [...path, index], value: entry }))
    : [{ path, value }];

const stepInto = ({ path, value }: Place, step: string): Place =>
  isUnknown(value)
    ? { path, value }
    : {
        path: [...path, step],
        value: isPlainObject(value) ? value[step] : undefined,
      };
