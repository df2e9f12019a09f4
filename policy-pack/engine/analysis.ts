import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { today } from "../organisation/exemptions";
import type { Organisation } from "../organisation/organisation";
import type { StackView } from "../rules/rule";
import type { Properties } from "../resources/plain-object";
import type { Resource } from "../resources/resource";
import { resourceFromEngine } from "./from-engine";
import { isPreview } from "./preview";

/** What one run of the pack has been told so far: the engine starts a process for each. */
export class Analysis {
  /** As YYYY-MM-DD: the day that exemptions are held to. */
  readonly today = today();

  /** undefined: the policy `organisation`, which stands first, is disabled. */
  organisation: Organisation | undefined;

  /** What the program asks for, by URN, as the engine gave it: reading an unknown value throws. */
  readonly inputs = new Map<string, Properties>();

  /**
   * The same, as rules see it. The engine hands each policy a copy of its own, and reading each would
   * take longer than most rules do. At the end it shows the resources' outputs, which may still hold
   * what another resource has just taken away, such as a role's attachments.
   */
  readonly resources = new Map<string, Resource>();

  /** All resources at the end, as the engine has handed them to the first of the rules. */
  shown: readonly PolicyResource[] | undefined;

  /** The stack as the first of the rules has read it. */
  stack: StackView | undefined;

  /**
   * The resource that the engine asks about, where it waits for one answer alone; undefined: it waits for
   * several, or nobody tells.
   */
  asked: Resource | undefined;

  private open = 0;
  private readonly told = new Set<string>();

  /** @param preview whether it is for a preview: asked late, as the engine says so after the start */
  constructor(private readonly preview = isPreview) {}

  get isPreview(): boolean {
    return this.preview();
  }

  /** What concerns the run as a whole is said at the first resource: which that is, no state promises. */
  once(policy: string, tell: () => void): void {
    if (this.told.has(policy)) return;
    this.told.add(policy);
    tell();
  }

  /** To be called before the rules judge it, each time that the engine asks of it. */
  record(args: ResourceValidationArgs): void {
    const resource = resourceFromEngine(args);
    this.inputs.set(args.urn, args.props);
    this.resources.set(args.urn, resource);
    this.asked = this.open === 1 ? resource : undefined;
  }

  /** The engine has asked about a resource. */
  begin(): void {
    this.open += 1;
    this.asked = undefined;
  }

  /** It has its answer. */
  end(): void {
    this.open -= 1;
    this.asked = undefined;
  }
}
