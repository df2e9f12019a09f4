import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { resourcePolicies } from "../../../policy-pack/identities/resource-policies";
import {
  readingOf,
  unheardOf,
} from "../../../policy-pack/identities/type-readings";
import { nativeType } from "../../../policy-pack/resources/contained/native-names";
import type { Resource } from "../../../policy-pack/resources/resource";
import { withUnknowns } from "../../../policy-pack/resources/unknown";
import { checkout } from "../../../sandbox/engine/paths";
import { unknownText } from "../pack";
import { foreign, json, root } from "../rules/documents";
import native from "./aws-native-types.json";
import { awsTypes, textsIn, type Input } from "./aws-types";
import { sharingForms } from "../../../policy-pack/identities/sharing-forms";

const ofAws = awsTypes();
const ofNative: ReadonlyMap<string, readonly Input[]> = new Map(
  Object.entries(native.types).map(([type, { inputs }]) => [
    type,
    inputs.map((name) => ({ name, type: "any" })),
  ]),
);
const all = [...ofAws, ...ofNative];

const withInput = (pattern: RegExp): readonly string[] =>
  all
    .filter(([, inputs]) => inputs.some(({ name }) => pattern.test(name)))
    .map(([type]) => type);

/** Services that say who may do what: each of their types is one to know. */
const ofAccess =
  /^aws(-native)?:(iam|sso|ssoadmin|identitystore|rolesanywhere|cloudformation|cloudcontrol|organizations|ram|sts|index)[/:]/;

