import {
  halfReplacedIn,
  isWithoutAws,
  logicalName,
  pendingOperationsOf,
  resourcesOf,
  toBeDeletedIn,
  type ExportedResource,
  type ExportedStack,
} from "../stacks/exported-stack";
import { leftoversOf } from "../stacks/leftovers";
import { fewOf } from "../formats/few-of";
import type { Examined, Examiner } from "./examine";
import type { RecoveringStack } from "./recovering-stack";
import { foundText } from "./report";
import { isSettled, resolvedState } from "./resolved-state";
import { untilSeen, writtenAt, type Patience } from "./until-seen";

/** The person whose stack it is. */
export interface Author {
  readonly print: (text: string) => void;
  readonly isAgreed: () => Promise<boolean>;
  /** Cells in a line of what is printed. */
  readonly width: number;
}

/** Puts right what is left of a deployment that was cut off. */
export class Recovery {
  constructor(
    private readonly stack: RecoveringStack,
    private readonly examiner: Examiner,
    private readonly author: Author,
    private readonly patience: Patience,
  ) {}

  /**
   * @param search whether the program's plan is looked for in the accounts as well
   * @param cutOffAt milliseconds since the epoch, from when on nothing was made any more
   * @returns 0: the stack can be deployed; 1: something is left to do
   */
  async run(
    exported: ExportedStack,
    search: boolean,
    cutOffAt = writtenAt(exported),
  ): Promise<number> {
    const until = cutOffAt + this.patience.delay;
    const pending = pendingOperationsOf(exported);
    const replaced = halfReplacedIn(exported);
    const others = pending.filter(({ type }) => type !== "creating");
    const created = pending
      .filter(({ type }) => type === "creating")
      .map(({ resource }) => resource);
    const examined = await this.examine(exported, created, until);
    const operations = pending.length + replaced.length;
    if (operations > 0) {
      this.author.print(
        foundText(this.author.width, examined, others, replaced),
      );
      if (!(await this.author.isAgreed())) return 1;
      await this.settle(exported, examined);
    } else {
      await this.stack.mustBeFree(exported);
    }
    const searched = search ? await this.search(until) : [];
    if (searched === "not agreed") return 1;
    const isTouched = operations > 0 || search;
    const state = isTouched ? await this.stack.exported() : exported;
    return this.conclusion([...examined, ...searched], state, {
      isChanged: operations > 0 || searched.length > 0,
      isSearched: search,
    });
  }

  /**
   * Until AWS knows everywhere what it was told.
   *
   * @param planned what the program makes besides
   */
  private examine(
    stack: ExportedStack,
    created: readonly ExportedResource[],
    until: number,
    planned?: readonly ExportedResource[],
  ): Promise<readonly Examined[]> {
    const { pause } = this.patience;
    return untilSeen(
      created,
      (some) => this.examiner.examine(stack, some, planned),
      { until, pause },
    );
  }

  /** Pulumi's refresh reads what is there, and forgets what is not and what was changed or deleted. */
  private async settle(
    stack: ExportedStack,
    examined: readonly Examined[],
  ): Promise<void> {
    const isChanged =
      examined.some(({ made }) => isSettled(made)) ||
      halfReplacedIn(stack).length > 0;
    if (isChanged) {
      await this.stack.put(resolvedState(stack, examined));
    }
    await this.stack.refresh();
    await this.mustKnow(examined);
  }

  /** @throws Error for what is in the account, and Pulumi did not find by its id. */
  private async mustKnow(examined: readonly Examined[]): Promise<void> {
    if (!examined.some(({ made }) => made.answer === "there")) return;
    const known = resourcesOf(await this.stack.exported());
    for (const { resource, name, made } of examined) {
      if (made.answer !== "there") continue;
      if (known.some(({ urn }) => urn === resource.urn)) continue;
      throw new Error(
        `${name} is in the account as ${made.id}, and the provider did not find it by that. Fix: pulumi import ${resource.type} ${name} <id>.`,
      );
    }
  }

  /**
   * Until nothing more is found: what the program makes by another's id, as an attachment of a policy, is
   * known once that is in the state.
   */
  private async search(
    until: number,
  ): Promise<readonly Examined[] | "not agreed"> {
    const found: Examined[] = [];
    const tried = new Set<string>();
    for (;;) {
      const planned = await this.stack.planned();
      const without = planned.filter(isWithoutAws);
      if (without.some(({ urn }) => !tried.has(urn))) {
        if (!(await this.author.isAgreed())) return "not agreed";
        await this.stack.makeWithoutAws(without.map(({ urn }) => urn));
        for (const { urn } of without) tried.add(urn);
        continue;
      }
      const stack = await this.stack.exported();
      const examined = await this.examine(
        stack,
        planned.filter(
          (one) =>
            !isWithoutAws(one) &&
            !tried.has(one.urn) &&
            hasItsPlace(stack, one),
        ),
        until,
        planned,
      );
      const there = examined.filter(isThere);
      if (there.length === 0) return found;
      for (const { resource } of there) tried.add(resource.urn);
      found.push(...there.filter(({ made }) => made.answer !== "read it"));
      this.author.print(foundText(this.author.width, there));
      if (!(await this.author.isAgreed())) return "not agreed";
      await this.settle(stack, there);
    }
  }

  /** @param state as it is now */
  private conclusion(
    all: readonly Examined[],
    state: ExportedStack,
    done: { readonly isChanged: boolean; readonly isSearched: boolean },
  ): number {
    const { print } = this.author;
    const open = all.filter(({ made }) => !isSettled(made));
    if (open.length > 0) {
      print(
        `${open.length} of ${all.length} are left to be decided: ${open.map(({ name }) => name).join(", ")}. The next deployment would fail on them.`,
      );
      return 1;
    }
    const left = leftoversOf({ exported: state });
    if (left.length > 0) {
      print(
        `The state has still: ${left.map(({ kind }) => kind).join(", ")}. Fix: run this again.`,
      );
      return 1;
    }
    print(
      done.isChanged
        ? "The stack can be deployed: pulumi up --refresh makes it what the program says."
        : "Nothing was left: the stack can be deployed.",
    );
    const old = toBeDeletedIn(state).map(({ urn }) => logicalName(urn));
    if (old.length > 0) {
      print(
        `The next deployment deletes what was replaced, and is there until then: ${fewOf(old)}.`,
      );
    }
    if (!done.isSearched) print(notSearched);
    return 0;
  }
}

/** A retried creation fails on what the first try has made, and leaves nothing pending. */
const notSearched =
  "What AWS has made and the state does not name was not looked for. Where a deployment has failed with EntityAlreadyExists, or that something already exists: run this again with --search.";

/** Whether the state has what stands before it there: what is still to be found comes after that. */
function hasItsPlace(
  stack: ExportedStack,
  { parent, dependencies = [] }: ExportedResource,
): boolean {
  const known = new Set(resourcesOf(stack).map(({ urn }) => urn));
  return [...dependencies, ...(parent === undefined ? [] : [parent])].every(
    (urn) => known.has(urn),
  );
}

const isThere = ({ made: { answer } }: Examined): boolean =>
  answer !== "never was" && answer !== "made again";
