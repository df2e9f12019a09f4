import type { AccountClients } from "../accounts/clients";
import type { ExportedResource } from "../stacks/exported-stack";

/** A resource's inputs, as the engine wrote them down. */
export type Inputs = NonNullable<ExportedResource["inputs"]>;

/** What is asked about the creation of a resource. */
export interface Question {
  readonly inputs: Inputs;
  readonly accountId: string;
  readonly partition: string;
  readonly clients: AccountClients;
  /** All that the stack has or is to have, to tell its own from what others have added. */
  readonly ofStack: readonly Pick<ExportedResource, "type" | "inputs" | "id">[];
}

/** What became of a creation. */
export type Made =
  | {
      /** It is there, and is what the program makes. */
      readonly answer: "there";
      /** What Pulumi imports it by. */
      readonly id: string;
      /** What a person has to know of it. */
      readonly note?: string;
    }
  | {
      /** Its place in AWS is the stack's own: Pulumi reads it there, or finds that there is none. */
      readonly answer: "read it";
      readonly id: string;
    }
  | {
      /** There is something under its name that is not what the program makes. */
      readonly answer: "somebody else's";
      readonly id: string;
      readonly differs: readonly string[];
    }
  | { readonly answer: "never was" }
  | {
      /** It can't be imported, and to make it again makes nothing twice. */
      readonly answer: "made again";
      readonly why: string;
    }
  | { readonly answer: "not known"; readonly why: string };

/** How it is found out what became of the creation of a resource of one type. */
export type Finding = (question: Question) => Made | Promise<Made>;

/** Only a deployment will tell an input: what it comes from is not there, nor is the resource then. */
export class InputNotKnown extends Error {
  constructor(input: string) {
    super(`its ${input} is not known`);
    this.name = "InputNotKnown";
  }
}

/** @throws InputNotKnown */
export function textOf(inputs: Inputs, name: string): string {
  const value = inputs[name];
  if (typeof value === "string" && value !== unknownValue) return value;
  throw new InputNotKnown(name);
}

/** By this text the engine has a value that only a deployment tells. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** It is there: the program's, where nothing of it differs. */
export const unlessDifferent = (
  id: string,
  differs: readonly (string | undefined)[],
): Made => {
  const told = differs.filter((one) => one !== undefined);
  return told.length === 0
    ? { answer: "there", id }
    : { answer: "somebody else's", id, differs: told };
};
