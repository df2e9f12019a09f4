/** How an issuer of tokens writes whose they are, as far as a subject has to say it in full. */
interface Issuer {
  /** All that says whose token it is, up to where one project's tokens differ among themselves. */
  readonly ofOneProject: RegExp;
  /** Subjects that end where others go on. */
  readonly whole?: RegExp;
  /** As a person would write it. */
  readonly example: string;
  /** Host and path. */
  readonly issuer: RegExp;
  /** Whether people run it themselves under addresses of their own as well. */
  readonly selfHosted?: true;
}

const uuid = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

/**
 * The issuers of pipelines and clusters. A subject of theirs begins like this, and `*` stands only
 * behind it: so that no other tenant, project or kind of run is let in.
 *
 * Sources: GitHub Docs, "OpenID Connect reference"; GitLab Docs, "OpenID Connect (OIDC)
 * authentication using ID tokens"; Bitbucket Cloud Support, "Integrate Pipelines with resource
 * servers using OIDC"; CircleCI Docs, "Using OpenID Connect tokens in jobs"; HCP Terraform
 * documentation, "Workload identity" and, for Stacks, "Authenticate a Stack"; Buildkite Documentation, "OIDC in Buildkite Pipelines"; Pulumi
 * documentation, "Configuring OpenID Connect for AWS"; Amazon EKS User Guide, "IAM roles for service accounts".
 */
const issuers: readonly Issuer[] = [
  {
    issuer:
      /^(token\.actions\.(githubusercontent\.com(\/.+)?|[a-z0-9-]+\.ghe\.com)|[^/]+\/_services\/token)$/,
    // Not all of a repository: its pull requests run what somebody proposes. And no environments but by
    // their names: a run that names another makes it, without any reviewers.
    ofOneProject: /^repo:[^:/*]+\/[^:/*]+:ref:refs\/(heads|tags)\//,
    whole: /^repo:[^:/*]+\/[^:/*]+:(pull_request|environment:[^*]+)$/,
    example: "repo:acme/shop:environment:production",
  },
  {
    issuer: /^gitlab\.com$/,
    selfHosted: true,
    ofOneProject:
      /^project_path:[^:/*]+(\/[^:/*]+)+:ref_type:(branch|tag):ref:/,
    example: "project_path:acme/shop:ref_type:branch:ref:main",
  },
  {
    issuer:
      /^api\.bitbucket\.org\/2\.0\/workspaces\/[^/]+\/pipelines-config\/identity\/oidc$/,
    // The last part is the step's, and another one in each run.
    ofOneProject: new RegExp(`^\\{${uuid}\\}:(\\{${uuid}\\}:)?`),
    example:
      "{5f3c0b7e-2a41-4c5e-9d0b-8a7f6e5d4c3b}:{0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d}:*",
  },
  {
    issuer: new RegExp(`^oidc\\.circleci\\.com/org/${uuid}$`),
    // The last part is whoever caused the run.
    ofOneProject: new RegExp(`^org/${uuid}/project/${uuid}/user/`),
    example:
      "org/5f3c0b7e-2a41-4c5e-9d0b-8a7f6e5d4c3b/project/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d/user/*",
  },
  {
    issuer: /^app\.(eu\.)?terraform\.io$/,
    selfHosted: true,
    ofOneProject: /^organization:[^:*]+:project:[^:*]+:(workspace|stack):/,
    example: "organization:acme:project:shop:workspace:prod:run_phase:*",
  },
  {
    issuer: /^agent\.buildkite\.com$/,
    ofOneProject:
      /^organization:[^:*]+:pipeline:[^:*]+:ref:refs\/(heads|tags)\//,
    example: "organization:acme:pipeline:shop:ref:refs/heads/main:*",
  },
  {
    issuer: /^api\.pulumi\.com\/oidc(\/v2)?$/,
    ofOneProject: /^pulumi:deploy:org:[^:*]+:project:[^:*]+:/,
    example:
      "pulumi:deploy:org:acme:project:shop:stack:prod:operation:update:*",
  },
  {
    issuer:
      /^(oidc\.eks\.[a-z0-9-]+\.amazonaws\.com(\.cn)?|oidc-eks\.[a-z0-9-]+\.api\.(aws|amazonwebservices\.com\.cn))\/id\/[0-9A-F]+$/,
    selfHosted: true,
    ofOneProject: /^system:serviceaccount:[a-z0-9-]+:/,
    example: "system:serviceaccount:shop:uploader",
  },
];

/** Of Microsoft's personal accounts. Source: Microsoft Learn, "Microsoft identity platform access tokens". */
const personalTenant = "9188040d-6c67-4c5b-b112-36a304b66dad";

/** Where people sign in, or anybody signs up: whoever has an account there has a token. */
const ofPeople = new RegExp(
  `^(${[
    String.raw`(accounts|securetoken)\.google\.com`,
    String.raw`www\.(amazon|linkedin)\.com`,
    String.raw`graph\.facebook\.com`,
    String.raw`appleid\.apple\.com`,
    String.raw`access\.line\.me`,
    String.raw`id\.twitch\.tv`,
    String.raw`login\.salesforce\.com`,
    String.raw`(login\.microsoftonline\.com|sts\.windows\.net)/${personalTenant}`,
    String.raw`cognito-(identity|idp)[.-].*`,
  ].join("|")})(/.*)?$`,
);

export const isIssuerForPeople = (issuer: string): boolean =>
  ofPeople.test(issuer);

/**
 * What a subject has to be like, where it may let in others than are meant; undefined: it does not. A
 * `*` stands at the end alone, and for what one project's tokens differ in. Of an issuer that nobody
 * publishes a format of, a subject stands in full, or in the format of one that people run themselves.
 */
export function expectedSubject(
  issuer: string,
  subject: string,
): string | undefined {
  const known = issuers.find((one) => one.issuer.test(issuer));
  const isOpen = subject.endsWith("*");
  const said = isOpen ? subject.slice(0, -1) : subject;
  if (known === undefined && !isOpen) return undefined;
  const formats =
    known === undefined ? issuers.filter((one) => one.selfHosted) : [known];
  if (formats.some((format) => isOfOneProject(format, said, isOpen)))
    return undefined;
  return known === undefined
    ? "the subject in full, without *: nothing says how this issuer builds it"
    : `a subject of one project, as ${known.example}, with * only at its end`;
}

function isOfOneProject(
  { ofOneProject, whole }: Issuer,
  said: string,
  isOpen: boolean,
): boolean {
  const [start] = ofOneProject.exec(said) ?? [];
  return start === undefined
    ? !isOpen && whole?.test(said) === true
    : isOpen || said.length > start.length;
}