/** What their inputs of such a name are, if not somebody of AWS's who is let in. */
const noPrincipals = new Map([
  ["kerberos", /^aws(-native)?:datasync[/:]location/i],
  ["people of a domain of DataZone", /^aws(-native)?:datazone[/:]/],
  ["things of IoT", /^aws:iot\//],
  [
    "tags of a session",
    /^aws(-native)?:cognito[/:]IdentityPool\w*PrincipalTag/i,
  ],
  [
    "types of entities of an application",
    /^aws(-native)?:verifiedpermissions[/:]/,
  ],
  ["a key of a push service", /^aws:sns\/platformApplication:/],
  ["whose pulls count", /^aws(-native)?:ecr[/:]pullTimeUpdateExclusion/i],
  ["who asks to be counted in", /^aws:lakeformation\/optIn:/],
  [
    "what reads a stream or a tracker of its own account",
    /^aws(-native)?:(kinesis|location)[/:]/,
  ],
  [
    "the own side of what others share",
    /^aws:redshift\/(dataShareConsumerAssociation|namespaceRegistration):/,
  ],
]);

/** Inputs that may name an account, or somebody of one, at any depth. */
const namesAccount =
  /(account|owner|principal|grantee|admin|allowed?list)(s|Id|Ids|Identifier|Arn|Arns|Account|AccountId)?$|(masterId|signers|sinkIdentifier|masterUserArn|iamArn)$/i;

/** What such inputs are, if not whom the resource lets in: by type and property. */
const noStrangers = new Map([
  ["what must be so for the request to pass", /bucket(Owner|AccountId)\w*$/i],
  [
    "the own account, or the one that has the thing",
    /^aws:(account|budgets|codeartifact|costexplorer|quicksight|s3|s3control)\/\S+ (accountId|awsAccountId|domainOwner)$|^aws:appmesh\/|^aws:redshift\w*\/\S+ (accountId|\w*owner\w*)$|vpcOriginConfig|localDomainInfo|sinkPolicy/i,
  ],
  [
    "members, whose data comes here",
    /^aws:(detective|guardduty|macie2|inspector2|securityhub|securitylake|backup|networkflowmonitor|invoicing)\/|configurationAggregator|metricQueries|snapshotOwners|exclusionRules/,
  ],
  [
    "where a service acts for its organisation",
    /^aws:(cfg|fis|fms|datazone|ssmincidents)\/|(fastLaunch|launchTemplate|ssmParameter)Configurations/,
  ],
  [
    "where data is delivered",
    /replication|inventory|storageLens|observabilityadmin/i,
  ],
  [
    "networks that are joined",
    /^aws:(directconnect|ec2transitgateway)\/|vpcPeering|vpcIpam|DhcpOptions|outboundConnection/,
  ],
  [
    "names of other systems",
    /^aws:(codepipeline|codegurureviewer|datasync|elasticache|elastictranscoder|grafana|iot|sns|storagegateway|chime|sagemaker)\/|sourceControlDetails|catalogTable|emailSending|requestHeader|forwarded/,
  ],
  ["signers, as the README says", /trustedSigners$/],
  [
    "what ends or narrows the access of others",
    / (retiringPrincipal|sourceAccount|servicePrincipal)$|optIn:|pullTimeUpdate|ecrImagePuller|columnLevel|crawler:/,
  ],
]);

describe("the types that the rules read", () => {
  it("are enough to look at", () => {
    assert.ok(ofAws.size > 1700, String(ofAws.size));
    assert.ok(ofNative.size > 150, String(ofNative.size));
  });

  it("are all of AWS's services for access, each with its reading", () => {
    const unknown = all
      .map(([type]) => type)
      .filter((type) => ofAccess.test(type))
      .filter((type) =>
        [undefined, unheardOf].includes(readingOf(type) as never),
      );
    assert.deepEqual(unknown, []);
  });

  it("are all whose inputs name principals", () => {
    const unknown = withInput(/principal|grantee|sharedAccounts|consumer/i)
      .filter((type) => readingOf(type) === undefined)
      .filter(
        (type) => ![...noPrincipals.values()].some((one) => one.test(type)),
      );
    assert.deepEqual(unknown, []);
  });

  it("are all whose inputs name accounts, at any depth", () => {
    const named = [...ofAws]
      .filter(
        ([type]) => readingOf(type) === undefined || sharingForms.has(type),
      )
      .flatMap(([type, inputs]) => {
        const read = sharingForms.get(type)?.principals ?? [];
        return inputs
          .flatMap(textsIn)
          .filter((property) => namesAccount.test(property))
          .filter((property) => !read.includes(property))
          .map((property) => `${type} ${property}`);
      });
    assert.ok(named.length > 100, String(named.length));
    const none = [...noStrangers.values()];
    const unknown = named.filter((one) => !none.some((is) => is.test(one)));
    assert.deepEqual(unknown, []);
  });

  it("are all with an access list of S3's", () => {
    const lists = [...ofAws]
      .filter(([, inputs]) =>
        inputs
          .flatMap(textsIn)
          .some((one) => /acl$|grantee.*\.uri$/i.test(one)),
      )
      .map(([type]) => type);
    assert.ok(lists.length > 8, String(lists.length));
    // Lists of revoked certificates are for everybody.
    const others = ["aws:acmpca/certificateAuthority:CertificateAuthority"];
    assert.deepEqual(
      lists.filter((one) => readingOf(one) === undefined),
      others,
    );
  });

  it("are all that give roles to what runs in a cluster, or to people of a pool", () => {
    const unknown = withInput(/role/i)
      .filter((type) => /^aws(-native)?:(eks|cognito)[/:]/.test(type))
      .filter((type) => readingOf(type) === undefined);
    assert.deepEqual(unknown, []);
  });

  it("are the same in a template, under CloudFormation's names", () => {
    const named = Object.entries(native.types).flatMap(([type, one]) =>
      "cloudFormation" in one ? [[type, one.cloudFormation] as const] : [],
    );
    assert.ok(named.length > 100, String(named.length));
    for (const [type, name] of named) assert.equal(nativeType(name), type);
  });

  it("that are not seen stand in the README", () => {
    const readme = readFileSync(join(checkout, "policy-pack/README.md"), "utf8")
      .replace(/\s+/g, " ")
      .toLowerCase();
    const unseen = new Set(
      all.flatMap(([type]) => {
        const reading = readingOf(type);
        return reading?.kind === "not seen" ? [reading.what] : [];
      }),
    );
    assert.ok(unseen.size > 2);
    for (const what of unseen) {
      assert.ok(readme.includes(`- ${what.toLowerCase()}`), what);
    }
  });

  it("say of one that nobody has heard of that it is not known", () => {
    for (const type of [
      "aws:iam/superUser:SuperUser",
      "aws-native:sso:Thing",
      "aws:ssoadmin/new:New",
    ]) {
      assert.equal(readingOf(type), unheardOf, type);
    }
    assert.equal(readingOf("aws:ec2/vpc:Vpc"), undefined);
    assert.equal(readingOf("aws:iamx/thing:Thing"), undefined);
  });
});

/** Types whose policies are of users, groups and roles, or limit what may be done and let nobody in. */
const otherPolicies =
  /^aws:(iam|ssoadmin)\/|^aws-native:(iam|sso):|^aws(-native)?:ec2[/:]vpcEndpoint(Policy)?(:|$)|^aws(-native)?:(cloudformation|organizations)[/:]|^aws(-native)?:events[/:]|^aws:cloudwatch\/event/i;

const declared = (type: string, field: string, value: unknown): Resource => ({
  type,
  name: "one",
  urn: `urn:pulumi:dev::team::${type}::one`,
  inputs: withUnknowns({ [field]: value }) as Resource["inputs"],
  outputs: {},
  provider: undefined,
  propertyDependencies: {},
});

describe("the policies of resources", () => {
  const fields = all
    .filter(([type]) => !otherPolicies.test(type))
    .flatMap(([type, inputs]) =>
      inputs
        .filter(({ name }) =>
          /(policy|policyDocument|accessPolicies)$/i.test(name),
        )
        .filter((input) => /^any$|Input<string|PolicyDocument/.test(input.type))
        .map(({ name }) => [type, name] as const),
    );

  it("are read in every input that may hold one, of every type", () => {
    assert.ok(fields.length > 150, String(fields.length));
    const policy = json({
      Effect: "Allow",
      Principal: { AWS: root(foreign) },
      Action: "*",
      Resource: "*",
    });
    for (const [type, field] of fields) {
      const kindOf = (value: unknown) =>
        resourcePolicies(declared(type, field, value)).map(({ kind }) => kind);
      assert.deepEqual(kindOf(policy), ["policy"], `${type} ${field}`);
      assert.deepEqual(kindOf(unknownText), ["unknown"], `${type} ${field}`);
    }
  });
});
