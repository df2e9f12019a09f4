import type { AttachedPolicy } from "../accounts/live-account";

/** Something that is superseded, and can be taken away. */
export type Removal =
  | {
      readonly kind: "policy of a user";
      readonly user: string;
      readonly policy: HeldPolicy;
    }
  | {
      readonly kind: "membership";
      readonly user: string;
      readonly group: string;
    }
  | {
      readonly kind: "policy of a group";
      readonly group: string;
      readonly policy: HeldPolicy;
    }
  | { readonly kind: "group"; readonly group: string }
  | {
      readonly kind: "key";
      readonly user: string;
      readonly id: string;
      readonly ageInDays: number;
    }
  | {
      readonly kind: "role";
      readonly role: string;
      /** Who gets in, or why that could not be decided. */
      readonly witness: string;
      readonly isCertain: boolean;
    };

export type HeldPolicy =
  | { readonly kind: "inline"; readonly name: string }
  | ({ readonly kind: "attached" } & AttachedPolicy);

export function removalText(removal: Removal): string {
  switch (removal.kind) {
    case "policy of a user":
      return `user ${removal.user}: ${policyText(removal.policy)}`;
    case "membership":
      return `user ${removal.user}: member of the group ${removal.group}`;
    case "policy of a group":
      return `group ${removal.group}: ${policyText(removal.policy)}`;
    case "group":
      return `group ${removal.group}, with what it permits`;
    case "key":
      // The id is no secret, but its end is enough to tell one key from another.
      return `user ${removal.user}: access key …${removal.id.slice(-4)}, ${removal.ageInDays} days old`;
    case "role":
      return `role ${removal.role}, taken without MFA: ${removal.witness}`;
  }
}

const policyText = (policy: HeldPolicy): string =>
  policy.kind === "inline"
    ? `inline policy ${policy.name}`
    : `attached policy ${policy.arn}`;
