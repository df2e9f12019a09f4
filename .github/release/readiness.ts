import { sectionsOf } from "./changelog";

/** What says which version this is, and where it is from. */
export interface Versions {
  /** As `v0.1.0`. */
  readonly tag: string;
  readonly program: string;
  readonly lockFile: string;
  readonly pack: string;
  /** The pack's `repository.url`. */
  readonly repository: string | undefined;
  /** Of the workflow that releases, as `https://github.com/acme/bastion-account`. */
  readonly address: string | undefined;
  readonly changelog: string;
  /** Whose programs are kept to deploy and update them. */
  readonly kept: readonly string[];
}

/** npm compares a package's provenance with it. */
export const repositoryUrl = (address: string): string => `git+${address}.git`;

/** All that keeps a tag from being released, as lines for people. */
export function problems(versions: Versions): readonly string[] {
  const { tag, program, lockFile, pack, changelog, kept } = versions;
  const version = tag.replace(/^v/, "");
  const again = `Fix: npm run release -- ${version}, and tag that commit.`;
  const differing = [
    ["package.json, version", program],
    ["package-lock.json, version", lockFile],
    ["policy-pack/package.json, version", pack],
  ].filter(([, found]) => `v${found ?? ""}` !== tag);
  const section = sectionsOf(changelog).find((one) => one.version === version);
  return [
    ...(/^v\d+\.\d+\.\d+$/.test(tag)
      ? []
      : [`The tag: found ${tag}; expected v<major>.<minor>.<patch>.`]),
    ...differing.map(
      ([where = "", found = ""]) =>
        `${where}: found ${found}; expected ${version}, as the tag. ${again}`,
    ),
    ...(section?.date === undefined
      ? [
          `CHANGELOG.md: found ${section ? "that it is not released yet" : "no such version"}; expected "## ${version}, <yyyy-mm-dd>". ${again}`,
        ]
      : []),
    ...(kept.includes(version)
      ? []
      : [
          `test/upgrade/releases: found ${kept.join(", ")}; expected ${version} among them. ${again}`,
        ]),
    ...repositoryProblems(versions),
  ];
}

function repositoryProblems({
  repository,
  address,
}: Versions): readonly string[] {
  const where = "policy-pack/package.json, repository.url";
  if (repository === undefined) {
    return [
      `${where}: found none; expected the address of the repository that releases it, since npm holds its provenance to that. Fix: git remote add origin <address>, and npm run release.`,
    ];
  }
  if (address === undefined || repository === repositoryUrl(address)) return [];
  return [
    `${where}: found ${repository}; expected ${repositoryUrl(address)}, from where it is released. Fix: npm run release in a clone of that repository.`,
  ];
}
