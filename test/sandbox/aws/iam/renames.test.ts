import {
  CreateGroupCommand,
  CreateUserCommand,
  PutUserPolicyCommand,
  UpdateGroupCommand,
  UpdateServerCertificateCommand,
  UpdateUserCommand,
  UploadServerCertificateCommand,
  type IAMClient,
} from "@aws-sdk/client-iam";
import { certify } from "./certificates";
import {
  allow,
  bastionId,
  conversationForEach,
  policyText,
  refused,
  userWithKey,
} from "./conversation";

const certificate = certify("web");

describe("Rights to rename and move", () => {
  const conversation = conversationForEach();
  const { send } = conversation;
  let ada: IAMClient;

  beforeEach(async () => {
    ada = await userWithKey(conversation, "ada");
  });

  const grant = (...statements: readonly Readonly<Record<string, unknown>>[]) =>
    send(
      new PutUserPolicyCommand({
        UserName: "ada",
        PolicyName: "p",
        PolicyDocument: policyText(...statements),
      }),
    );
  const denied = (answer: Promise<unknown>) => refused(answer, "AccessDenied");

  const at = (kind: string, name: string): string =>
    `arn:aws:iam::${bastionId}:${kind}/${name}`;

  for (const [kind, action, make, change] of [
    [
      "user",
      "iam:UpdateUser",
      () => new CreateUserCommand({ UserName: "p1", Path: "/dev/" }),
      (path: string, name: string) =>
        new UpdateUserCommand({
          UserName: "p1",
          NewPath: path,
          NewUserName: name,
        }),
    ],
    [
      "group",
      "iam:UpdateGroup",
      () => new CreateGroupCommand({ GroupName: "p1", Path: "/dev/" }),
      (path: string, name: string) =>
        new UpdateGroupCommand({
          GroupName: "p1",
          NewPath: path,
          NewGroupName: name,
        }),
    ],
    [
      "server-certificate",
      "iam:UpdateServerCertificate",
      () =>
        new UploadServerCertificateCommand({
          ServerCertificateName: "p1",
          Path: "/dev/",
          CertificateBody: certificate.pem,
          PrivateKey: certificate.keyPem,
        }),
      (path: string, name: string) =>
        new UpdateServerCertificateCommand({
          ServerCertificateName: "p1",
          NewPath: path,
          NewServerCertificateName: name,
        }),
    ],
  ] as const) {
    const update = (path: string, name: string) =>
      ada.send(change(path, name) as never);

    it(`let a ${kind} become only what they open, too`, async () => {
      await send(make() as never);
      await grant(allow(action, at(kind, "dev/*")));
      await denied(update("/", "p1"));
      await denied(update("/admin/", "p1"));
      await update("/dev/", "p2");
    });

    it(`keep a ${kind} from a name that they deny`, async () => {
      await send(make() as never);
      await grant(allow(action), {
        Effect: "Deny",
        Action: action,
        Resource: at(kind, "admin/*"),
      });
      await denied(update("/admin/", "p1"));
      await update("/other/", "p9");
    });

    it(`keep a ${kind} that they do not open from another name`, async () => {
      await send(make() as never);
      await grant(allow(action, at(kind, "other/*")));
      await denied(update("/other/", "p1"));
      await grant(
        allow(action, at(kind, "other/*")),
        allow(action, at(kind, "dev/p1")),
      );
      await update("/other/", "p1");
    });
  }
});
