import { stripVTControlCharacters } from "node:util";
import type { EngineEvent, OpMap } from "@pulumi/pulumi/automation";

/** How many resources an engine's run changes, or would. */
export interface Changes {
  readonly made: number;
  readonly changed: number;
  readonly replaced: number;
  readonly deleted: number;
}

export const noChanges: Changes = {
  made: 0,
  changed: 0,
  replaced: 0,
  deleted: 0,
};

export const countOf = ({ made, changed, replaced, deleted }: Changes) =>
  made + changed + replaced + deleted;

/** Of a replacement the engine counts its parts as well. */
export const changesOf = (operations: OpMap): Changes => ({
  made: (operations.create ?? 0) + (operations.import ?? 0),
  changed: operations.update ?? 0,
  replaced: operations.replace ?? 0,
  deleted: operations.delete ?? 0,
});

/** Operations that change nothing. */
const idle = ["same", "read", "refresh"];

/** What is known of a run of the engine by its events. */
export class Watch {
  private readonly errors: string[] = [];
  private readonly advised = new Set<string>();
  private readonly done = new Set<string>();
  private counted: Changes | undefined;

  note(event: EngineEvent): void {
    const { diagnosticEvent, policyEvent, resOutputsEvent, summaryEvent } =
      event;
    if (diagnosticEvent?.severity === "error") {
      this.errors.push(plain(diagnosticEvent.message));
    }
    if (policyEvent !== undefined) {
      const { enforcementLevel, policyName, message } = policyEvent;
      const words = `the policy ${policyName}: ${plain(message)}`;
      if (enforcementLevel === "mandatory") this.errors.push(words);
      else this.advised.add(words);
    }
    const step = resOutputsEvent?.metadata;
    if (step !== undefined && !idle.includes(step.op)) this.done.add(step.urn);
    if (summaryEvent !== undefined) {
      this.counted = changesOf(summaryEvent.resourceChanges);
    }
  }

  /** Resources that are changed by now, or would be. */
  get changedByNow(): number {
    return this.done.size;
  }

  /** What policies have found that stops nothing, each once: by their level, or as they could not decide. */
  get advice(): readonly string[] {
    return [...this.advised];
  }

  /** Whether the engine has said what it changes: otherwise that is not known. */
  get isCounted(): boolean {
    return this.counted !== undefined;
  }

  get changes(): Changes {
    return this.counted ?? noChanges;
  }

  /**
   * What went wrong, in the words of the program, the pack or AWS: each once, without the engine's own
   * "update failed".
   *
   * @param printed what the CLI has printed, for an engine that did not come to tell
   */
  reasons(printed: string): readonly string[] {
    const told = [...new Set(this.errors)].filter(
      (one) => one !== "" && !/^(update|preview) failed$/.test(one),
    );
    if (told.length > 0) return told;
    const lines = plain(printed).split("\n");
    const first = lines.findIndex((line) => line.startsWith("error: "));
    return first < 0 ? [] : [lines.slice(first).join("\n")];
  }
}

/** Without the engine's marks of colours, and the terminal's. */
const plain = (text: string): string =>
  stripVTControlCharacters(text.replaceAll(/<\{%.*?%\}>/g, "")).trim();
