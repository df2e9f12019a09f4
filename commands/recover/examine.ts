import { explained, isUnanswered } from "../command-line/explained";
import {
  isWithoutAws,
  logicalName,
  pendingOperationsOf,
  resourcesOf,
  type ExportedResource,
  type ExportedStack,
} from "../stacks/exported-stack";
import { InputNotKnown, type Made } from "./made";
import {
  accountOfProvider,
  type OtherWay,
  type ProviderAccount,
} from "./provider-account";
import { findings } from "./types";

/** A creation that may have been done, and what became of it. */
export interface Examined {
  readonly resource: ExportedResource;
  /** The resource's logical name. */
  readonly name: string;
  readonly made: Made;
}

/** Looks in the accounts what became of creations: it only reads. */
export class Examiner {
  private readonly accounts = new Map<string, ProviderAccount>();

  constructor(private readonly otherWay: OtherWay) {}

  /**
   * @param created what may have been created
   * @param planned what the program makes besides
   */
  async examine(
    stack: ExportedStack,
    created: readonly ExportedResource[],
    planned: readonly ExportedResource[] = [],
  ): Promise<readonly Examined[]> {
    const pending = pendingOperationsOf(stack).map(({ resource }) => resource);
    const ofStack = [...resourcesOf(stack), ...pending, ...planned];
    const examined: Examined[] = [];
    for (const resource of created) {
      examined.push({
        resource,
        name: logicalName(resource.urn),
        made: await this.madeOf(stack, resource, ofStack),
      });
    }
    return examined;
  }

  private async madeOf(
    stack: ExportedStack,
    resource: ExportedResource,
    ofStack: readonly ExportedResource[],
  ): Promise<Made> {
    const { type, inputs = {} } = resource;
    if (isWithoutAws(resource)) {
      return { answer: "made again", why: "it is in the state alone" };
    }
    const finding = findings[type];
    if (finding === undefined) {
      return {
        answer: "not known",
        why: `${type} is no type that the program makes. Fix: look in the account, and run pulumi import or pulumi refresh --clear-pending-creates.`,
      };
    }
    try {
      const account = this.accountOf(stack, resource);
      return await finding({ ...account, inputs, ofStack });
    } catch (error) {
      if (error instanceof InputNotKnown) return { answer: "never was" };
      // Pulumi would ask the same next, and wait for the answer without end.
      if (isUnanswered(error)) throw error;
      return { answer: "not known", why: explained(error) };
    }
  }

  private accountOf(
    stack: ExportedStack,
    { provider = "" }: ExportedResource,
  ): ProviderAccount {
    const known = this.accounts.get(provider);
    if (known !== undefined) return known;
    const found = resourcesOf(stack).find(
      ({ urn, id = "" }) => `${urn}::${id}` === provider,
    );
    if (found === undefined) {
      throw new Error(`its provider ${provider} is not in the state`);
    }
    const account = accountOfProvider(found, this.otherWay);
    this.accounts.set(provider, account);
    return account;
  }
}
