import * as policy from "@pulumi/policy";
import type {
  PolicyResource,
  ReportViolation,
  ResourceValidationArgs,
  StackValidationArgs,
} from "@pulumi/policy";
import { Analysis } from "../../policy-pack/engine/analysis";
import {
  findingText,
  type Finding,
  type KnownFinding,
} from "../../policy-pack/findings/finding";
import { policies } from "../../policy-pack/policies";
import type { Resource } from "../../policy-pack/resources/resource";
import { rules as packRules } from "../../policy-pack/rules";
import type { Rule } from "../../policy-pack/rules/rule";
import { unwrapped } from "./serialisation";

/** The package exports these, but strips them from its types. */
const { unknownCheckingProxy, UnknownValueError } = policy as unknown as {
  readonly unknownCheckingProxy: <T extends object>(props: T) => T;
  readonly UnknownValueError: new () => Error;
};

/** A resource as a program declares it. */
export interface Declared {
  readonly type: string;
  readonly name: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** As the provider tells them; left out: the inputs. */
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** Of its provider: the one account that it allows, or all of its config. */
  readonly provider?: string | Readonly<Record<string, unknown>>;
  readonly isComponent?: boolean;
  /** By property: names of the resources that its value comes from. */
  readonly from?: Readonly<Record<string, readonly string[]>>;
}

export interface Judged {
  readonly rule: string;
  /** The resource's name; "": the stack. */
  readonly resource: string;
  readonly message: string;
  /** What the message is made of; undefined: the engine's own, or one of no rule. */
  readonly finding?: KnownFinding;
}

export interface StackToJudge {
  /** `project/stack`. */
  readonly stack?: string;
  readonly resources: readonly Declared[];
  /** By policy, as the engine hands it over after its checks. */
  readonly config?: Readonly<Record<string, object>>;
  /** Policies that the engine does not run. */
  readonly disabled?: readonly string[];
  /** Left out: it is one. */
  readonly isPreview?: boolean;
  /** Left out: those of the pack. */
  readonly rules?: readonly Rule[];
}

/** What stands for an unknown text at preview: see proxy.js of @pulumi/policy. */
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Runs the whole pack as the server of @pulumi/policy does: see its server.js. */
export function judge(judged: StackToJudge): readonly Judged[] {
  const {
    stack = "orders/dev",
    resources,
    config = {},
    disabled,
    isPreview = true,
    rules = packRules,
  } = judged;
  const shown = new Shown(stack, resources);
  const seen: Finding[] = [];
  const running = policies(
    new Analysis(() => isPreview),
    rules.map((rule) => watched(rule, seen)),
  ).filter(({ name }) => disabled?.includes(name) !== true);
  const found: Judged[] = [];
  const configOf = (name: string) => ({
    getConfig: () => config[name] ?? {},
  });
  for (const resource of shown.all) {
    for (const one of running) {
      if (!("validateResource" in one)) continue;
      const { name, validateResource: validate } = one;
      if (typeof validate !== "function") continue;
      const args = {
        ...shown.resource(resource, { ...resource.inputs }),
        ...configOf(name),
      } as unknown as ResourceValidationArgs;
      found.push(
        ...reported(name, resource.name, (report) => {
          void validate(args, report);
        }),
      );
    }
  }
  for (const one of running) {
    if (!("validateStack" in one)) continue;
    const { name, validateStack: validate } = one;
    const args = {
      resources: shown.all.map((resource) => shown.inStack(resource)),
      ...configOf(name),
    } as unknown as StackValidationArgs;
    found.push(
      ...reported(name, shown.root.name, (report) => {
        void validate(args, report);
      }),
    );
  }
  const byText = new Map(
    seen.flatMap((one) =>
      one.kind === "unknown"
        ? []
        : [
            [
              `${nameIn(shownAs(one.resource)?.urn)}: ${findingText(one)}`,
              one,
            ] as const,
          ],
    ),
  );
  return found.map((one) => {
    const resource = one.resource === shown.root.name ? "" : one.resource;
    const finding = byText.get(`${resource}: ${one.message}`);
    return {
      ...one,
      resource,
      ...(finding === undefined ? {} : { finding }),
    };
  });
}

/** Of what stands in a template it is the stack that has it. */
const shownAs = (resource: Resource | undefined): Resource | undefined =>
  resource?.within?.container ?? resource;

const nameIn = (urn = ""): string => urn.split("::").at(-1) ?? "";

/** The rule, whose findings are kept as well before they become text. */
function watched(rule: Rule, seen: Finding[]): Rule {
  const kept = (findings: readonly Finding[]): readonly Finding[] => {
    seen.push(...findings);
    return findings;
  };
  const { judgeResource, judgeStack } = rule;
  return {
    ...rule,
    ...(judgeResource && {
      judgeResource: (...args) => kept(judgeResource(...args)),
    }),
    ...(judgeStack && { judgeStack: (...args) => kept(judgeStack(...args)) }),
  };
}

/** The server makes findings of unknown values, and fails on any other error. */
function reported(
  rule: string,
  resource: string,
  validate: (report: ReportViolation) => void,
): readonly Judged[] {
  const found: Judged[] = [];
  try {
    validate((message, urn) => {
      const at = urn === undefined ? resource : nameIn(urn);
      found.push({ rule, message, resource: at });
    });
  } catch (error) {
    if (!(error instanceof UnknownValueError)) throw error;
    found.push({ rule, message: error.message, resource });
  }
  return found;
}

/** Secrets of whatever depth are plain to policies. */
const withoutSecrets = ({ inputs, outputs, ...more }: Declared): Declared => ({
  ...more,
  ...(inputs && { inputs: unwrapped(inputs) }),
  ...(outputs && { outputs: unwrapped(outputs) }),
});

/** The resources in the shapes in which the server hands them to policies. */
export class Shown {
  readonly root: Declared;
  readonly all: readonly Declared[];
  private readonly project: string;
  private readonly stackName: string;

  constructor(stack: string, resources: readonly Declared[]) {
    [this.project = "", this.stackName = ""] = stack.split("/");
    this.root = {
      type: "pulumi:pulumi:Stack",
      name: `${this.project}-${this.stackName}`,
      isComponent: true,
    };
    this.all = [this.root, ...resources.map(withoutSecrets)];
  }

  resource(
    { type, name, provider, isComponent }: Declared,
    props: object = {},
  ) {
    return {
      type,
      name,
      urn: this.urn(type, name),
      props: unknownCheckingProxy(props),
      ...(isComponent === true ? {} : { provider: this.provider(provider) }),
    };
  }

  inStack(resource: Declared): PolicyResource {
    const { inputs, outputs = inputs, from = {} } = resource;
    const sources = Object.entries(from).map(([property, names]) => [
      property,
      this.all
        .filter(({ name }) => names.includes(name))
        .map((one) => this.resource(one)),
    ]);
    return {
      ...this.resource(resource, outputs),
      dependencies: [],
      propertyDependencies: Object.fromEntries(sources) as unknown,
    } as unknown as PolicyResource;
  }

  private provider(given: Declared["provider"] = "222222222222") {
    const type = "pulumi:providers:aws";
    // Providers with another config are other providers.
    const name =
      typeof given === "string" ? `account-${given}` : JSON.stringify(given);
    const props =
      typeof given === "string"
        ? { allowedAccountIds: JSON.stringify([given]) }
        : given;
    return {
      type,
      name,
      urn: this.urn(type, name),
      props: unknownCheckingProxy(props),
    };
  }

  private urn(type: string, name: string): string {
    return `urn:pulumi:${this.stackName}::${this.project}::${type}::${name}`;
  }
}
