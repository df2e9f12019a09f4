import assert from "node:assert/strict";
import type { Account } from "../../../sandbox/aws/model";
import type { Sandbox } from "../../../sandbox/sandbox";
import type { ExportedStack } from "../../../commands/stacks/exported-stack";
import { moments, type Cut } from "./call-gate";
import { contentsOf, credentialsOf } from "./contents";
import type { Life, Phase } from "./kill-phases";
import { changesAmong, KilledStack } from "./killed-stack";

/** What one kill came to. */
export interface Kill {
  readonly stack: Life["stack"];
  readonly phase: Phase["name"];
  readonly cut: Omit<Cut, "end">;
  /** Operations that the state did not know the end of, and resources that recover imported. */
  readonly operations: number;
  readonly imported: number;
  /** Whether Pulumi could read its state. */
  readonly isReadable: boolean;
}

/** What comes to a stack in a life. */
export interface Fate {
  /** From 0 up to 1. */
  readonly draw: () => number;
  /** Kills in a phase. */
  readonly most: number;
  /** Whether a preview must find nothing left to do. */
  readonly isPreviewed: boolean;
  /** Told of each kill that recover put right. */
  readonly onKill: (kill: Kill) => void;
}

/** A stack that is taken through its life, with a kill in each phase or without. */
export class KilledLife {
  /** By phase: what an undisturbed life has at its end, and how many calls it takes. */
  private readonly undisturbed = new Map<
    Phase["name"],
    { readonly calls: number; readonly contents: object }
  >();

  private constructor(
    readonly life: Life,
    private readonly killed: KilledStack,
    private readonly account: Account,
  ) {}

  /** Begins with an undisturbed life, which says what the others have to come to. */
  static async begin(sandbox: Sandbox, life: Life): Promise<KilledLife> {
    const [{ config = "" } = { config: "" }] = life.phases;
    const stack = await sandbox.stack(life.stack, config);
    const account =
      sandbox.aws.cloud.accounts.get(life.accountId) ?? assert.fail();
    const killed = new KilledLife(
      life,
      new KilledStack(sandbox, stack),
      account,
    );
    for (const phase of life.phases) {
      const { calls } = await killed.killed.deploy(await killed.start(phase));
      killed.undisturbed.set(phase.name, {
        calls,
        contents: contentsOf(account),
      });
      killed.usersSignIn(phase);
    }
    return killed;
  }

  /**
   * Takes the stack through a life, with kills in each phase: also of the deployment that comes after a
   * recovery.
   */
  async live({ draw, most, isPreviewed, onKill }: Fate): Promise<void> {
    for (const phase of this.life.phases) {
      const before = credentialsOf(this.account);
      const { calls = 0 } = this.undisturbed.get(phase.name) ?? {};
      let command = await this.start(phase);
      let told = "not killed";
      for (let number = 0; number < most; number += 1) {
        const cut = {
          call: 1 + Math.floor((draw() * calls) / (number + 1)),
          moment: moments[Math.floor(draw() * moments.length)] ?? "done",
        };
        const kill = await this.kill(phase, command, cut);
        if (kill === undefined) break;
        onKill(kill);
        told = JSON.stringify(kill);
        command = phase.name === "destruction" ? ["destroy"] : ["up"];
      }
      await this.finish(phase, told, isPreviewed);
      this.checkCredentials(before, phase, told);
      this.usersSignIn(phase);
    }
  }

  /** @returns undefined where the deployment came to its end before that call */
  private async kill(
    phase: Phase,
    command: readonly string[],
    cut: Omit<Cut, "end">,
  ): Promise<Kill | undefined> {
    const { isCut } = await this.killed.deploy(command, cut);
    if (!isCut) return undefined;
    const { code, printed, asked } = await this.killed.recover();
    const where = `${phase.name}, call ${cut.call} ${cut.moment}`;
    assert.equal(code, 0, `${where}\n${printed}`);
    assert.deepEqual(changesAmong(asked), [], `${where}\n${printed}`);
    const count = (words: RegExp): number =>
      (printed.match(words) ?? []).length;
    const imported = count(/imported/g);
    return {
      stack: this.life.stack,
      phase: phase.name,
      cut,
      operations: imported + count(/cleared|read again/g),
      imported,
      isReadable: !printed.includes("can't be read"),
    };
  }

  /** The command that begins a phase, with its stack file in place. */
  private async start(phase: Phase): Promise<readonly string[]> {
    const { stack } = this.killed;
    if (phase.config !== undefined) stack.writeConfig(phase.config);
    if (phase.name === "destruction") return ["destroy"];
    const { replaced } = phase;
    if (replaced === undefined) return ["up"];
    const { deployment } = await this.exported();
    const urns = (deployment?.resources ?? [])
      .map(({ urn }) => urn)
      .filter((urn) => replaced.some((end) => urn.endsWith(end)));
    assert.equal(urns.length, replaced.length, urns.join("\n"));
    return ["up", ...urns.flatMap((urn) => ["--replace", urn])];
  }

  /** What a person does after recover; then nothing differs from an undisturbed life. */
  private async finish(
    phase: Phase,
    told: string,
    isPreviewed: boolean,
  ): Promise<void> {
    const { stack } = this.killed;
    if (phase.name === "destruction") {
      await stack.destroy();
    } else {
      await stack.up("--refresh");
      if (isPreviewed) await this.checkPreview(told);
    }
    const exported = await this.exported();
    const { resources = [], pending_operations: pending = [] } =
      exported.deployment ?? {};
    assert.deepEqual(pending, [], told);
    const urns = resources.map(({ urn }) => urn);
    assert.equal(new Set(urns).size, urns.length, told);
    const expected = this.undisturbed.get(phase.name)?.contents;
    assert.deepEqual(contentsOf(this.account), expected, told);
  }

  private async checkPreview(told: string): Promise<void> {
    const { code, stdout } = await this.killed.stack.preview(
      {},
      ...["--refresh", "--expect-no-changes"],
    );
    assert.equal(code, 0, `${told}\n${stdout}`);
  }

  /** Who was there before and still is signs in as before. */
  private checkCredentials(
    before: ReturnType<typeof credentialsOf>,
    { name }: Phase,
    told: string,
  ): void {
    const after = credentialsOf(this.account);
    for (const [user, had] of before) {
      const has = after.get(user);
      if (has !== undefined) assert.deepEqual(has, had, told);
    }
    // Who stays, stays: these two are in every stack file.
    if (name === "destruction" || this.life.stack !== "bastion") return;
    for (const user of ["ada", "chen"]) {
      if (before.has(user)) assert.ok(after.has(user), told);
    }
  }

  private async exported(): Promise<ExportedStack> {
    return JSON.parse(await this.killed.stack.exported()) as ExportedStack;
  }

  /** After the first deployment its users have a password, a key and a device. */
  private usersSignIn({ name }: Phase): void {
    if (name !== "first deployment") return;
    for (const user of this.account.users.values()) {
      const at = new Date();
      user.loginProfile ??= {
        password: `first of ${user.name}`,
        passwordResetRequired: false,
        earlierPasswords: [],
        createdAt: at,
        changedAt: at,
      };
      const id = `AKIA${user.name.toUpperCase()}`.padEnd(20, "7");
      user.accessKeys.set(id, {
        ...{ id, secret: "secret", createdAt: at },
        status: "Active",
      });
      const serial = `arn:aws:iam::${this.account.id}:mfa/${user.name}`;
      this.account.mfaDevices.set(serial, {
        ...{ serial, seed: "A", tags: [], createdAt: at },
        ...{ enabledFor: user.name, enabledAt: at },
      });
    }
  }
}
