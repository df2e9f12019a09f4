import { escalationPaths } from "../../../policy-pack/decide/escalation-paths";
import { servicesIn } from "../../../policy-pack/decide/service-callers";
import { grouped } from "../../../policy-pack/identities/grouped";
import { Unknown } from "../../../policy-pack/resources/unknown";
import { carrierForms } from "../../../policy-pack/role-chaining/carrier-forms";
import { instanceForms } from "../../../policy-pack/role-chaining/instance-forms";
import { jobForms } from "../../../policy-pack/role-chaining/job-forms";
import type { Carrier } from "../../../policy-pack/role-chaining/carriers";
import type { StackRole } from "../../../policy-pack/role-chaining/role-node";
import type { Services } from "../../../policy-pack/role-chaining/service-step";

/** The service that a role has to trust for what has such an ARN, where it is called otherwise. */
const trusted: ReadonlyMap<string, string> = new Map([
  ["ecs", "ecs-tasks"],
  ["batch", "ecs-tasks"],
  ["apprunner", "tasks.apprunner"],
  ["elasticmapreduce", "ec2"],
]);

const serviceIn = (arn: string): string => {
  const [, , service = ""] = arn.split(":");
  return `${trusted.get(service) ?? service}.amazonaws.com`;
};

/** All kinds of what runs with a role; instances that something starts are instances. */
const allForms = [
  ...carrierForms.values(),
  ...[...jobForms.values()].flat(),
  ...[...instanceForms.values()].flat().filter(({ starts }) => !starts),
].flatMap((form) =>
  form.where === undefined ? [form] : [form, { ...form, ...form.where }],
);

/** What runs with a role stands in its account. */
function inAccount(arn: string, account = "*"): string {
  const [head, partition, service, region, , ...resource] = arn.split(":");
  return [head, partition, service, region, account, ...resource].join(":");
}

/**
 * What would run with the role, by the services that it trusts: one of each kind, of any name.
 *
 * @param isInProfile whether an instance profile has it: no instance gets it otherwise
 */
export function unreadCarriers(
  role: StackRole,
  isInProfile: boolean,
): Services {
  const { document } = role.trust;
  const services = new Set(servicesIn(document).map(([, name]) => name));
  const forms = new Map(
    allForms
      .filter(
        ({ arn, named }) =>
          services.has(serviceIn(arn)) &&
          (isInProfile || named !== "instance profile"),
      )
      .map((form) => [form.kind, form]),
  );
  const carriers = [...forms.values()].map(({ kind, arn }): Carrier => ({
    kind,
    resource: {
      type: "",
      name: "?",
      urn: "",
      inputs: { tags: new Unknown("not read") },
      outputs: {},
      provider: undefined,
      propertyDependencies: {},
    },
    role,
    unknown: undefined,
    arn: inAccount(arn.replace("{name}", "?*"), role.account),
    isStarted: false,
    account: role.account,
  }));
  return {
    passable: new Map(),
    carriers: grouped(carriers, ({ kind }) => kind),
    paths: escalationPaths.filter(({ carrier = "" }) => forms.has(carrier)),
  };
}
