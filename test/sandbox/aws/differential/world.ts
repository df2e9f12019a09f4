import * as iam from "@aws-sdk/client-iam";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import type { SandboxAws } from "../../../../sandbox/aws";
import { credentialsOf, sendSigned } from "../../../../sandbox/signed-request";
import {
  deploymentIn,
  type ClientCredentials,
} from "../../../../sandbox/tour/people";
import {
  administratorOf,
  bastionId,
  devId,
  startTwoAccounts,
  stsOf,
} from "../clients";
import { administer, makeControlPolicy, rootOf } from "../organizations";
import { allowAll, subject, type Document } from "./documents";
import type { Policies } from "./policies";
import type { Asked } from "./requests";

const text = (document: object): string => JSON.stringify(document);

const boundaryArn = `arn:aws:iam::${devId}:policy/boundary`;
const sessionArn = (index: number) =>
  `arn:aws:iam::${devId}:policy/session${index}`;

/** Two accounts, and a role whose session asks; everything is put there and asked over HTTP. */
export class World {
  private constructor(
    readonly aws: SandboxAws,
    readonly organizationId: string,
    private readonly administrator: ClientCredentials,
    private readonly dev: iam.IAMClient,
    private readonly bastion: iam.IAMClient,
    private readonly control: readonly string[],
  ) {}

  static async start(): Promise<World> {
    const aws = await startTwoAccounts();
    const { Organization } = (await administer(
      aws,
      "DescribeOrganization",
    )) as { readonly Organization: { readonly Id: string } };
    const administrator = await deploymentIn(aws, devId);
    const dev = await administratorOf(aws, devId);
    const bastion = await administratorOf(aws, bastionId);
    const control: string[] = [];
    for (const [name, TargetId] of [
      ["root", await rootOf(aws)],
      ["account", devId],
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
      dev,
      bastion,
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
          Principal: { AWS: devId },
          Action: ["sts:AssumeRole", "sts:TagSession"],
        },
      ],
    };
    const role = (RoleName: string) =>
      new iam.CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: text(trust),
      });
    await this.dev.send(new iam.CreateUserCommand({ UserName: "ada" }));
    await this.dev.send(role("subject"));
    await this.dev.send(role("target"));
    await this.bastion.send(role("target"));
    for (const PolicyName of ["boundary", "session0", "session1", "session2"]) {
      await this.dev.send(
        new iam.CreatePolicyCommand({
          PolicyName,
          PolicyDocument: text(allowAll),
        }),
      );
    }
  }

  /** Puts the policies there, and opens a session under them. */
  async session(policies: Policies): Promise<ClientCredentials> {
    await this.setControl([allowAll, allowAll]);
    for (const [index, document] of policies.identity.entries()) {
      await this.dev.send(
        new iam.PutRolePolicyCommand({
          RoleName: "subject",
          PolicyName: `p${index}`,
          PolicyDocument: text(document),
        }),
      );
    }
    await this.setBoundary(policies.boundary);
    for (const [index, client] of [this.dev, this.bastion].entries()) {
      await client.send(
        new iam.UpdateAssumeRolePolicyCommand({
          RoleName: "target",
          PolicyDocument: text(policies.trust[index] ?? allowAll),
        }),
      );
    }
    const credentials = await this.open(policies.session);
    await this.setControl(policies.control);
    return credentials;
  }

  /** Whether the sandbox lets the request through. */
  async isAllowed(
    credentials: ClientCredentials,
    { wire }: Asked,
  ): Promise<boolean> {
    const answer = await sendSigned(this.aws.endpoint, credentials, {
      ...wire,
      region: "us-east-1",
    });
    if (answer.ok) return true;
    if (/AccessDenied|UnauthorizedOperation/.test(answer.text)) return false;
    throw new Error(`${text(wire)}: ${answer.text}`);
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
      await this.dev
        .send(new iam.DeleteRolePermissionsBoundaryCommand({ RoleName }))
        .catch((error: unknown) => {
          if (!(error instanceof iam.NoSuchEntityException)) throw error;
        });
      return;
    }
    await this.setManaged(boundaryArn, boundary);
    await this.dev.send(
      new iam.PutRolePermissionsBoundaryCommand({
        RoleName,
        PermissionsBoundary: boundaryArn,
      }),
    );
  }

  /** Makes the document the policy's only version. */
  private async setManaged(PolicyArn: string, document: Document) {
    const { PolicyVersion: old } = await this.dev.send(
      new iam.CreatePolicyVersionCommand({
        PolicyArn,
        PolicyDocument: text(document),
        SetAsDefault: true,
      }),
    );
    const { Versions = [] } = await this.dev.send(
      new iam.ListPolicyVersionsCommand({ PolicyArn }),
    );
    for (const { VersionId } of Versions) {
      if (VersionId === old?.VersionId) continue;
      await this.dev.send(
        new iam.DeletePolicyVersionCommand({ PolicyArn, VersionId }),
      );
    }
  }

  /** The first session policy comes with the request, the others are managed ones. */
  private async open(session: Policies["session"]): Promise<ClientCredentials> {
    const [inline, ...managed] = session ?? [];
    for (const [index, document] of managed.entries()) {
      await this.setManaged(sessionArn(index), document);
    }
    const { Credentials } = await stsOf(this.aws, this.administrator).send(
      new AssumeRoleCommand({
        RoleArn: subject,
        RoleSessionName: "one",
        Tags: [{ Key: "team", Value: "a" }],
        ...(inline ? { Policy: text(inline) } : {}),
        PolicyArns: managed.map((_, index) => ({ arn: sessionArn(index) })),
      }),
    );
    return credentialsOf(Credentials);
  }
}
