import { madeOf } from "./covers";
import type { Document, Statement } from "./document";
import { variablesIn } from "./text/template";

/** Keys that the statement reads: those of its conditions, and those of its policy variables. */
export const keysRead = ({
  conditions,
  resources,
}: Statement): readonly string[] => [
  ...conditions.flatMap(({ key, values }) => [
    key,
    ...values.flatMap(variablesIn),
  ]),
  ...(resources?.values ?? []).flatMap(variablesIn),
];

/**
 * What is left to rely on whatever some keys are. Of the statements that read them, those of one effect
 * may fail, and are left out; the others may hold, and say nothing of these keys any more.
 *
 * @param failing `Allow`: what is allowed then is allowed for certain; `Deny`: nothing more ever is
 */
export const withoutKeys = (
  { statements }: Document,
  isLeftOut: (key: string) => boolean,
  failing: Statement["effect"] = "Allow",
): Document => ({
  statements: statements.flatMap((one) => {
    if (!keysRead(one).some(isLeftOut)) return [one];
    if (one.effect === failing) return [];
    const conditions = one.conditions.filter(
      ({ key, values }) =>
        ![key, ...values.flatMap(variablesIn)].some(isLeftOut),
    );
    const ofResources = one.resources?.values.flatMap(variablesIn) ?? [];
    const resources = ofResources.some(isLeftOut) ? undefined : one.resources;
    return [madeOf(one, { conditions, resources })];
  }),
});
