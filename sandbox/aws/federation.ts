import { federatedUserArn } from "./arn";
import type { Call, Operation, Result } from "./operation";
import { packedSize, sessionPoliciesIn } from "./session-policies";
import { checkTags, noTags, tagsContext } from "./session-tags";
import { callingUser, describeCredentials, openSession } from "./sessions";

const action = "GetFederationToken";

const nameIn = ({ parameters }: Call): string => parameters.required("Name");

const broughtTags = ({ parameters }: Call) => ({
  ...noTags,
  tags: parameters.tags(),
});

/** The user's rights, inside those of the session's policies: without these, none. */
function run(call: Call): Result {
  const { account, cloud, parameters } = call;
  const user = callingUser(call, action);
  const name = nameIn(call);
  const tags = parameters.tags();
  const policies = sessionPoliciesIn(parameters, call);
  const PackedPolicySize = packedSize(policies, tags);
  const seconds = parameters.number("DurationSeconds", 43_200);
  const session = openSession(
    cloud,
    account.id,
    {
      kind: "user",
      name: user.name,
      through: action,
      federated: { name, sessionPolicies: policies ?? { arns: [] }, tags },
    },
    seconds,
  );
  return {
    Credentials: describeCredentials(session),
    FederatedUser: {
      FederatedUserId: `${account.id}:${name}`,
      Arn: federatedUserArn(cloud, account.id, name),
    },
    PackedPolicySize,
  };
}

/** A user opens a session for somebody whom AWS does not know. */
export const getFederationToken: Operation = {
  lacks: ["MinimumSessionTokenSize"],
  resource: (call) =>
    federatedUserArn(call.cloud, call.account.id, nameIn(call)),
  beforeDecision: (call) => void callingUser(call, action),
  context: (call) => {
    checkTags(broughtTags(call), noTags);
    return tagsContext(broughtTags(call));
  },
  // IAM knows no resource of somebody federated for this action.
  alsoNeeds: (call) =>
    call.parameters.tags().length === 0
      ? []
      : [
          {
            action: "sts:TagSession",
            resource: "*",
            context: tagsContext(broughtTags(call)),
          },
        ],
  run,
};
