import { powershellQuoted, quoted } from "../shell-quotes";

/** What a shell of the sandbox's is set to. */
export interface ShellEnvironment {
  /** Folders that come first on the PATH. */
  readonly path: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
}

/** The services that an address of their own may be set for. */
const services = [
  ...["ACCESSANALYZER", "DYNAMODB", "EC2", "EVENTBRIDGE", "IAM", "KMS"],
  ...["ORGANIZATIONS", "S3", "SNS", "STS"],
];

/** What would come before the profiles or the address of the sandbox, and may lead to real accounts. */
export const unset: readonly string[] = [
  ...["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"],
  ...["AWS_DEFAULT_PROFILE", "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE"],
  "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
  ...services.map((service) => `AWS_ENDPOINT_URL_${service}`),
];

/** For sh, bash and zsh, to be read by the shell that it is for. */
export const shellLines = ({
  path,
  variables,
}: ShellEnvironment): readonly string[] => [
  ...unset.map((name) => `unset ${name}`),
  `export PATH=${path.map((folder) => `${quoted(folder)}:`).join("")}"$PATH"`,
  ...Object.entries(variables).map(
    ([name, value]) => `export ${name}=${quoted(value)}`,
  ),
];

/** For PowerShell, which reads no unsigned script on most machines: to be pasted. */
export const powershellLines = ({
  path,
  variables,
}: ShellEnvironment): readonly string[] => [
  `Remove-Item -ErrorAction Ignore ${unset.map((name) => `Env:${name}`).join(",")}`,
  `$env:PATH = ${powershellQuoted(path.map((folder) => `${folder};`).join(""))} + $env:PATH`,
  ...Object.entries(variables).map(
    ([name, value]) => `$env:${name} = ${powershellQuoted(value)}`,
  ),
];
