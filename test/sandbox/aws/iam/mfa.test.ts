import { strict as assert } from "node:assert";
import {
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  DeactivateMFADeviceCommand,
  DeleteVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  GetMFADeviceCommand,
  ListMFADevicesCommand,
  ListMFADeviceTagsCommand,
  ListVirtualMFADevicesCommand,
  ResyncMFADeviceCommand,
  TagMFADeviceCommand,
  type AssignmentStatusType,
} from "@aws-sdk/client-iam";
import { GetSessionTokenCommand, STSClient } from "@aws-sdk/client-sts";
import {
  bastionId,
  conversationForEach,
  refused,
  userWithKey,
} from "./conversation";
import { enable, enrol, newDevice } from "./devices";

const UserName = "ada";

describe("IAM's virtual MFA devices", () => {
  const conversation = conversationForEach();
  const { send } = conversation;

  it("are created for nobody, under any name, with a seed", async () => {
    const { VirtualMFADevice } = await send(
      new CreateVirtualMFADeviceCommand({
        VirtualMFADeviceName: "adas-phone",
        Path: "/staff/",
      }),
    );
    assert.equal(
      VirtualMFADevice?.SerialNumber,
      `arn:aws:iam::${bastionId}:mfa/staff/adas-phone`,
    );
    const seed = Buffer.from(VirtualMFADevice.Base32StringSeed ?? []);
    assert.match(seed.toString(), /^[A-Z2-7]{64}$/);
  });

  it("have a name once", async () => {
    await newDevice(conversation, "phone");
    await refused(newDevice(conversation, "phone"), "EntityAlreadyExists");
  });

  describe("of a user", () => {
    beforeEach(() => send(new CreateUserCommand({ UserName })));

    it("are enabled with two codes that follow each other", async () => {
      const device = await newDevice(conversation, "phone");
      await enable(conversation, UserName, device);
      const { MFADevices } = await send(
        new ListMFADevicesCommand({ UserName }),
      );
      assert.deepEqual(
        MFADevices?.map(({ SerialNumber }) => SerialNumber),
        [device.serial],
      );
      const got = await send(
        new GetMFADeviceCommand({ SerialNumber: device.serial }),
      );
      assert.equal(got.UserName, UserName);
      assert(got.EnableDate instanceof Date);
    });

    for (const [what, first, second] of [
      ["the same code twice", 0, 0],
      ["codes in the wrong order", 1, 0],
      ["codes with one between them", -1, 1],
      ["codes of long ago", -60, -59],
    ] as const) {
      it(`are not enabled with ${what}`, async () => {
        const { serial, codes } = await newDevice(conversation, "phone");
        const [AuthenticationCode1, AuthenticationCode2] = codes(first, second);
        await refused(
          send(
            new EnableMFADeviceCommand({
              UserName,
              SerialNumber: serial,
              AuthenticationCode1,
              AuthenticationCode2,
            }),
          ),
          "InvalidAuthenticationCode",
          "Authentication code for device is not valid",
        );
        const { MFADevices } = await send(
          new ListMFADevicesCommand({ UserName }),
        );
        assert.deepEqual(MFADevices, []);
      });
    }

    it("are one user's at a time", async () => {
      await send(new CreateUserCommand({ UserName: "bob" }));
      const device = await newDevice(conversation, "phone");
      await enable(conversation, UserName, device);
      await refused(
        enable(conversation, "bob", device),
        "EntityAlreadyExists",
        "MFA device is already in use.",
      );
      await refused(
        send(
          new DeactivateMFADeviceCommand({
            UserName: "bob",
            SerialNumber: device.serial,
          }),
        ),
        "NoSuchEntity",
      );
    });

    it("are eight at most", async () => {
      for (let index = 1; index <= 8; index += 1)
        await enrol(conversation, UserName, `device-${index}`);
      await refused(
        enrol(conversation, UserName, "device-9"),
        "LimitExceeded",
        "Cannot exceed quota for MFADevicesPerUser: 8",
      );
    });

    it("are deactivated before they are deleted", async () => {
      const SerialNumber = await enrol(conversation, UserName, "phone");
      await refused(
        send(new DeleteVirtualMFADeviceCommand({ SerialNumber })),
        "DeleteConflict",
      );
      await send(new DeactivateMFADeviceCommand({ UserName, SerialNumber }));
      await send(new DeleteVirtualMFADeviceCommand({ SerialNumber }));
      await refused(
        send(new DeleteVirtualMFADeviceCommand({ SerialNumber })),
        "NoSuchEntity",
        `VirtualMFADevice with serial number ${SerialNumber} cannot be found.`,
      );
    });

    it("are resynced with codes that were not used yet", async () => {
      const device = await newDevice(conversation, "phone");
      await enable(conversation, UserName, device);
      const resync = () => {
        const [AuthenticationCode1, AuthenticationCode2] = device.codes(0, 1);
        return send(
          new ResyncMFADeviceCommand({
            UserName,
            SerialNumber: device.serial,
            AuthenticationCode1,
            AuthenticationCode2,
          }),
        );
      };
      await refused(resync(), "InvalidAuthenticationCode");
      conversation.aws.clock.advance(90);
      await resync();
    });

    it("are listed by whether they are anybody's", async () => {
      const assigned = await enrol(conversation, UserName, "phone");
      const { serial: free } = await newDevice(conversation, "spare");
      const listed = async (AssignmentStatus: AssignmentStatusType) => {
        const { VirtualMFADevices } = await send(
          new ListVirtualMFADevicesCommand({ AssignmentStatus }),
        );
        return VirtualMFADevices?.map(({ SerialNumber, User }) => [
          SerialNumber,
          User?.UserName,
        ]);
      };
      assert.deepEqual(await listed("Assigned"), [[assigned, UserName]]);
      assert.deepEqual(await listed("Unassigned"), [[free, undefined]]);
      assert.equal((await listed("Any"))?.length, 2);
    });

    it("take tags", async () => {
      const SerialNumber = await enrol(conversation, UserName, "phone");
      const Tags = [{ Key: "k", Value: "v" }];
      await send(new TagMFADeviceCommand({ SerialNumber, Tags }));
      const read = await send(new ListMFADeviceTagsCommand({ SerialNumber }));
      assert.deepEqual(read.Tags, Tags);
    });
  });

  it("are the only ones: a hardware token's number is of no device", async () => {
    await send(new CreateUserCommand({ UserName }));
    await refused(
      send(
        new EnableMFADeviceCommand({
          UserName,
          SerialNumber: "GAHT12345678",
          AuthenticationCode1: "123456",
          AuthenticationCode2: "234567",
        }),
      ),
      "NoSuchEntity",
      "MFADevice with serial number GAHT12345678 cannot be found.",
    );
  });

  it("give sessions with a code that was not used to enable them", async () => {
    const own = await userWithKey(conversation, UserName);
    const device = await newDevice(conversation, "phone");
    await enable(conversation, UserName, device);
    const sts = new STSClient({
      endpoint: conversation.aws.endpoint,
      region: "us-east-1",
      credentials: own.config.credentials,
    });
    const session = () =>
      sts.send(
        new GetSessionTokenCommand({
          SerialNumber: device.serial,
          TokenCode: device.codes(0)[0],
        }),
      );
    await refused(session(), "AccessDenied");
    conversation.aws.clock.advance(60);
    const { Credentials } = await session();
    assert.match(Credentials?.AccessKeyId ?? "", /^ASIA/);
  });
});
