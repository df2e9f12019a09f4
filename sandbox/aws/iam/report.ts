import type { User } from "../model";
import { rootArn } from "../arn";
import {
  AwsError,
  type Call,
  type Operations,
  type Result,
} from "../operation";
import { arnOf, devicesOf } from "./entities";

const columns = [
  "user",
  "arn",
  "user_creation_time",
  "password_enabled",
  "password_last_used",
  "password_last_changed",
  "password_next_rotation",
  "mfa_active",
  "access_key_1_active",
  "access_key_1_last_rotated",
  "access_key_1_last_used_date",
  "access_key_2_active",
  "access_key_2_last_rotated",
  "access_key_2_last_used_date",
] as const;

type Row = Readonly<Record<(typeof columns)[number], string>>;

const time = (date: Date | undefined): string => date?.toISOString() ?? "N/A";

function rowOf(call: Call, user: User): Row {
  const [first, second] = [...user.accessKeys.values()];
  return {
    user: user.name,
    arn: arnOf(call, "User", user),
    user_creation_time: time(user.createdAt),
    password_enabled: String(user.loginProfile !== undefined),
    password_last_used: time(user.passwordLastUsed),
    password_last_changed: time(user.loginProfile?.changedAt),
    password_next_rotation: "N/A",
    mfa_active: String(devicesOf(call, user).length > 0),
    access_key_1_active: String(first?.status === "Active"),
    access_key_1_last_rotated: time(first?.createdAt),
    access_key_1_last_used_date: time(first?.lastUsed?.at),
    access_key_2_active: String(second?.status === "Active"),
    access_key_2_last_rotated: time(second?.createdAt),
    access_key_2_last_used_date: time(second?.lastUsed?.at),
  };
}

function rootRow({ cloud, account }: Call): Row {
  const none = Object.fromEntries(
    columns.map((column) => [column, "N/A"]),
  ) as Row;
  return {
    ...none,
    user: "<root_account>",
    arn: rootArn(cloud, account.id),
    password_enabled: "not_supported",
    mfa_active: "false",
    access_key_1_active: "false",
    access_key_2_active: "false",
  };
}

function report(call: Call): Result {
  const rows = [
    rootRow(call),
    ...[...call.account.users.values()].map((user) => rowOf(call, user)),
  ];
  const csv = [
    columns.join(","),
    ...rows.map((row) => columns.map((column) => row[column]).join(",")),
  ];
  return {
    Content: Buffer.from(csv.join("\n")).toString("base64"),
    ReportFormat: "text/csv",
    GeneratedTime: call.cloud.now(),
  };
}

const generated = new WeakSet<object>();

/** The credential report: asked for first, then read. */
export const reportOperations: Operations = {
  GenerateCredentialReport: {
    action: "iam:GenerateCredentialReport",
    run: ({ account }) => {
      generated.add(account);
      return { State: "COMPLETE" };
    },
  },
  GetCredentialReport: {
    action: "iam:GetCredentialReport",
    run: (call) => {
      if (generated.has(call.account)) return report(call);
      throw new AwsError(
        "ReportNotPresent",
        "Report has not been generated.",
        410,
      );
    },
  },
};
