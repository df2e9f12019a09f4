import { isPlainObject, type Properties } from "../resources/plain-object";
import { allow, isGiven, type FormOf } from "./permission-form";

/** The properties of a type that say whom an access list of S3's lets in. */
interface AccessList {
  /** A list by its name: `public-read`. */
  readonly canned?: string;
  /** Entries, with the grantee in them or below `grantee`. */
  readonly grants?: string;
  /** The id of the user whose account has it. */
  readonly owner?: string;
  /** Stands for all that a list may give: only whom it lets in is asked. */
  readonly action?: string;
}

const formOf =
  ({
    canned = "",
    grants = "",
    owner = "",
    action = "s3:GetObject",
  }: AccessList): FormOf =>
  ({ inputs }) => ({
    field: isGiven(inputs[grants.split(".")[0] ?? ""]) ? grants : canned,
    document: (ask) => [
      ...byName(ask(canned)).flatMap((who) => toGroup(who, action)),
      ...listed(ask(grants)).flatMap((one) =>
        toGrantee(one, ask(owner), action),
      ),
    ],
  });

type Group = "everyone" | "whoever has an account";

/** Source: Amazon S3 user guide, "Access control list (ACL) overview", canned ACL. */
const byName = (names: unknown): readonly Group[] =>
  listed(names).flatMap((name): readonly Group[] => {
    const list = String(name).replaceAll(/[-_]/g, "").toLowerCase();
    if (list.startsWith("public")) return ["everyone"];
    return list === "authenticatedread" ? ["whoever has an account"] : [];
  });

const listed = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? (value as readonly unknown[]) : [value];

const toGroup = (group: Group, action: string): readonly Properties[] =>
  allow("*", action, group === "everyone" ? {} : signedIn);

const signedIn = { Null: { "aws:PrincipalArn": "false" } };

/** Source: Amazon S3 user guide, "Access control list (ACL) overview", who is a grantee. */
function toGrantee(
  grant: unknown,
  owner: unknown,
  action: string,
): readonly Properties[] {
  if (!isPlainObject(grant)) return [];
  const grantee = isPlainObject(grant["grantee"]) ? grant["grantee"] : grant;
  const { uri, id, emailAddress, email } = grantee;
  if (isGiven(uri)) return toUri(String(uri), action);
  const user = [id, emailAddress, email].find(isGiven);
  if (user === undefined || user === owner) return [];
  return typeof user === "string" && logsOfCloudFront.has(user)
    ? []
    : allow("*", action).map((one) => ({
        ...one,
        Principal: { CanonicalUser: user },
      }));
}

/** S3 has no other groups than these three, and lets its own logs in by the last. */
function toUri(uri: string, action: string): readonly Properties[] {
  if (uri.endsWith("/s3/LogDelivery")) return [];
  return toGroup(
    uri.endsWith("/global/AuthenticatedUsers")
      ? "whoever has an account"
      : "everyone",
    action,
  );
}

/**
 * Whom CloudFront delivers its logs as, outside of China and there. Source: Amazon CloudFront
 * developer guide, "Configure standard logging (legacy)", required permissions.
 */
const logsOfCloudFront = new Set([
  "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0",
  "a52cb28745c0c06e84ec548334e44bfa7fc2a85c54af20cd59e4969344b7af56",
]);

const listOnly = formOf({ canned: "acl" });
const withGrants = formOf({ canned: "acl", grants: "grants" });
const ofBucketAcl = formOf({
  canned: "acl",
  grants: "accessControlPolicy.grants",
  owner: "accessControlPolicy.owner.id",
});
const ofLogs = formOf({ grants: "targetGrants" });
const ofFileShare = formOf({ canned: "objectAcl" });

/** Types with an access list of S3's, or with a word that opens what they have to everybody. */
export const accessListForms: readonly (readonly [string, FormOf])[] =
  Object.entries({
    "aws:s3/bucket:Bucket": withGrants,
    "aws:s3/bucketV2:BucketV2": withGrants,
    "aws:s3/bucketAcl:BucketAcl": ofBucketAcl,
    "aws:s3/bucketAclV2:BucketAclV2": ofBucketAcl,
    "aws:s3/bucketLogging:BucketLogging": ofLogs,
    "aws:s3/bucketLoggingV2:BucketLoggingV2": ofLogs,
    "aws:s3/bucketObject:BucketObject": listOnly,
    "aws:s3/bucketObjectv2:BucketObjectv2": listOnly,
    "aws:s3/objectCopy:ObjectCopy": withGrants,
    "aws:storagegateway/nfsFileShare:NfsFileShare": ofFileShare,
    "aws:storagegateway/smbFileShare:SmbFileShare": ofFileShare,
    "aws:iot/topicRule:TopicRule": formOf({ canned: "s3.cannedAcl" }),
    "aws-native:s3:Bucket": formOf({ canned: "accessControl" }),
    "aws-native:iot:TopicRule": formOf({
      canned: "topicRulePayload.actions.s3.cannedAcl",
    }),
    "aws:codebuild/project:Project": formOf({
      canned: "projectVisibility",
      action: "codebuild:BatchGetBuilds",
    }),
    "aws-native:codebuild:Project": formOf({
      canned: "visibility",
      action: "codebuild:BatchGetBuilds",
    }),
  });
