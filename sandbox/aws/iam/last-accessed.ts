import { randomUUID } from "node:crypto";
import { invalidInput, noSuchEntity } from "../errors";
import type { LastUse, ServiceUse } from "../model";
import type { Call, Operations, Result } from "../operation";
import { perAccount } from "../per-account";
import { actorsOf, type Actor } from "./actors";
import { arnOf } from "./entities";
import { pageOf } from "./paging";
import { policiesOf, subjectArnIn, subjectAt } from "./policies-of";
import {
  servicesOpenedBy,
  opensService,
  type OpenService,
} from "./service-access";

/** A report that somebody asked for, as things stood then. */
interface Job {
  readonly granularity: string;
  readonly at: Date;
  readonly services: readonly OpenService[];
  readonly actors: readonly ActorUse[];
}

interface ActorUse {
  readonly actor: Actor;
  readonly arn: string;
  readonly uses: ReadonlyMap<string, ServiceUse>;
}

const jobsOf = perAccount(() => new Map<string, Job>());

async function generate(call: Call): Promise<Result> {
  const { account, cloud, parameters } = call;
  const subject = subjectAt(call, subjectArnIn(call, "Arn"));
  const granularity = parameters.get("Granularity") ?? "SERVICE_LEVEL";
  const actors = actorsOf(call, subject).map((actor) => ({
    actor,
    arn: arnOf(call, actor.kind, actor.identity),
    uses: new Map(actor.identity.serviceUses),
  }));
  const documents = policiesOf(call, subject).map(
    ({ document }) => document.parsed,
  );
  const at = cloud.now();
  const services = await servicesOpenedBy(documents);
  const JobId = randomUUID();
  jobsOf(account).set(JobId, { granularity, at, services, actors });
  return { JobId };
}

/** @throws AwsError NoSuchEntity. */
function jobIn({ account, parameters }: Call): Job {
  const id = parameters.required("JobId");
  const job = jobsOf(account).get(id);
  if (job) return job;
  throw noSuchEntity(`Job ${id}`);
}

/** The sandbox has each report at once. */
const status = ({ at }: Job): Result => ({
  JobStatus: "COMPLETED",
  JobCreationDate: at,
  JobCompletionDate: at,
});

interface Use extends LastUse {
  readonly arn: string;
}

const newest = (uses: readonly Use[]): Use | undefined =>
  uses.reduce<Use | undefined>(
    (last, use) => (last && last.at >= use.at ? last : use),
    undefined,
  );

function describeService(job: Job, { name, namespace }: OpenService): Result {
  const uses = job.actors.flatMap(({ arn, uses: all }) => {
    const use = all.get(namespace);
    return use ? [{ arn, ...use }] : [];
  });
  const last = newest(uses);
  return {
    ServiceName: name,
    ServiceNamespace: namespace,
    LastAuthenticated: last?.at,
    LastAuthenticatedEntity: last?.arn,
    LastAuthenticatedRegion: last?.region,
    TotalAuthenticatedEntities: uses.length,
    TrackedActionsLastAccessed:
      job.granularity === "ACTION_LEVEL" ? describeActions(uses) : undefined,
  };
}

/** Of the actions, those that were called. */
function describeActions(
  uses: readonly (ServiceUse & Use)[],
): readonly Result[] {
  const names = new Set(uses.flatMap(({ actions }) => [...actions.keys()]));
  return [...names].sort().map((ActionName) => {
    const last = newest(
      uses.flatMap(({ arn, actions }) => {
        const use = actions.get(ActionName);
        return use ? [{ arn, ...use }] : [];
      }),
    );
    return {
      ActionName,
      LastAccessedEntity: last?.arn,
      LastAccessedTime: last?.at,
      LastAccessedRegion: last?.region,
    };
  });
}

function details(call: Call): Result {
  const job = jobIn(call);
  const { items, trailer } = pageOf(
    call,
    job.services.map((service) => [service.namespace, service]),
  );
  return {
    ...status(job),
    JobType: job.granularity,
    ServicesLastAccessed: items.map((one) => describeService(job, one)),
    ...trailer,
  };
}

/** Whoever could have used the service by these permissions, the last to use it first. */
function detailsWithEntities(call: Call): Result {
  const job = jobIn(call);
  const namespace = call.parameters.required("ServiceNamespace");
  if (!job.services.some((service) => service.namespace === namespace))
    throw invalidInput(`The report has no service ${namespace}.`);
  const { items, trailer } = pageOf(
    call,
    job.actors.map((one) => [sinceThen(job, one, namespace) + one.arn, one]),
  );
  return {
    ...status(job),
    EntityDetailsList: items.map(({ actor, arn, uses }) => ({
      EntityInfo: {
        Arn: arn,
        Name: actor.identity.name,
        Type: actor.kind.toUpperCase(),
        Id: actor.identity.id,
        Path: actor.identity.path,
      },
      LastAuthenticated: uses.get(namespace)?.at,
    })),
    ...trailer,
  };
}

/** Milliseconds from the use to the report, in as many digits as sort by it. */
const sinceThen = (job: Job, { uses }: ActorUse, namespace: string): string =>
  String(job.at.getTime() - (uses.get(namespace)?.at.getTime() ?? 0)).padStart(
    16,
    "0",
  );

async function grantingPolicies(call: Call): Promise<Result> {
  const subject = subjectAt(call, subjectArnIn(call, "Arn"));
  if (subject.kind === "Policy")
    throw invalidInput("The ARN of a user, group or role is required.");
  const namespaces = new Set(call.parameters.list("ServiceNamespaces"));
  const { items, trailer } = pageOf(
    call,
    [...namespaces].map((namespace) => [namespace, namespace]),
  );
  const policies = policiesOf(call, subject);
  const granting = items.map(async (ServiceNamespace) => {
    const opening = await Promise.all(
      policies.map(async (policy) =>
        (await opensService(policy.document.parsed, ServiceNamespace))
          ? [policy]
          : [],
      ),
    );
    return {
      ServiceNamespace,
      Policies: opening.flat().map(({ name, arn, holder }) => ({
        PolicyName: name,
        PolicyType: arn === undefined ? "INLINE" : "MANAGED",
        PolicyArn: arn,
        EntityType: holder?.kind.toUpperCase(),
        EntityName: holder?.name,
      })),
    };
  });
  return {
    PoliciesGrantingServiceAccess: await Promise.all(granting),
    ...trailer,
  };
}

const resource = (call: Call): string => subjectArnIn(call, "Arn");

/** What identities may use by their policies, and when they last did. */
export const lastAccessedOperations: Operations = {
  GenerateServiceLastAccessedDetails: { resource, run: generate },
  GetServiceLastAccessedDetails: { run: details },
  GetServiceLastAccessedDetailsWithEntities: { run: detailsWithEntities },
  ListPoliciesGrantingServiceAccess: { resource, run: grantingPolicies },
};
