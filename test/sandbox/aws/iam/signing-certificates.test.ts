import { strict as assert } from "node:assert";
import {
  CreateUserCommand,
  DeleteSigningCertificateCommand,
  DeleteUserCommand,
  GenerateCredentialReportCommand,
  GetCredentialReportCommand,
  ListSigningCertificatesCommand,
  UpdateSigningCertificateCommand,
  UploadSigningCertificateCommand,
} from "@aws-sdk/client-iam";
import { certify } from "./certificates";
import { conversationForEach, refused } from "./conversation";

const UserName = "ada";
const [one, two, three] = ["one", "two", "three"].map((name) => certify(name));
assert(one && two && three);

describe("Signing certificates", () => {
  const { send } = conversationForEach();

  const upload = async (CertificateBody: string, name = UserName) => {
    const { Certificate } = await send(
      new UploadSigningCertificateCommand({ UserName: name, CertificateBody }),
    );
    return Certificate?.CertificateId;
  };
  const list = async () => {
    const { Certificates } = await send(
      new ListSigningCertificatesCommand({ UserName }),
    );
    return Certificates ?? [];
  };

  beforeEach(async () => {
    for (const name of [UserName, "bob"])
      await send(new CreateUserCommand({ UserName: name }));
  });

  it("are uploaded, put aside and deleted", async () => {
    assert.deepEqual(await list(), []);
    const CertificateId = await upload(one.pem);
    assert.match(CertificateId ?? "", /^[A-Z2-7]{32}$/);
    await send(
      new UpdateSigningCertificateCommand({
        UserName,
        CertificateId,
        Status: "Inactive",
      }),
    );
    assert.deepEqual(
      (await list()).map((each) => [each.CertificateBody, each.Status]),
      [[one.pem, "Inactive"]],
    );
    const remove = () =>
      send(new DeleteSigningCertificateCommand({ UserName, CertificateId }));
    await remove();
    assert.deepEqual(await list(), []);
    await refused(remove(), "NoSuchEntity");
  });

  it("are two a user, and each of one user", async () => {
    await upload(one.pem);
    await refused(upload(one.pem, "bob"), "DuplicateCertificate");
    await upload(two.pem);
    await refused(
      upload(three.pem),
      "LimitExceeded",
      "Cannot exceed quota for SigningCertificatesPerUser: 2",
    );
    await upload(three.pem, "bob");
  });

  for (const [what, body, code] of [
    ["what is no certificate", "garbage", "MalformedCertificate"],
    [
      "one whose time is over",
      certify("late", { to: new Date("2021-01-01") }).pem,
      "InvalidCertificate",
    ],
  ] as const) {
    it(`are not ${what}`, async () => {
      await refused(upload(body), code);
      assert.deepEqual(await list(), []);
    });
  }

  it("hold their user against deletion", async () => {
    const CertificateId = await upload(one.pem);
    const remove = () => send(new DeleteUserCommand({ UserName }));
    await refused(
      remove(),
      "DeleteConflict",
      "Cannot delete entity, must delete certificates first.",
    );
    await send(
      new DeleteSigningCertificateCommand({ UserName, CertificateId }),
    );
    await remove();
  });

  it("stand in the credential report", async () => {
    await upload(one.pem);
    await send(new GenerateCredentialReportCommand({}));
    const { Content } = await send(new GetCredentialReportCommand({}));
    const rows = Buffer.from(Content ?? [])
      .toString()
      .split("\n");
    const certificates = (user: string) =>
      rows
        .find((row) => row.startsWith(`${user},`))
        ?.split(",")
        .slice(-4);
    const [active, rotated, ...other] = certificates(UserName) ?? [];
    assert.equal(active, "true");
    assert.match(rotated ?? "", /^\d{4}-\d\d-\d\dT/);
    assert.deepEqual(other, ["false", "N/A"]);
    assert.deepEqual(certificates("bob"), ["false", "N/A", "false", "N/A"]);
  });
});
