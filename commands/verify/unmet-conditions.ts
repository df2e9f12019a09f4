import { isText, known } from "../../policy-pack/decide/assign-values";
import type { Statement } from "../../policy-pack/decide/document";
import { Effort, unlessTooLong } from "../../policy-pack/decide/effort";
import {
  actionKey,
  isMissing,
  resourceKey,
  type Literal,
} from "../../policy-pack/decide/literal";
import { speaksOf } from "../../policy-pack/decide/principal";
import type { Witness } from "../../policy-pack/decide/search";
import { solveKey } from "../../policy-pack/decide/solve-key";
import { literalsOf } from "../../policy-pack/decide/statement-literals";
import { templateText } from "../../policy-pack/decide/text/template";
import { keyName } from "../../policy-pack/findings/key-names";

/**
 * What keeps the witness's request from the statements' Allow that it comes nearest to, as a policy has
 * it: `StringEquals sts:RoleSessionName "${aws:username}"`. None, where no Allow speaks of the request.
 */
export function unmetConditions(
  statements: readonly Statement[],
  witness: Witness,
): readonly string[] {
  const [nearest = []] = statements
    .filter((one) => one.effect === "Allow" && speaksOf(one, witness.caller))
    .map((one) => literalsOf(one).filter((each) => fails(each, witness)))
    .filter(
      (unmet) =>
        unmet.length > 0 &&
        unmet.every(
          ({ condition: { key } }) => key !== actionKey && key !== resourceKey,
        ),
    )
    .sort((one, other) => one.length - other.length);
  return nearest.map(
    ({ condition: { operatorName, key, writtenKey, values } }) => {
      const texts = values.map((value) => JSON.stringify(templateText(value)));
      return `${operatorName} ${keyName(key, writtenKey)} ${texts.join(", ")}`;
    },
  );
}

/** Certainly: of a key that was not asked for, or that has several values, nobody says so. */
function fails(one: Literal, { values }: Witness): boolean {
  const { key } = one.condition;
  const value = values.get(key);
  if (!values.has(key) || (value?.length ?? 0) > 1) return false;
  const fixed = value?.map((text) => isText(key, text)) ?? [isMissing(key)];
  const lookup = (variable: string) =>
    values.has(variable)
      ? known(values.get(variable))
      : { kind: "open" as const };
  const effort = new Effort();
  return unlessTooLong(
    () => solveKey([one, ...fixed], { lookup, effort }).kind === "none",
    // A statement is near where it certainly speaks of the request.
    key === actionKey || key === resourceKey,
  );
}
