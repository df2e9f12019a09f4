import * as iam from "@aws-sdk/client-iam";
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
} from "@aws-sdk/client-sts";
import type { SandboxAws } from "../../../../sandbox/aws";
import { credentialsOf } from "../../../../sandbox/signed-request";
import type { Fields } from "../../../../sandbox/aws/service-models/fields";
import type { ServiceName } from "../../../../sandbox/aws/service-models/service-model";
import {
  deploymentIn,
  type ClientCredentials,
} from "../../../../sandbox/tour/people";
import {
  administratorOf,
  devId,
  bastionId,
  startTwoAccounts,
  stsOf,
} from "../clients";
import { administer, makeControlPolicy, rootOf } from "../organizations";
import { allowAll, targets, type Document } from "./documents";
import type { Policies } from "./policies";
import { arn, made } from "../operations/world";
import {
  requestBytes,
  sendBytes,
  sign,
  type PlainRequest,
  type RawAnswer,
} from "../fuzz/wire";
import type { Decided } from "./decided";
import { wireForm } from "./wire-form";

const text = (document: object): string => JSON.stringify(document);

const boundaryArn = `arn:aws:iam::${bastionId}:policy/boundary`;
const sessionArn = (index: number) =>
  `arn:aws:iam::${bastionId}:policy/session${index}`;

function documentIn(text = ""): Document | undefined {
  const plain = text.replaceAll("&quot;", '"').replaceAll("&amp;", "&");
  return plain === "" ? undefined : (JSON.parse(plain) as Document);
}

/** Of what is decided on, its own policy, if it has one. */
export type ResourcePolicies = (
  policies: Policies,
  decided: Decided,
) => Document | undefined;

/** Two accounts, and a role whose session asks; everything is put there and asked over HTTP. */
export class World {
  private constructor(
    readonly aws: SandboxAws,
    readonly organizationId: string,
    private readonly administrator: ClientCredentials,
    private readonly home: iam.IAMClient,
    private readonly other: iam.IAMClient,
    private readonly control: readonly string[],
  ) {}

  /** Somebody whom nothing is allowed. */
  stranger: ClientCredentials = { accessKeyId: "", secretAccessKey: "" };
  /** The key's. */
  ids: Fields = {};

  static async start(): Promise<World> {
    const aws = await startTwoAccounts();
    const { Organization } = (await administer(
      aws,
      "DescribeOrganization",
    )) as { readonly Organization: { readonly Id: string } };
    const administrator = await deploymentIn(aws, bastionId);
    const home = await administratorOf(aws, bastionId);
    const other = await administratorOf(aws, devId);
    const control: string[] = [];
    for (const [name, TargetId] of [
      ["root", await rootOf(aws)],
      ["account", bastionId],
    ] as const) {
      const PolicyId = await makeControlPolicy(aws, name, allowAll);
      await administer(aws, "AttachPolicy", { PolicyId, TargetId });
      await administer(aws, "DetachPolicy", {
        PolicyId: "p-FullAWSAccess",
        TargetId,
      });
      control.push(PolicyId);
    }
    const world = new World(
      aws,
      Organization.Id,
      administrator,
      home,
      other,
      control,
    );
    await world.build();
    return world;
  }

