import type { ExpectedAccess } from "../../../commands/verify/expected";
import type { VerificationSettings } from "../../../commands/verify/facts";
import {
  factsOf,
  type FindingKind,
} from "../../../commands/verify/finding-kinds";
import type { SandboxAws } from "../../../sandbox/aws";

/** Those whose remedy is a deployment, with what is there read anew. */
export const isDeployed = ({ rule, mend }: Fault): boolean =>
  mend === "deploy" ||
  (mend === undefined && factsOf[rule].remedy.includes("pulumi up --refresh"));

/** Something that went wrong in the accounts, and the finding that must tell it. */
export interface Fault {
  readonly name: string;
  readonly plant: (aws: SandboxAws) => Promise<unknown>;
  readonly rule: FindingKind;
  /** Found in the finding's message. */
  readonly says: RegExp;
  /** What is verified with; left out: the defaults, and the committed stacks. */
  readonly settings?: Partial<VerificationSettings>;
  readonly expects?: (committed: ExpectedAccess) => ExpectedAccess;
  /** Left out: the verification fails. */
  readonly outcome?: "pass";
  /**
   * What the remedies ask for where they name no calls: a deployment with what is there read anew, or
   * what somebody does by hand. Left out: the calls that the findings' remedies name.
   */
  readonly mend?: "deploy" | ((aws: SandboxAws) => Promise<unknown>);
  /** What is verified with once that is done, where the remedies ask to change it as well. */
  readonly settingsMended?: Partial<VerificationSettings>;
}
