import { escalationPaths } from "../../../policy-pack/decide/escalation-paths";
import { servicesIn } from "../../../policy-pack/decide/service-callers";
import { grouped } from "../../../policy-pack/identities/grouped";
import { Unknown } from "../../../policy-pack/resources/unknown";
import { carrierForms } from "../../../policy-pack/role-chaining/carrier-forms";
import { jobForms } from "../../../policy-pack/role-chaining/job-forms";
import type { Carrier } from "../../../policy-pack/role-chaining/carriers";
import type { StackRole } from "../../../policy-pack/role-chaining/role-node";
import type { Services } from "../../../policy-pack/role-chaining/service-step";

/** The service that a role has to trust for what has such an ARN, where it is called otherwise. */
const trusted: ReadonlyMap<string, string> = new Map([
  ["ecs", "ecs-tasks"],
  ["batch", "ecs-tasks"],
  ["apprunner", "tasks.apprunner"],
]);

const serviceIn = (arn: string): string => {
  const [, , service = ""] = arn.split(":");
  return `${trusted.get(service) ?? service}.amazonaws.com`;
};

/** What would run with the role, by the services that it trusts: one of each kind, of any name. */
export function unreadCarriers(role: StackRole): Services {
  const { document } = role.trust;
  const services = new Set(servicesIn(document).map(([, name]) => name));
  const forms = new Map(
    [...carrierForms.values(), ...[...jobForms.values()].flat()]
      .filter(({ arn }) => services.has(serviceIn(arn)))
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
    arn: arn.replace("{name}", "?*"),
    isStarted: false,
    account: role.account,
  }));
  return {
    passable: new Map(),
    carriers: grouped(carriers, ({ kind }) => kind),
    paths: escalationPaths.filter(({ carrier = "" }) => forms.has(carrier)),
  };
}
