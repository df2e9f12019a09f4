import { rootArn } from "../arn";
import type { AccessKey, Account, User } from "../model";
import { AwsError } from "../errors";
import type { Call, Operations, Result } from "../operation";
import { arnOf, devicesOf } from "./entities";

/** Source: AWS documentation, "Generate credential reports for your AWS account". */
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
  "access_key_1_last_used_region",
  "access_key_1_last_used_service",
  "access_key_2_active",
  "access_key_2_last_rotated",
  "access_key_2_last_used_date",
  "access_key_2_last_used_region",
  "access_key_2_last_used_service",
  "cert_1_active",
  "cert_1_last_rotated",
  "cert_2_active",
  "cert_2_last_rotated",
] as const;

type Row = Readonly<Record<(typeof columns)[number], string>>;

/** To the second, with the offset spelled out, as the report has it. */
const time = (date: Date | undefined, otherwise = "N/A"): string =>
  date?.toISOString().replace(/\.\d{3}Z$/, "+00:00") ?? otherwise;

const noKey = {
  active: "false",
  last_rotated: "N/A",
  last_used_date: "N/A",
  last_used_region: "N/A",
  last_used_service: "N/A",
};

const keyCells = (key: AccessKey | undefined): typeof noKey =>
  key === undefined
    ? noKey
    : {
        active: String(key.status === "Active"),
        last_rotated: time(key.createdAt),
        last_used_date: time(key.lastUsed?.at),
        last_used_region: key.lastUsed?.region ?? "N/A",
        last_used_service: key.lastUsed?.service ?? "N/A",
      };

const prefixed = (
  prefix: string,
  cells: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(cells).map(([name, value]) => [`${prefix}_${name}`, value]),
  );

function passwordCells({ account }: Call, user: User) {
  const profile = user.loginProfile;
  const { maxPasswordAge } = account.passwordPolicy ?? {};
  const next =
    profile && maxPasswordAge !== undefined
      ? new Date(profile.changedAt.getTime() + maxPasswordAge * 86_400_000)
      : undefined;
  return {
    password_enabled: String(profile !== undefined),
    password_last_used: profile
      ? time(user.passwordLastUsed, "no_information")
      : "N/A",
    password_last_changed: time(profile?.changedAt),
    password_next_rotation: time(next),
  };
}

/** Nobody has signing certificates. */
const noCertificates = {
  cert_1_active: "false",
  cert_1_last_rotated: "N/A",
  cert_2_active: "false",
  cert_2_last_rotated: "N/A",
};

function rowOf(call: Call, user: User): Partial<Row> {
  const [first, second] = [...user.accessKeys.values()];
  return {
    user: user.name,
    arn: arnOf(call, "User", user),
    user_creation_time: time(user.createdAt),
    ...passwordCells(call, user),
    mfa_active: String(devicesOf(call, user).length > 0),
    ...prefixed("access_key_1", keyCells(first)),
    ...prefixed("access_key_2", keyCells(second)),
    ...noCertificates,
  };
}

/** Of root's keys the sandbox knows only how many there are. */
const rootKey = (exists: boolean): typeof noKey => ({
  ...noKey,
  active: String(exists),
});

const rootRow = ({ cloud, account }: Call): Partial<Row> => ({
  user: "<root_account>",
  arn: rootArn(cloud, account.id),
  password_enabled: "not_supported",
  password_last_changed: "not_supported",
  password_next_rotation: "not_supported",
  mfa_active: String(account.root.hasMfa),
  ...prefixed("access_key_1", rootKey(account.root.accessKeys > 0)),
  ...prefixed("access_key_2", rootKey(account.root.accessKeys > 1)),
  ...noCertificates,
});

function csvOf(call: Call): string {
  const rows = [
    rootRow(call),
    ...[...call.account.users.values()].map((user) => rowOf(call, user)),
  ];
  return [
    columns.join(","),
    ...rows.map((row) =>
      columns.map((column) => row[column] ?? "N/A").join(","),
    ),
  ].join("\n");
}

/** Milliseconds for which AWS gives the same report again. */
const lasts = 4 * 60 * 60 * 1_000;

interface Report {
  readonly csv: string;
  readonly at: Date;
}

const reports = new WeakMap<Account, Report>();

const currentReport = ({ account, cloud }: Call): Report | undefined => {
  const report = reports.get(account);
  return report && cloud.now().getTime() - report.at.getTime() < lasts
    ? report
    : undefined;
};

function generate(call: Call): Result {
  if (currentReport(call)) return { State: "COMPLETE" };
  reports.set(call.account, { csv: csvOf(call), at: call.cloud.now() });
  return {
    State: "STARTED",
    Description: "No report exists. Starting a new report generation task",
  };
}

function read(call: Call): Result {
  const report = currentReport(call);
  if (report) {
    return {
      Content: Buffer.from(report.csv).toString("base64"),
      ReportFormat: "text/csv",
      GeneratedTime: report.at,
    };
  }
  throw reports.has(call.account)
    ? new AwsError("ReportExpired", "Report is expired: generate a new one.")
    : new AwsError(
        "ReportNotPresent",
        "Report is not present: generate it first.",
      );
}

/** The credential report: asked for first, then read, the same one for four hours. */
export const reportOperations: Operations = {
  GenerateCredentialReport: { run: generate },
  GetCredentialReport: { run: read },
};
