import { join } from "node:path";
import { mfaLogin } from "../../../infra/profiles/section";
import { checkout } from "../../../sandbox/engine/paths";
import type { Client } from "./client";
import {
  findPackage,
  findProgram,
  installed,
  type Found,
  type Program,
} from "./find";

const programs = join(__dirname, "programs");
const quoted = (text: string): string => `'${text}'`;

/** Runs a file of programs/ with arguments. */
const script = (runner: string, file: string, ...args: readonly string[]) =>
  [quoted(runner), quoted(join(programs, file)), ...args.map(quoted)].join(" ");

const awsCli = (version: RegExp, what: string): Found =>
  findProgram("aws", ["--version"], version, `no ${what}`);

const botocorePrompt = /Enter MFA code for/;
const ownPrompt = /MFA code/;

const viaProfile = ({ path }: Program, profile: string): string =>
  `${quoted(path)} --profile ${profile} sts get-caller-identity --query Arn --output text`;

const awsume = (_: Program, profile: string): string =>
  `bash -c '. awsume ${profile} && node "${join(programs, "who-am-i.js")}"'`;

/** Where npm puts the version of the SDK that this project has no use for. */
const sdkV2 = join(installed, "javascript", "node_modules");

/** Each is skipped, with the reason, where it is not installed: CONTRIBUTING.md says how to. */
export const clients: readonly Client[] = [
  {
    name: "AWS CLI v1",
    find: () =>
      // AWS_ENDPOINT_URL came with 1.29.
      awsCli(
        /^aws-cli\/(1\.(?:29|[3-9]\d|\d{3,})\.\S+)/m,
        "AWS CLI v1 from 1.29 on",
      ),
    key: "keychain",
    command: viaProfile,
    prompt: botocorePrompt,
  },
  {
    name: "AWS CLI v2",
    find: () =>
      awsCli(
        /^aws-cli\/(2\.(?:1[3-9]|[2-9]\d|\d{3,})\.\S+)/m,
        "AWS CLI v2 from 2.13 on",
      ),
    key: "keychain",
    command: viaProfile,
    prompt: botocorePrompt,
  },
  {
    name: "AWS CLI v2, after aws configure mfa-login",
    find: () =>
      // That came with 2.30.3.
      awsCli(
        /^aws-cli\/(2\.(?:30\.(?:[3-9]|\d\d)|3[1-9]\.|[4-9]\d\.|\d{3,}\.)\S*)/m,
        "AWS CLI v2 from 2.30.3 on",
      ),
    key: "credentials file",
    mfaLogin: true,
    command: (program, profile) =>
      `${quoted(program.path)} ${mfaLogin.replace(/^aws /, "")} && ${viaProfile(program, profile)}`,
    next: viaProfile,
    prompt: /MFA token code/,
    alwaysAsks: true,
  },
  {
    name: "AWS CLI before 2.13, with --endpoint-url",
    find: () =>
      awsCli(/^aws-cli\/(2\.(?:\d|1[0-2])\.\S+)/m, "AWS CLI v2 before 2.13"),
    key: "keychain",
    command: ({ path }, profile) =>
      script("sh", "assume-role.sh", path, profile),
    prompt: ownPrompt,
  },
  {
    name: "boto3",
    find: () =>
      findProgram(
        "python3",
        ["-c", "import boto3; print(boto3.__version__)"],
        /^(\d[\d.]+)$/m,
        "no python3 has boto3",
      ),
    key: "keychain",
    command: ({ path }, profile) => script(path, "boto3_profile.py", profile),
    prompt: botocorePrompt,
  },
  {
    name: "AWS SDK for JavaScript v3",
    find: () =>
      findPackage("@aws-sdk/client-sts", join(checkout, "node_modules")),
    key: "keychain",
    command: ({ path }, profile) => script(path, "sdk-v3.js", profile),
    prompt: ownPrompt,
  },
  {
    name: "AWS SDK for JavaScript v2",
    find: () => findPackage("aws-sdk", sdkV2),
    key: "credentials file",
    command: ({ path }, profile) => script(path, "sdk-v2.js", profile),
    prompt: ownPrompt,
    environment: { AWS_SDK_LOAD_CONFIG: "1", NODE_PATH: sdkV2 },
  },
  {
    name: "awsume",
    find: () =>
      findProgram("awsumepy", ["--version"], /^(\d[\d.]+)$/m, "no awsume"),
    key: "credentials file",
    command: awsume,
    next: awsume,
    prompt: /Enter MFA token/,
  },
  {
    name: "aws-mfa",
    find: () =>
      findProgram("aws-mfa", ["--help"], /^usage: aws-mfa/m, "no aws-mfa"),
    key: "credentials file",
    command: ({ path }, profile) => script("sh", "aws-mfa.sh", path, profile),
    prompt: /Enter AWS MFA code/,
    alwaysAsks: true,
    environment: { AWS_DEFAULT_REGION: "us-east-1" },
  },
];
