import { grouped } from "../../../policy-pack/identities/grouped";
import type { GivenFacts } from "../facts";
import { finding, type Findings } from "../findings";
import type { RoleHere } from "../power/alike";
import type { Gain, Gains } from "../power/gains";
import { originOf } from "../power/origin";
import { toDelete, toNarrow } from "../power/remedies";
import { unreadOn, type Takers } from "../power/takers";
import type { Way } from "../power/ways";

/** Without power over IAM, a role still gives more to whoever gets there from a weaker one. */
export function* checkGain(
  facts: GivenFacts,
  here: RoleHere,
  takers: Takers,
  gains: Gains,
): Findings {
  if (originOf(facts, here) !== "unknown") return;
  const gaining = takers
    .held(here)
    .map((way) => ({ way, gain: gains.of(here, way.from) }))
    .filter(({ gain }) => gain.kind !== "none");
  for (const one of gaining.filter(({ way }) => way.unread.length === 0)) {
    yield gained(here, one, takers);
  }
  yield* perhapsRunning(
    here,
    gaining.filter(({ way }) => way.unread.length > 0),
    takers,
  );
}

interface Gaining {
  readonly way: Way;
  readonly gain: Gain;
}

function gained(
  { account, role }: RoleHere,
  { way, gain }: Gaining,
  takers: Takers,
) {
  const what = `${role.name} in ${account.name}`;
  const from = takers.wayWords(way);
  const words = gain.kind === "none" ? "" : gain.words;
  const isSure = gain.kind === "more" && way.doubt === undefined;
  const [kind, message] = isSure
    ? ([
        "leads-to-more",
        `${what} may call ${words}. Who gets there, and may not by what they hold: ${from}`,
      ] as const)
    : ([
        "power-undecided",
        `${what} perhaps gives more than they hold to ${from}: ${[words, way.doubt].join("; ")}`,
      ] as const);
  return finding(kind, account, role.arn, message, toDelete(role, account));
}

/** One finding for all that gain the same: many roles of the config may change the same functions. */
function* perhapsRunning(
  { account, role }: RoleHere,
  gaining: readonly Gaining[],
  takers: Takers,
): Findings {
  const all = grouped(gaining, ({ gain }) => wordsOf(gain));
  for (const [words, several] of all) {
    const ways = several.map(({ way }) => way);
    const from = ways.map((way) => takers.wayWords(way)).join("; ");
    const message = [
      `${role.name} in ${account.name} ${words}`,
      `Who may not by what they hold, and gets there: ${from}`,
      ...unreadOn(ways),
    ].join(". ");
    const remedy = toNarrow(role, account);
    yield finding("runs-with-more", account, role.arn, message, remedy);
  }
}

function wordsOf(gain: Gain): string {
  switch (gain.kind) {
    case "none":
      return "";
    case "more":
      return `may call ${gain.words}`;
    case "undecided":
      return `perhaps may do more: ${gain.words}`;
  }
}
