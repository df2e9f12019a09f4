import {
  createValidatedPolicy,
  validateTrustPolicy,
} from "@cloud-copilot/iam-policy";
import { runUnsafeSimulation } from "@cloud-copilot/iam-simulate";
import { accountOf } from "./arn";
import { keysAskedFor, lacks, refuseUnknownKeys } from "./asked-keys";
import { requestContext } from "./context";
import { tell, tellingRefusal, tellRefusal } from "./decided";
import { identityProviderArn } from "./iam/identity-providers";
import { tagsOfResource } from "./iam/resource-tags";
import type { Account, Cloud, IdentityProvider } from "./model";
import { AwsError, validationError } from "./errors";
import { honouring, type UnhonouredParameters } from "./honoured-parameters";
import type { ContextKeys, Result } from "./operation";
import type { Parameters } from "./parameters";
import { literalVariables } from "./policy-variables";
import { openRoleSession, roleAt } from "./role-sessions";
import { sessionPoliciesIn } from "./session-policies";
import { faultsOf } from "./service-models/constraints";
import { serviceModel } from "./service-models/service-model";
import {
  checkTags,
  noTags,
  tagsContext,
  type SessionTags,
} from "./session-tags";
import { recordTokenUse } from "./trail/web-identity";
import { audienceOf, meantFor, readToken, type TokenClaims } from "./tokens";

export const webIdentityAction = "AssumeRoleWithWebIdentity";

/** Beside the credentials: whose token it was, and of whom it speaks. */
type TakenWithToken = Result & {
  readonly Provider: string;
  readonly SubjectFromWebIdentityToken: string;
};

/**
 * Takes a role with a token of an identity provider. Nobody signs this request: the token is the
 * proof, and the role's trust policy alone decides.
 */
