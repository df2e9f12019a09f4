import type { Document, Statement } from "../../../policy-pack/decide/document";
import { trustOf, unlessUnreadable } from "../../accounts/documents";
import type { LiveRole } from "../../accounts/live-account";
import type { UserPrincipal } from "../user-principal";
import { pinsOfUser, type Pins, type Truth } from "./pins";
import {
  aboutAssumeRole,
  residualOf,
  tellsApart,
  type Asking,
  type Residual,
  type Side,
} from "./residual";

/** What is left of a statement for a user; of what can't be read, that it can't. */
export interface Left {
  readonly statement: Statement | undefined;
  readonly residual: Residual;
}

/** A trust policy, or why it can't be read. */
export type Trust = Document | string;

/** What decides about the requests of one user, before it is known which role they are for. */
export class UserSide {
  /** By the user's own permissions and boundary. */
  readonly permissions: readonly Left[];
  private readonly pins: Pins;
  private readonly read;
  private readonly truths = new Map<string, Truth>();

  constructor(readonly principal: UserPrincipal) {
    const read = unlessUnreadable(() => principal.permissions);
    this.read = read;
    const { caller } = typeof read === "string" ? principal : read;
    this.pins = pinsOfUser(caller, principal.user);
    this.permissions =
      typeof read === "string"
        ? [onlyText(read)]
        : [
            ...read.documents.flatMap((one) => this.left(one, "permissions")),
            // One that allows nothing leaves no statement, and lets nothing through.
            ...(read.boundary === undefined ? [] : [onlyText("a boundary")]),
            ...(read.boundary ?? []).flatMap((one) =>
              this.left(one, "boundary"),
            ),
          ];
  }

  trust(trust: Trust): readonly Left[] {
    return typeof trust === "string"
      ? [onlyText(trust)]
      : this.left(trust, "trust");
  }

  /** Whether the trust policy may say something else to another user. */
  isToldApartBy(trust: Trust): boolean {
    return typeof trust !== "string" && tellsApart(trust, this.pins);
  }

  private left(document: Document, side: Side): readonly Left[] {
    if (!tellsApart(document, this.pins)) {
      return leftOnce(document, side, this.asking(document));
    }
    return leftOf(document, side, this.asking(document));
  }

  private asking(document: Document): Asking {
    const { caller } = this.principal;
    const documents =
      typeof this.read === "string"
        ? [document]
        : [document, ...this.read.documents, ...(this.read.boundary ?? [])];
    const { pins, truths } = this;
    return { caller, pins, documents, truths };
  }
}

export const readTrust = (role: LiveRole): Trust =>
  unlessUnreadable(() => trustOf(role));

const onlyText = (text: string): Left => ({
  statement: undefined,
  residual: { text, rest: text, byRole: [] },
});

/** Of documents that say the same to every user of the bastion. */
const same = new WeakMap<Document, Map<Side, readonly Left[]>>();

function leftOnce(
  document: Document,
  side: Side,
  asking: Asking,
): readonly Left[] {
  const bySide = same.get(document) ?? new Map<Side, readonly Left[]>();
  same.set(document, bySide);
  const left = bySide.get(side) ?? leftOf(document, side, asking);
  bySide.set(side, left);
  return left;
}

const leftOf = (
  document: Document,
  side: Side,
  asking: Asking,
): readonly Left[] =>
  aboutAssumeRole(document).flatMap((statement) => {
    const residual = residualOf(statement, side, asking);
    return residual === undefined ? [] : [{ statement, residual }];
  });
