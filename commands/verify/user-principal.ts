import { userCase, type CallerCase } from "../../policy-pack/decide/callers";
import type { Permissions } from "../../policy-pack/decide/powers";
import type { LiveAccount, LiveUser } from "../accounts/live-account";
import { userPermissions } from "../accounts/permissions";

/** A user of the bastion with all that decides over the user's requests. */
export class UserPrincipal {
  readonly caller: CallerCase;
  private read: Permissions | undefined;

  constructor(
    private readonly account: LiveAccount,
    readonly user: LiveUser,
  ) {
    this.caller = this.callerWith(user.arn);
  }

  /** @throws UnreadableDocument */
  get permissions(): Permissions {
    this.read ??= userPermissions(this.account, this.user);
    return this.read;
  }

  /** Any user with these permissions: what is closed to that one is closed to all who share them. */
  get alike(): Permissions {
    const { documents, boundary, account } = this.permissions;
    const caller = this.callerWith(undefined);
    return { caller, documents, boundary, account };
  }

  private callerWith(arn: string | undefined): CallerCase {
    const { accountId: account, partition } = this.account;
    return userCase({ account, partition, arn });
  }
}
