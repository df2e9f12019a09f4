import type { AttachedPolicy } from "../accounts/live-account";

/** Something that is superseded, and can be taken away. */
export type Removal =
  | ({ readonly kind: "policy" } & PolicyHolder & {
        readonly policy: HeldPolicy;
      })
  | {
      readonly kind: "membership";
      readonly user: string;
      readonly group: string;
    }
  | { readonly kind: "group"; readonly group: string }
  | {
      readonly kind: "key";
      readonly user: string;
      readonly id: string;
      readonly ageInDays: number;
      readonly isActive: boolean;
    }
  | {
      readonly kind: "role";
      readonly role: string;
      /** Who gets in, or why that could not be decided. */
      readonly witness: string;
      readonly isCertain: boolean;
      readonly holdsPolicies: boolean;
    };

export interface PolicyHolder {
  readonly holder: "user" | "group" | "role";
  readonly name: string;
}

export type HeldPolicy =
  | { readonly kind: "inline"; readonly name: string }
  | ({ readonly kind: "attached" } & AttachedPolicy);

export function removalText(removal: Removal): string {
  switch (removal.kind) {
    case "policy": {
      const { holder, name, policy } = removal;
      return policy.kind === "inline"
        ? `${holder} ${name}: inline policy ${policy.name}`
        : `${holder} ${name}: attached policy ${policy.arn}`;
    }
    case "membership":
      return `user ${removal.user}: member of the group ${removal.group}`;
    case "group":
      return `group ${removal.group}, with what it permits`;
    case "key":
      // The id is no secret, but its end is enough to tell one key from another.
      return `user ${removal.user}: access key …${removal.id.slice(-4)}, ${removal.ageInDays} days old${removal.isActive ? "" : ", switched off"}`;
    case "role":
      return `role ${removal.role}, which lets in without MFA: ${removal.witness}${removal.holdsPolicies ? "" : "; it holds no policies: it never did, or its removal was cut off"}`;
  }
}
