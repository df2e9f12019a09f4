import { strict as assert } from "node:assert";
import {
  DeleteServerCertificateCommand,
  GetAccountSummaryCommand,
  GetServerCertificateCommand,
  ListServerCertificatesCommand,
  ListServerCertificateTagsCommand,
  TagServerCertificateCommand,
  UpdateServerCertificateCommand,
  UploadServerCertificateCommand,
  type UploadServerCertificateCommandInput,
} from "@aws-sdk/client-iam";
import { certify } from "./certificates";
import { bastionId, conversationForEach, refused } from "./conversation";

const ServerCertificateName = "web";
const arnOf = (pathAndName: string): string =>
  `arn:aws:iam::${bastionId}:server-certificate${pathAndName}`;

const root = certify("root");
const middle = certify("middle", { issuer: root });
const web = certify("web.example.com", { issuer: middle });

describe("Server certificates", () => {
  const conversation = conversationForEach();
  const { send } = conversation;

  const upload = (input: Partial<UploadServerCertificateCommandInput> = {}) =>
    send(
      new UploadServerCertificateCommand({
        ServerCertificateName,
        CertificateBody: web.pem,
        PrivateKey: web.keyPem,
        ...input,
      }),
    );
  const read = async (name = ServerCertificateName) => {
    const { ServerCertificate } = await send(
      new GetServerCertificateCommand({ ServerCertificateName: name }),
    );
    return ServerCertificate;
  };

  it("are uploaded, read without their key, and deleted", async () => {
    const CertificateChain = `${middle.pem}\n${root.pem}`;
    await upload({ CertificateChain, Tags: [{ Key: "a", Value: "b" }] });
    const certificate = await read();
    const metadata = certificate?.ServerCertificateMetadata;
    assert.equal(metadata?.Arn, arnOf("/web"));
    assert.match(metadata.ServerCertificateId ?? "", /^ASCA[A-Z2-7]{17}$/);
    assert.equal(
      metadata.Expiration?.toISOString(),
      "2120-01-01T00:00:00.000Z",
    );
    assert.equal(certificate?.CertificateBody, web.pem);
    assert.equal(certificate.CertificateChain, CertificateChain);
    assert.deepEqual(certificate.Tags, [{ Key: "a", Value: "b" }]);
    const kept = JSON.stringify([
      ...(conversation.aws.cloud.accounts
        .get(bastionId)
        ?.serverCertificates.values() ?? []),
    ]);
    assert(!kept.includes("PRIVATE KEY"));
    await send(new DeleteServerCertificateCommand({ ServerCertificateName }));
    await refused(
      read(),
      "NoSuchEntity",
      "The Server Certificate with name web cannot be found.",
    );
  });

  it("are listed below a path and counted", async () => {
    await upload();
    await upload({ ServerCertificateName: "cdn", Path: "/cloudfront/" });
    const list = async (PathPrefix?: string) => {
      const { ServerCertificateMetadataList } = await send(
        new ListServerCertificatesCommand({ PathPrefix }),
      );
      return ServerCertificateMetadataList?.map(({ Arn }) => Arn);
    };
    assert.deepEqual(await list(), [arnOf("/cloudfront/cdn"), arnOf("/web")]);
    assert.deepEqual(await list("/cloudfront/"), [arnOf("/cloudfront/cdn")]);
    const { SummaryMap } = await send(new GetAccountSummaryCommand({}));
    assert.equal(SummaryMap?.ServerCertificates, 2);
    assert.equal(SummaryMap.ServerCertificatesQuota, 20);
  });

  it("are moved, renamed and tagged", async () => {
    await upload();
    await upload({ ServerCertificateName: "other" });
    const rename = (NewServerCertificateName: string) =>
      send(
        new UpdateServerCertificateCommand({
          ServerCertificateName,
          NewServerCertificateName,
          NewPath: "/tls/",
        }),
      );
    await refused(rename("Other"), "EntityAlreadyExists");
    await rename("site");
    const { ServerCertificateMetadata } = (await read("site")) ?? {};
    assert.equal(ServerCertificateMetadata?.Arn, arnOf("/tls/site"));
    await send(
      new TagServerCertificateCommand({
        ServerCertificateName: "site",
        Tags: [{ Key: "team", Value: "web" }],
      }),
    );
    const { Tags } = await send(
      new ListServerCertificateTagsCommand({ ServerCertificateName: "site" }),
    );
    assert.deepEqual(Tags, [{ Key: "team", Value: "web" }]);
  });

  const late = certify("late", { to: new Date("2021-01-01") });
  const early = certify("early", { from: new Date("2110-01-01") });

  for (const [what, input, code] of [
    [
      "text as certificate",
      { CertificateBody: "garbage" },
      "MalformedCertificate",
    ],
    [
      "a certificate that is none inside",
      { CertificateBody: web.pem.replace(/^M/m, "N") },
      "MalformedCertificate",
    ],
    ["text as key", { PrivateKey: "garbage" }, "MalformedCertificate"],
    ["another's key", { PrivateKey: root.keyPem }, "KeyPairMismatch"],
    ["text as chain", { CertificateChain: "garbage" }, "MalformedCertificate"],
    [
      "a chain out of order",
      { CertificateChain: root.pem + middle.pem },
      "MalformedCertificate",
    ],
    [
      "a time that is over",
      { CertificateBody: late.pem, PrivateKey: late.keyPem },
      "MalformedCertificate",
    ],
    [
      "a time to come",
      { CertificateBody: early.pem, PrivateKey: early.keyPem },
      "MalformedCertificate",
    ],
  ] as const) {
    it(`are refused with ${what}`, async () => {
      await refused(upload(input), code);
      await refused(read(), "NoSuchEntity");
    });
  }

  it("are refused under a name that is taken, in whatever case", async () => {
    await upload();
    await refused(
      upload({ ServerCertificateName: "WEB" }),
      "EntityAlreadyExists",
      "The Server Certificate with name WEB already exists.",
    );
  });

  it("are twenty in an account", async () => {
    for (let index = 0; index < 20; index += 1)
      await upload({ ServerCertificateName: `c${index}` });
    await refused(
      upload(),
      "LimitExceeded",
      "Cannot exceed quota for ServerCertificatesPerAccount: 20",
    );
  });
});
