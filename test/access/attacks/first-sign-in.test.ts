import assert from "node:assert/strict";
import { IAM } from "@aws-sdk/client-iam";
import { STS } from "@aws-sdk/client-sts";
import type { SandboxAws } from "../../../sandbox/aws";
import { signIn } from "../../../sandbox/aws/console-client";
import {
  administratorOf,
  clientConfig,
  Person,
} from "../../../sandbox/tour/people";
import { bastionConfig } from "../../infra/config-of";
import { startWithAccounts } from "../made-accounts";
import { bastion, foundKey } from "./found-key";

const config = bastionConfig(`
bastionAccountId: "${bastion}"
accounts: { prod: { id: "033333333333" } }
everybody: [{ roles: [ReadOnly], accounts: all }]
users: { ada: {}, dolores: { programmaticAccess: false } }
`);

/** AWS's documentation does not say which: either way must lead in. */
const readings = [
  { reading: "says that there was no MFA", passwordChangeTellsMfa: true },
  { reading: "says nothing of MFA", passwordChangeTellsMfa: false },
];

for (const { reading, passwordChangeTellsMfa } of readings) {
  describe(`a sign-in with a password that must be changed, in a session that ${reading}`, () => {
    let aws: SandboxAws;

    beforeEach(async () => {
      aws = await startWithAccounts(config, { passwordChangeTellsMfa });
    });

    afterEach(() => aws.close());

    const newcomer = async (name: string): Promise<Person> => {
      const person = new Person(aws, bastion, name);
      await person.receivePassword(await administratorOf(aws, bastion));
      return person;
    };

    for (const name of ["ada", "dolores"]) {
      it(`leads ${name} to a device, and with it into a role`, async () => {
        const person = await newcomer(name);
        await person.enrolMfa(await person.signInFirst());
        const session = await person.signInWithMfa();
        await person.takeRole(session, "033333333333", "ReadOnly");
      });

      it(`lets ${name} in again when the password has expired, with MFA`, async () => {
        const person = await newcomer(name);
        await person.enrolMfa(await person.signInFirst());
        const administrator = await administratorOf(aws, bastion);
        await administrator.updateLoginProfile({
          UserName: name,
          PasswordResetRequired: true,
        });
        const { accessKeyId } = await signIn(aws.endpoint, {
          account: bastion,
          userName: name,
          password: `Own-password-of-${name}-2?`,
          newPassword: `Another-password-of-${name}-3!`,
          mfaCode: person.mfa().code,
        });
        assert.match(accessKeyId, /^ASIA/);
      });
    }

    it("opens nothing to a key of a console-only user but a change of the password that is known", async () => {
      const dolores = await newcomer("dolores");
      await dolores.signInFirst();
      const key = clientConfig(aws, await foundKey(aws, "dolores"));
      const iam = new IAM(key);
      const isDenied = (attempt: Promise<unknown>, what: string) =>
        assert.rejects(attempt, { name: "AccessDenied" }, what);
      await isDenied(iam.getUser({}), "GetUser");
      await isDenied(
        iam.createVirtualMFADevice({ VirtualMFADeviceName: "mallory" }),
        "CreateVirtualMFADevice",
      );
      await isDenied(new STS(key).getSessionToken({}), "GetSessionToken");
      await assert.rejects(
        iam.changePassword({
          OldPassword: "guessed",
          NewPassword: "Mallorys-1!",
        }),
        /old password was incorrect/,
      );
    });
  });
}
