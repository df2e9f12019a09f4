import service from "./service.json";

/** A resource of another team's stack. */
export interface Declared {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export const provider: Declared = {
  type: "pulumi:providers:aws",
  name: "workload",
  inputs: {
    region: "eu-central-1",
    allowedAccountIds: JSON.stringify(["222222222222"]),
  },
};

const stack: Declared = {
  type: "pulumi:pulumi:Stack",
  name: "orders-dev",
  inputs: {},
};

/**
 * A stack of so many resources: service after service, each with its roles, policies, attachments,
 * people and what it runs on, as `service.json` has them. Documents name the service, but for whom a
 * service of AWS's, and people, are trusted: those are the same everywhere, as in stacks of real teams.
 */
export function manyResources(count: number): readonly Declared[] {
  const resources = [stack, provider];
  for (let index = 0; resources.length < count; index += 1) {
    const text = JSON.stringify(service);
    const named = text.replaceAll("{name}", `service-${index}`);
    resources.push(...(JSON.parse(named) as Declared[]).map(withTextDocuments));
  }
  return resources.slice(0, count);
}

const withTextDocuments = (resource: Declared): Declared => ({
  ...resource,
  inputs: Object.fromEntries(
    Object.entries(resource.inputs).map(([name, value]) => [
      name,
      /policy$/i.test(name) ? JSON.stringify(value) : value,
    ]),
  ),
});
