import { rootArn } from "../arn";
import type {
  AccessKey,
  Account,
  Root,
  SigningCertificate,
  User,
} from "../model";
import { AwsError } from "../errors";
import type { Call, Operations, Result } from "../operation";
import { arnOf, devicesOf } from "./entities";

/** A row, by column. */
type Row = Readonly<Record<string, string>>;

/** To the second, with the offset spelled out, as the report has it. */
const time = (date: Date | undefined, otherwise = "N/A"): string =>
  date?.toISOString().replace(/\.\d{3}Z$/, "+00:00") ?? otherwise;

const rootKey = (
  number: 1 | 2,
  createdAt: Date,
  { accessKeys }: Root,
): ReportedKey | undefined =>
  accessKeys < number ? undefined : { status: "Active", createdAt };

type ReportedKey = Pick<
  AccessKey,
  "changedAt" | "createdAt" | "lastUsed" | "status"
>;

/** The columns of an access key, the first or the second. S3 counts as a service without regions. */
function keyCells(number: 1 | 2, key?: ReportedKey): Row {
  const { at, region = "N/A", service = "N/A" } = key?.lastUsed ?? {};
  return {
    [`access_key_${number}_active`]: String(key?.status === "Active"),
    [`access_key_${number}_last_rotated`]: time(
      key?.changedAt ?? key?.createdAt,
    ),
    [`access_key_${number}_last_used_date`]: time(at),
    [`access_key_${number}_last_used_region`]:
      service === "s3" ? "N/A" : region,
    [`access_key_${number}_last_used_service`]: service,
  };
}

/** The columns of a signing certificate, the first or the second. */
const certificateCells = (
  number: 1 | 2,
  certificate?: SigningCertificate,
): Row => ({
  [`cert_${number}_active`]: String(certificate?.status === "Active"),
  [`cert_${number}_last_rotated`]: time(
    certificate?.changedAt ?? certificate?.uploadedAt,
  ),
});

function passwordCells({ account }: Call, user: User) {
  const profile = user.loginProfile;
  const { MaxPasswordAge: days } = account.passwordPolicy ?? {};
  const next =
    profile && days !== undefined
      ? new Date(profile.changedAt.getTime() + days * 86_400_000)
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

/** Its columns are in AWS's order. Source: "Generate credential reports for your AWS account". */
function rowOf(call: Call, user: User): Row {
  const [first, second] = user.accessKeys.values();
  const [certificate, otherCertificate] = user.signingCertificates.values();
  return {
    user: user.name,
    arn: arnOf(call, "User", user),
    user_creation_time: time(user.createdAt),
    ...passwordCells(call, user),
    mfa_active: String(devicesOf(call, user).length > 0),
    ...keyCells(1, first),
    ...keyCells(2, second),
    ...certificateCells(1, certificate),
    ...certificateCells(2, otherCertificate),
  };
}

/** Of root's password and keys the sandbox knows only whether they are there: as old as the account. */
const rootRow = ({ cloud, account: { id, createdAt, root } }: Call): Row => ({
  user: "<root_account>",
  arn: rootArn(cloud, id),
  user_creation_time: time(createdAt),
  password_enabled: String(root.hasPassword),
  password_last_used: root.hasPassword ? "no_information" : "N/A",
  password_last_changed: root.hasPassword ? "not_supported" : "N/A",
  password_next_rotation: "not_supported",
  mfa_active: String(root.hasMfa),
  ...keyCells(1, rootKey(1, createdAt, root)),
  ...keyCells(2, rootKey(2, createdAt, root)),
  ...certificateCells(1),
  ...certificateCells(2),
});

function csvOf(call: Call): string {
  const root = rootRow(call);
  const users = [...call.account.users.values()].sort((one, other) =>
    one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1,
  );
  return [
    Object.keys(root),
    ...[root, ...users.map((user) => rowOf(call, user))].map(Object.values),
  ]
    .map((cells) => cells.join(","))
    .join("\n");
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