  private async build(): Promise<void> {
    const trust = {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: bastionId },
          Action: ["sts:AssumeRole", "sts:TagSession"],
        },
      ],
    };
    const role = (RoleName: string) =>
      new iam.CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: text(trust),
      });
    await this.home.send(new iam.CreateUserCommand({ UserName: "ada" }));
    for (const [service, name, fields] of made) {
      const wire = wireForm(service, name, fields);
      const { status, body } = await this.send(
        this.administrator,
        service,
        wire,
      );
      if (status !== 200) throw new Error(`${name}: ${body}`);
      const [, KeyId] = /"KeyId":"([^"]+)"/.exec(body) ?? [];
      if (KeyId !== undefined) this.ids = { KeyId, TargetKeyId: KeyId };
    }
    await this.home.send(role("subject"));
    await this.home.send(role("stranger"));
    await this.home.send(role("target"));
    await this.other.send(role("target"));
    for (const PolicyName of ["boundary", "session0", "session1", "session2"]) {
      await this.home.send(
        new iam.CreatePolicyCommand({
          PolicyName,
          PolicyDocument: text(allowAll),
        }),
      );
    }
    this.stranger = await this.take("stranger");
  }

  /** Puts the policies there, and opens a session under them. */
  async session(policies: Policies): Promise<ClientCredentials> {
    await this.setControl([allowAll, allowAll]);
    await this.readResourcePolicies();
    for (const [index, document] of policies.identity.entries()) {
      await this.home.send(
        new iam.PutRolePolicyCommand({
          RoleName: "subject",
          PolicyName: `p${index}`,
          PolicyDocument: text(document),
        }),
      );
    }
    await this.setBoundary(policies.boundary);
    for (const [index, client] of [this.home, this.other].entries()) {
      await client.send(
        new iam.UpdateAssumeRolePolicyCommand({
          RoleName: "target",
          PolicyDocument: text(policies.trust[index] ?? allowAll),
        }),
      );
    }
    const credentials = await this.open(policies);
    await this.setControl(policies.control);
    return credentials;
  }

  /** Sends a request, signed. */
  async send(
    credentials: ClientCredentials,
    service: string,
    wire: PlainRequest,
  ): Promise<RawAnswer> {
    const signed = await sign(wire, { service, credentials });
    return sendBytes(this.aws.endpoint, requestBytes(signed));
  }

  /** The policy of a role, a topic or a key, as it is under this session. */
  resourcePolicies(): ResourcePolicies {
    const { keyPolicy, topicPolicy } = this;
    return ({ trust }, { action, resource }) => {
      const ofTarget = targets.indexOf(resource);
      if (action.startsWith("sts:") && ofTarget >= 0) return trust[ofTarget];
      const ofKey = action.startsWith("kms:") && resource.includes(":key/");
      // A key that is to be made has the policy that every key has at first.
      if (ofKey) return keyPolicy;
      return resource === arn("news", "sns") ? topicPolicy : undefined;
    };
  }

  private keyPolicy: Document | undefined;
  private topicPolicy: Document | undefined;

  /** Only while no service control policy keeps the administrator from it. */
  private async readResourcePolicies(): Promise<void> {
    const ask = async (service: ServiceName, name: string, fields: Fields) => {
      const wire = wireForm(service, name, fields);
      const { body } = await this.send(this.administrator, service, wire);
      return body;
    };
    const key = { KeyId: this.ids["KeyId"], PolicyName: "default" };
    const answer = await ask("kms", "GetKeyPolicy", key);
    const [, inJson] = /"Policy":("(?:[^"\\]|\\.)*")/.exec(answer) ?? [];
    this.keyPolicy = documentIn(JSON.parse(inJson ?? '""') as string);
    await ask("sns", "CreateTopic", { Name: "news" });
    const TopicArn = arn("news", "sns");
    const topic = await ask("sns", "GetTopicAttributes", { TopicArn });
    const [, inXml] =
      /<key>Policy<\/key><value>(.*?)<\/value>/.exec(topic) ?? [];
    this.topicPolicy = documentIn(inXml);
  }

  private async setControl(documents: readonly Document[]): Promise<void> {
    for (const [index, PolicyId] of this.control.entries()) {
      const Content = text(documents[index] ?? allowAll);
      await administer(this.aws, "UpdatePolicy", { PolicyId, Content });
    }
  }

  private async setBoundary(boundary: Document | undefined): Promise<void> {
    const RoleName = "subject";
    if (boundary === undefined) {
      await this.home
        .send(new iam.DeleteRolePermissionsBoundaryCommand({ RoleName }))
        .catch((error: unknown) => {
          if (!(error instanceof iam.NoSuchEntityException)) throw error;
        });
      return;
    }
    await this.setManaged(boundaryArn, boundary);
    await this.home.send(
      new iam.PutRolePermissionsBoundaryCommand({
        RoleName,
        PermissionsBoundary: boundaryArn,
      }),
    );
  }

  /** Makes the document the policy's only version. */
  private async setManaged(PolicyArn: string, document: Document) {
    const { PolicyVersion: old } = await this.home.send(
      new iam.CreatePolicyVersionCommand({
        PolicyArn,
        PolicyDocument: text(document),
        SetAsDefault: true,
      }),
    );
    const { Versions = [] } = await this.home.send(
      new iam.ListPolicyVersionsCommand({ PolicyArn }),
    );
    for (const { VersionId } of Versions) {
      if (VersionId === old?.VersionId) continue;
      await this.home.send(
        new iam.DeletePolicyVersionCommand({ PolicyArn, VersionId }),
      );
    }
  }

  /** The first session policy comes with the request, the others are managed ones. */
  private async open({
    session,
    sessionTag,
  }: Policies): Promise<ClientCredentials> {
    const [inline, ...managed] = session ?? [];
    for (const [index, document] of managed.entries()) {
      await this.setManaged(sessionArn(index), document);
    }
    return this.take("subject", {
      ...(sessionTag ? { Tags: [{ Key: "team", Value: sessionTag }] } : {}),
      ...(inline ? { Policy: text(inline) } : {}),
      PolicyArns: managed.map((_, index) => ({ arn: sessionArn(index) })),
    });
  }

  private async take(
    role: string,
    more: Partial<AssumeRoleCommandInput> = {},
  ): Promise<ClientCredentials> {
    const { Credentials } = await stsOf(this.aws, this.administrator).send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${bastionId}:role/${role}`,
        RoleSessionName: "one",
        ...more,
      }),
    );
    return credentialsOf(Credentials);
  }
}
