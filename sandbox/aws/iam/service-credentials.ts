import { AwsError, checkQuota, existing, invalidInput } from "../errors";
import { newId, newSecret } from "../ids";
import type { ServiceCredential, User } from "../model";
import type { Call, ContextKeys, Operations, Result } from "../operation";
import { onIdentity, onUserOrCaller } from "./actions";
import { arnOf, userArnOf, userOf } from "./entities";
import { listPage } from "./paging";
import { quotas } from "./quotas";
import { statusIn } from "./status";

/**
 * What each service takes: a user name with a password, or an API key. Source: AWS documentation,
 * "Service-specific credentials for IAM users".
 */
const services: Readonly<Record<string, "password" | { apiKey: string }>> = {
  "codecommit.amazonaws.com": "password",
  "cassandra.amazonaws.com": "password",
  "bedrock.amazonaws.com": { apiKey: "BedrockAPIKey" },
  "logs.amazonaws.com": { apiKey: "LogsAPIKey" },
};

/** @throws AwsError NotSupportedService. */
function serviceIn({ parameters }: Call): string {
  const service = parameters.required("ServiceName");
  if (Object.hasOwn(services, service)) return service;
  throw new AwsError(
    "NotSupportedService",
    `No such service ${service} is supported for Service Specific Credentials`,
  );
}

/** As in a list, which leaves the secret out. */
const listedCredential = (
  { cloud }: Call,
  user: User,
  credential: ServiceCredential,
): Result => {
  const { createdAt, expiresAt, id, name, service, status } = credential;
  const hasExpired = expiresAt !== undefined && cloud.now() >= expiresAt;
  return {
    UserName: user.name,
    ServiceName: service,
    ServiceSpecificCredentialId: id,
    CreateDate: createdAt,
    ExpirationDate: expiresAt,
    Status: hasExpired ? "Expired" : status,
    ...(services[service] === "password"
      ? { ServiceUserName: name }
      : { ServiceCredentialAlias: name }),
  };
};

/** The one time that the secret is told. */
const describe = (
  call: Call,
  user: User,
  credential: ServiceCredential,
): Result => ({
  ServiceSpecificCredential: {
    ...listedCredential(call, user, credential),
    ...(services[credential.service] === "password"
      ? { ServicePassword: credential.secret }
      : { ServiceCredentialSecret: credential.secret }),
  },
});

/** `ada-at-111111111111`, and `ada+1-at-…` for a second one; an API key has an alias. */
function newName({ account }: Call, user: User, service: string): string {
  const kind = services[service];
  if (typeof kind === "object")
    return `${newId(`${kind.apiKey}-`)}-at-${account.id}`;
  const taken = [...user.serviceCredentials.values()]
    .filter((one) => one.service === service)
    .map(({ name }) => name);
  const name = `${user.name}-at-${account.id}`;
  return taken.includes(name) ? `${user.name}+1-at-${account.id}` : name;
}

function create(user: User, call: Call): Result {
  const { cloud, parameters } = call;
  const service = serviceIn(call);
  const days = parameters.number("CredentialAgeDays", undefined);
  const same = [...user.serviceCredentials.values()].filter(
    (one) => one.service === service,
  );
  checkQuota(
    "ServiceSpecificCredentialsPerUser",
    same.length,
    quotas.serviceCredentialsPerUser,
  );
  const createdAt = cloud.now();
  const credential: ServiceCredential = {
    id: newId("ACCA"),
    service,
    name: newName(call, user, service),
    secret: newSecret(),
    createdAt,
    expiresAt:
      days === undefined
        ? undefined
        : new Date(createdAt.getTime() + days * 86_400_000),
    status: "Active",
  };
  user.serviceCredentials.set(credential.id, credential);
  return describe(call, user, credential);
}

const idIn = ({ parameters }: Call): string =>
  parameters.required("ServiceSpecificCredentialId");

function credentialIn(user: User, call: Call): ServiceCredential {
  const id = idIn(call);
  return existing(
    user.serviceCredentials.get(id),
    `Service specific credential ${id}`,
  );
}

function reset(user: User, call: Call): Result {
  const credential = credentialIn(user, call);
  credential.secret = newSecret();
  return describe(call, user, credential);
}

/** Of one user, or of all of them: not both. */
function usersIn(call: Call): readonly User[] {
  const { account, parameters } = call;
  if (!parameters.flag("AllUsers")) return [userOf(call)];
  if (parameters.has("UserName"))
    throw invalidInput("UserName and AllUsers can't be given together.");
  return [...account.users.values()];
}

function list(call: Call): Result {
  const { parameters } = call;
  const users = usersIn(call);
  const service = parameters.has("ServiceName") ? serviceIn(call) : undefined;
  const all = users.flatMap((user) =>
    [...user.serviceCredentials.values()]
      .filter((one) => service === undefined || one.service === service)
      .map((one) => [one.id, listedCredential(call, user, one)] as const),
  );
  return listPage(call, "ServiceSpecificCredentials", all);
}

/** What IAM tells a policy about a new one. */
const requested = ({ parameters }: Call): ContextKeys => {
  const days = parameters.get("CredentialAgeDays");
  return {
    "iam:ServiceSpecificCredentialServiceName":
      parameters.get("ServiceName") ?? "",
    ...(days === undefined
      ? {}
      : { "iam:ServiceSpecificCredentialAgeDays": days }),
  };
};

/** What IAM tells a policy about one that is there. */
const serviceKey = ({ account, parameters }: Call): ContextKeys => {
  const id = parameters.get("ServiceSpecificCredentialId") ?? "";
  for (const { serviceCredentials } of account.users.values()) {
    const credential = serviceCredentials.get(id);
    if (credential)
      return { "iam:ServiceSpecificCredentialServiceName": credential.service };
  }
  return {};
};

/** Passwords and API keys of users, each for one service: up to two a service. */
export const serviceCredentialOperations: Operations = {
  CreateServiceSpecificCredential: onIdentity("User")(create, requested),
  ListServiceSpecificCredentials: {
    resource: (call) =>
      call.parameters.flag("AllUsers")
        ? arnOf(call, "User", { path: "/", name: "*" })
        : userArnOf(call),
    run: list,
  },
  UpdateServiceSpecificCredential: onUserOrCaller((user, call) => {
    credentialIn(user, call).status = statusIn(call);
  }, serviceKey),
  ResetServiceSpecificCredential: onUserOrCaller(reset, serviceKey),
  DeleteServiceSpecificCredential: onUserOrCaller((user, call) => {
    user.serviceCredentials.delete(credentialIn(user, call).id);
  }, serviceKey),
};
