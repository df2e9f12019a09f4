import { allow } from "../../../sandbox/grown-account/make";
import type { SandboxAws } from "../../../sandbox/aws";
import { administrator, bastionId, devId, prodId } from "./accounts";
import type { Fault } from "./fault";
import { perhaps } from "./undecided-faults";

const limitArn = `arn:aws:iam::${prodId}:policy/limit`;

const roleBoundary = `arn:aws:iam::${devId}:policy/pipeline-role-boundary`;

const limitTo =
  (PolicyDocument: string) =>
  (aws: SandboxAws): Promise<unknown> =>
    administrator(aws, prodId).iam.createPolicyVersion({
      PolicyArn: limitArn,
      PolicyDocument,
      SetAsDefault: true,
    });

/** Version 1 allows what the role is for. */
const asBefore = (aws: SandboxAws): Promise<unknown> =>
  administrator(aws, prodId).iam.setDefaultPolicyVersion({
    PolicyArn: limitArn,
    VersionId: "v1",
  });

const provider = (account: string) => ({
  OpenIDConnectProviderArn: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`,
});

/** What only a config with a boundary and a pipeline can have; `limit` is made beside the stacks. */
export const auditedFaults: readonly Fault[] = [
  {
    name: "a boundary leaves a role nothing",
    plant: limitTo(allow("iam:CreateUser")),
    rule: "boundary-closes-all",
    says: /^Support in prod may do nothing of what its policies allow/,
    mend: asBefore,
  },
  {
    name: "a boundary perhaps leaves a role nothing",
    plant: limitTo(perhaps("support:*")),
    rule: "comparison-undecided",
    says: /^Support in prod may do nothing within the boundary/,
    mend: asBefore,
  },
  {
    name: "what bounds the roles of a pipeline's making is open",
    plant: (aws) =>
      administrator(aws, devId).iam.createPolicyVersion({
        PolicyArn: roleBoundary,
        PolicyDocument: allow("*"),
        SetAsDefault: true,
      }),
    rule: "pipeline-bound-differs",
    says: /^the policy \S+:policy\/pipeline-role-boundary may call iam:/,
    mend: (aws) =>
      administrator(aws, devId).iam.setDefaultPolicyVersion({
        PolicyArn: roleBoundary,
        VersionId: "v1",
      }),
  },
  {
    name: "a pipeline's identity provider is gone",
    plant: (aws) =>
      administrator(aws, bastionId).iam.deleteOpenIDConnectProvider(
        provider(bastionId),
      ),
    rule: "identity-provider-differs",
    says: /of bastion is not there: no run of the pipeline gets in/,
  },
  {
    name: "a pipeline's identity provider takes no tokens for AWS",
    plant: (aws) =>
      administrator(aws, devId).iam.removeClientIDFromOpenIDConnectProvider({
        ...provider(devId),
        ClientID: "sts.amazonaws.com",
      }),
    rule: "identity-provider-differs",
    says: /of dev takes no tokens for sts\.amazonaws\.com/,
  },
  {
    name: "a pipeline's identity provider takes tokens for others",
    plant: (aws) =>
      administrator(aws, prodId).iam.addClientIDToOpenIDConnectProvider({
        ...provider(prodId),
        ClientID: "evil",
      }),
    rule: "identity-provider-takes-more",
    says: /of prod takes tokens for evil as well/,
    outcome: "pass",
  },
];
