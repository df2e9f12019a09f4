import type { ResourceValidationArgs } from "@pulumi/policy";
import { today } from "../organisation/exemptions";
import type { Organisation } from "../organisation/organisation";
import type { StackView } from "../rules/rule";
import type { Properties } from "../resources/plain-object";
import { isPreview } from "./preview";
import type { Policy } from "./pulumi-policy";

/** What one run of the pack has been told so far: the engine starts a process for each. */
export class Analysis {
  /** As YYYY-MM-DD: the day that exemptions are held to. */
  readonly today = today();

  /** undefined: the policy `organisation`, which stands first, is disabled. */
  organisation: Organisation | undefined;

  /**
   * What the program asks for, by URN, as the engine gave it: reading an unknown value throws. At
   * the end the engine shows the resources' outputs, which may still hold what another resource has
   * just taken away, such as a role's attachments.
   */
  readonly inputs = new Map<string, Properties>();

  /** The stack as the first of the rules has read it: the engine hands each a copy of its own. */
  stack: StackView | undefined;

  /** @param preview whether it is for a preview: asked late, as the engine says so after the start */
  constructor(private readonly preview = isPreview) {}

  get isPreview(): boolean {
    return this.preview();
  }

  /** The policy, which records the inputs of each resource that it is handed. */
  recordingInputs(policy: Policy): Policy {
    if (!("validateResource" in policy)) return policy;
    const { validateResource: validate } = policy;
    if (typeof validate !== "function") return policy;
    return {
      ...policy,
      validateResource: (args: ResourceValidationArgs, report) => {
        this.inputs.set(args.urn, args.props);
        return validate(args, report);
      },
    };
  }
}
