import { setTimeout as after } from "node:timers/promises";
import type { Cloud } from "../model";
import type { Answer } from "../services/service";
import { signatureError } from "../signature/faults";
import type { AskedCall } from "./asked-call";
import { denyEverywhere } from "./control-policy";
import { decideFaults, metRule, type Met } from "./decide";
import { EarlierStates } from "./earlier-states";
import { faultError } from "./errors";
import { seesEarlier } from "./seen";
import type { FaultKind, FaultSettings } from "./settings";

/** The connection ends, and nothing is told. */
export class ConnectionDropped extends Error {}

/** The connection ends in the middle of the answer. */
export class AnswerCut extends Error {
  constructor(readonly answer: Answer) {
    super();
  }
}

/** The connection stays as it is, and nothing comes. */
export class NoAnswer extends Error {}

/** A fault that a call met. */
export interface InjectedFault {
  readonly kind: FaultKind;
  readonly call: AskedCall;
}

/** Has the calls of a cloud meet faults, as the settings of the moment say. */
export class FaultInjection {
  private settings: FaultSettings | undefined;
  private injected: InjectedFault[] = [];
  private calls = 0;
  private readonly asked = new Map<string, number>();
  private readonly ofKey = new Map<string, number>();
  private states: EarlierStates | undefined;
  private endDenial: (() => void) | undefined;

  constructor(private readonly cloud: Cloud) {}

  /** From now on, and counted from the beginning; undefined: calls meet none. */
  set(settings: FaultSettings | undefined): void {
    this.endDenial?.();
    this.endDenial = undefined;
    this.settings = settings;
    this.injected = [];
    this.calls = 0;
    this.asked.clear();
    this.ofKey.clear();
    const isStale = settings?.rules?.some(({ kind }) => kind === "stale");
    this.states = isStale ? new EarlierStates(this.cloud) : undefined;
  }

  /** What calls have met since it was set, but for latency. */
  met(): readonly InjectedFault[] {
    return this.injected;
  }

  /**
   * Has a call meet what is decided for it.
   *
   * @param respond does and answers it, for whom IAM is as the cloud that it is given
   * @throws AwsError, ConnectionDropped, AnswerCut, NoAnswer
   */
  async around(
    call: AskedCall,
    respond: (seen: Cloud) => Promise<Answer>,
  ): Promise<Answer> {
    if (this.settings === undefined) return respond(this.cloud);
    const met = decideFaults(this.settings, this.count(call));
    this.injected.push(...met.rules.map(({ kind }) => ({ kind, call })));
    const pause = met.latency + (metRule(met, "slow")?.milliseconds ?? 0);
    if (pause > 0) await after(pause);
    this.refuse(call, met);
    const answer = await respond(this.seen(call, met));
    if (metRule(met, "dropped-after")) throw new ConnectionDropped();
    if (metRule(met, "cut-answer")) throw new AnswerCut(answer);
    return answer;
  }

  private count(call: AskedCall) {
    const { identity, accessKeyId } = call;
    const askedBefore = this.asked.get(identity) ?? 0;
    const callsOfKey = this.ofKey.get(accessKeyId) ?? 0;
    const callsBefore = this.calls;
    this.asked.set(identity, askedBefore + 1);
    this.ofKey.set(accessKeyId, callsOfKey + 1);
    this.calls += 1;
    return { call, askedBefore, callsOfKey, callsBefore };
  }

  /** Before anything is done. */
  private refuse({ service, accessKeyId }: AskedCall, met: Met): void {
    const session = this.cloud.sessions.get(accessKeyId);
    if (session && metRule(met, "expired-session")) {
      throw signatureError(service, "expired token");
    }
    const denial = metRule(met, "denial");
    if (denial) this.endDenial ??= denyEverywhere(this.cloud, denial.actions);
    if (metRule(met, "dropped-before")) throw new ConnectionDropped();
    if (metRule(met, "no-answer")) throw new NoAnswer();
    const failure = metRule(
      met,
      "throttling",
      "internal-failure",
      "service-unavailable",
    );
    if (failure) throw faultError(service, failure.kind);
  }

  private seen(call: AskedCall, met: Met): Cloud {
    if (this.states === undefined) return this.cloud;
    const account = this.cloud.accounts.get(call.accountId);
    if (account && call.service === "iam" && call.isChange) {
      this.states.keep(account, this.calls);
    }
    const stale = metRule(met, "stale");
    return stale && seesEarlier(call)
      ? this.states.seen(stale.behind, this.calls)
      : this.cloud;
  }
}
