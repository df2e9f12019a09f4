import { requestBeyond } from "../../../policy-pack/decide/beyond";
import { placesOf, unlessUnreadable } from "../../accounts/documents";
import { rolePermissions } from "../../accounts/permissions";
import { anyRealRequest, realRequestWords } from "../../requests/real-request";
import type { RoleHere } from "./alike";
import { elsewhere } from "./normalised";

/** What a role may do that another of its account may not. */
export type Gain =
  | { readonly kind: "more" | "undecided"; readonly words: string }
  | { readonly kind: "none" };

/** Of roles that are alike, asked once. */
export class Gains {
  private readonly known = new Map<
    string,
    { readonly account: string; readonly gain: Gain }
  >();

  of(here: RoleHere, from: RoleHere): Gain {
    const key = JSON.stringify([here.likeness, from.likeness]);
    const known = this.known.get(key) ?? {
      account: here.account.id,
      gain: gainOver(here, from),
    };
    this.known.set(key, known);
    return elsewhere(known.gain, known.account, here.account.id);
  }
}

function gainOver(here: RoleHere, from: RoleHere): Gain {
  const gain = unlessUnreadable((): Gain => {
    const [found, meant] = [here, from].map(({ account, role }) =>
      rolePermissions(account.live, role),
    );
    if (found === undefined || meant === undefined) return { kind: "none" };
    const beyond = requestBeyond(found, meant, found.caller, anyRealRequest);
    switch (beyond.answer) {
      case "closed":
        return { kind: "none" };
      case "undecided":
        return { kind: "undecided", words: beyond.why };
      case "open": {
        const request = realRequestWords(beyond.question, beyond.witness);
        const words = `${request}, by ${placesOf(beyond.statements)}`;
        return { kind: "more", words };
      }
    }
  });
  return typeof gain === "string" ? { kind: "undecided", words: gain } : gain;
}
