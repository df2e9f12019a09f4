import { sectionsOf } from "./changelog";

export interface Released {
  readonly version: string;
  /** Of the pack's tarball, sha512-… */
  readonly integrity: string;
  /** Of the repository, as https://github.com/acme/bastion-account. */
  readonly address: string;
}

/** A release stands on a page of its own, where paths lead nowhere. */
const withAddresses = (text: string, root: string): string =>
  text.replace(/\]\((?!https?:|#)([^)]+)\)/g, `](${root}/$1)`);

/** What the release says of itself: its part of CHANGELOG.md, and what callers of check-stack.yml pin. */
export function notesOf(
  changelog: string,
  { version, integrity, address }: Released,
): string {
  const section = sectionsOf(changelog).find((one) => one.version === version);
  if (section === undefined) {
    throw new Error(`CHANGELOG.md: found no version ${version}`);
  }
  return `${withAddresses(section.body, `${address}/blob/v${version}`)}

### Check it

For callers of \`check-stack.yml\`:

\`\`\`yaml
pack-release: v${version}
pack-integrity: ${integrity}
\`\`\`

\`sha256sum --check SHA256SUMS\` compares the files, \`gh attestation verify <file> --repo ${new URL(address).pathname.slice(1)}\` says
from which commit and workflow they are, and \`*.cdx.json\` names all that they load, as CycloneDX.
`;
}