async function assumeRoleWithWebIdentity(
  cloud: Cloud,
  parameters: Parameters,
  sourceIp: string,
): Promise<TakenWithToken> {
  const entry = entryOf(cloud, parameters);
  await decideByTrust(cloud, entry, sourceIp);
  const { claims, provider, target, sessionName, brought } = entry;
  const { account, role } = target;
  const seconds = parameters.number("DurationSeconds", 3_600);
  if (seconds > role.maxSessionDuration) {
    throw validationError(
      "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    );
  }
  return {
    ...openRoleSession(cloud, target, seconds, {
      sessionName,
      sessionPolicies: sessionPoliciesIn(parameters, { cloud, account }),
      ...brought,
      federatedProvider: provider.arn,
    }),
    Provider: provider.arn,
    Audience: audienceOf(claims),
    SubjectFromWebIdentityToken: claims.sub,
  };
}

/** Who wants to get in where, with what. */
interface Entry {
  readonly claims: TokenClaims;
  readonly provider: IdentityProvider;
  readonly arn: string;
  readonly target: NonNullable<ReturnType<typeof roleAt>>;
  readonly sessionName: string;
  readonly brought: ReturnType<typeof broughtBy>;
}

/** @throws AwsError for what is refused before the role's trust policy is asked. */
function entryOf(cloud: Cloud, parameters: Parameters): Entry {
  const token = parameters.required("WebIdentityToken");
  const arn = parameters.required("RoleArn");
  const sessionName = parameters.required("RoleSessionName");
  const by = (caller: string) => ({
    caller,
    action: `sts:${webIdentityAction}`,
    resource: arn,
  });
  const claims = tellingRefusal(cloud, by("a token"), () =>
    readToken(token, cloud.now()),
  );
  const bearer = by(`a token of ${claims.iss} ${claims.sub}`);
  return tellingRefusal(cloud, bearer, () => {
    const target = roleAt(cloud, arn);
    if (!target) throw refused(webIdentityAction);
    const provider = providerOf(cloud, target.account, claims);
    const brought = broughtBy(claims, arn, sessionName);
    return { claims, provider, arn, target, sessionName, brought };
  });
}

/** @throws AwsError AccessDenied, or NotImplemented where it can't be told. */
async function decideByTrust(
  cloud: Cloud,
  { claims, provider, arn, target, sessionName }: Entry,
  sourceIp: string,
): Promise<void> {
  const context = {
    ...requestContext(cloud, sourceIp, target.account.id),
    ...tagsOfResource(cloud, arn),
    ...contextOf(provider, claims, sessionName),
  };
  const trust = target.role.trustPolicy.parsed;
  const caller = `${provider.arn} ${claims.sub}`;
  for (const name of neededActions(claims)) {
    const asked = { caller, action: `sts:${name}`, resource: arn };
    await refuseUnknownClaims(provider, claims, name, trust).catch(
      (error: unknown) => {
        tellRefusal(cloud, asked, error);
        throw error;
      },
    );
    const isIn = isTrusted(provider, name, arn, trust, context);
    tell(cloud, {
      ...asked,
      reason: { decided: isIn ? "trusted" : "not trusted" },
    });
    if (!isIn) throw refused(name);
  }
}

/** The account's provider that the token is of, which must take its audience. */
function providerOf(
  cloud: Cloud,
  account: Account,
  claims: TokenClaims,
): IdentityProvider {
  const host = claims.iss.replace(/^https:\/\//, "");
  const provider = account.identityProviders.get(
    identityProviderArn(cloud, account, host),
  );
  if (!provider) {
    throw new AwsError(
      "InvalidIdentityToken",
      `No OpenIDConnect provider found in your account for ${claims.iss}`,
    );
  }
  if (provider.audiences.has(audienceOf(claims))) return provider;
  throw new AwsError("InvalidIdentityToken", "Incorrect token audience");
}

const refused = (action: string): AwsError =>
  new AwsError("AccessDenied", `Not authorized to perform sts:${action}`);

/**
 * The tags and the source identity that a session gets from its token.
 *
 * @throws AwsError for more than what `AssumeRole` takes as parameters.
 */
function broughtBy(
  claims: TokenClaims,
  RoleArn: string,
  RoleSessionName: string,
): SessionTags & { readonly sourceIdentity: string | undefined } {
  const { tags, transitiveTagKeys } = tagsIn(claims);
  const sourceIdentity = claims["https://aws.amazon.com/source_identity"];
  const faults = faultsOf("sts", serviceModel("sts"), "AssumeRoleRequest", {
    RoleArn,
    RoleSessionName,
    Tags: tags,
    TransitiveTagKeys: transitiveTagKeys,
    ...(sourceIdentity === undefined ? {} : { SourceIdentity: sourceIdentity }),
  });
  if (faults !== undefined) throw new AwsError("InvalidIdentityToken", faults);
  return { tags, transitiveTagKeys, sourceIdentity };
}

/** The session tags that the token carries. */
function tagsIn(claims: TokenClaims): SessionTags {
  const claimed = claims["https://aws.amazon.com/tags"];
  if (!claimed) return noTags;
  const tags = Object.entries(claimed.principal_tags).map(([Key, values]) => ({
    Key,
    Value: values[0] ?? "",
  }));
  const transitiveTagKeys = claimed.transitive_tag_keys ?? [];
  checkTags({ tags, transitiveTagKeys }, noTags);
  return { tags, transitiveTagKeys };
}

/** Tags and a source identity take rights of their own. */
const neededActions = (claims: TokenClaims): readonly string[] => [
  webIdentityAction,
  ...(tagsIn(claims).tags.length > 0 ? ["TagSession"] : []),
  ...(claims["https://aws.amazon.com/source_identity"] === undefined
    ? []
    : ["SetSourceIdentity"]),
];

/** What AWS makes condition keys of, whoever issued the token. */
const claimKeys = ["amr", "aud", "email", "oaud", "sub"];

/**
 * A key of the provider is absent where its token has no such claim. Of which other claims AWS makes
 * keys depends on the issuer: where the token has one that the trust asks for, that can't be told.
 *
 * Source: IAM User Guide, "IAM and AWS STS condition context keys", of OIDC federation.
 *
 * @throws AwsError NotImplemented.
 */
async function refuseUnknownClaims(
  { host }: IdentityProvider,
  claims: TokenClaims,
  name: string,
  trust: unknown,
): Promise<void> {
  const action = `sts:${name}`;
  const question = {
    action,
    documents: [trust],
    effects: ["Allow", "Deny"] as const,
  };
  const prefix = `${host}:`.toLowerCase();
  const doubtful = Object.keys(claims)
    .filter((claim) => !claimKeys.includes(claim))
    .map((claim) => `${prefix}${claim.toLowerCase()}`);
  const [lacking] = keysAskedFor(question, (key) =>
    doubtful.includes(key.toLowerCase()),
  );
  if (lacking !== undefined)
    throw lacks(`the condition key ${lacking}`, action);
  await refuseUnknownKeys(question);
}

function contextOf(
  { host }: IdentityProvider,
  claims: TokenClaims,
  sessionName: string,
): ContextKeys {
  const sourceIdentity = claims["https://aws.amazon.com/source_identity"];
  return {
    [`${host}:aud`]: audienceOf(claims),
    ...(claims.azp === undefined ? {} : { [`${host}:oaud`]: meantFor(claims) }),
    [`${host}:sub`]: claims.sub,
    ...(claims.amr === undefined
      ? {}
      : { [`${host}:amr`]: [claims.amr].flat() }),
    ...(claims.email === undefined ? {} : { [`${host}:email`]: claims.email }),
    "sts:RoleSessionName": sessionName,
    ...tagsContext(tagsIn(claims)),
    ...(sourceIdentity === undefined
      ? {}
      : { "sts:SourceIdentity": sourceIdentity }),
  };
}

/** "Unsafe" takes the keys as they are: the other way drops those of identity providers. */
function isTrusted(
  { arn }: IdentityProvider,
  action: string,
  roleArn: string,
  trust: unknown,
  contextVariables: ContextKeys,
): boolean {
  const result = runUnsafeSimulation(
    {
      request: {
        principal: arn,
        action: `sts:${action}`,
        resource: { resource: roleArn, accountId: accountOf(roleArn) },
        contextVariables,
      },
      identityPolicies: [],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: createValidatedPolicy(
        literalVariables(trust),
        validateTrustPolicy,
        { name: "trust" },
      ),
    },
    {},
  );
  return result === "Allowed";
}

/** What the one action that nobody signs does not honour. */
export const webIdentity: UnhonouredParameters = {
  lacks: ["MinimumSessionTokenSize", "ProviderId"],
};

/** Takes a role with a token: honours each parameter, or refuses it by name. */
export async function takeRoleWithToken(
  cloud: Cloud,
  parameters: Parameters,
  sourceIp: string,
): Promise<Result> {
  const result = await honouring(
    parameters,
    `sts:${webIdentityAction}`,
    webIdentity,
    () => assumeRoleWithWebIdentity(cloud, parameters, sourceIp),
  );
  recordTokenUse(cloud, {
    roleArn: parameters.required("RoleArn"),
    sessionName: parameters.required("RoleSessionName"),
    providerArn: result.Provider,
    subject: result.SubjectFromWebIdentityToken,
    sourceIp,
  });
  return result;
}
