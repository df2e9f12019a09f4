/** What stands under one version's heading in CHANGELOG.md, up to the next version's. */
export interface Section {
  /** Missing where the next version has no number yet. */
  readonly version?: string;
  /** Missing where it is not released yet. */
  readonly date?: string;
  readonly body: string;
}

const heading =
  /^## (?:(\d+\.\d+\.\d+), )?(not released yet|\d{4}-\d\d-\d\d)$/i;

/** The newest comes first. @throws Error at a heading of another form. */
export function sectionsOf(changelog: string): readonly Section[] {
  const [, ...parts] = changelog.split(/^(?=## )/m);
  return parts.map((part) => {
    const [line = "", ...rest] = part.split("\n");
    const [, version, state = ""] = heading.exec(line) ?? [];
    if (state === "" || (version === undefined && /\d/.test(state))) {
      throw new Error(
        `CHANGELOG.md: found "${line}"; expected "## <version>, <yyyy-mm-dd>" or "## Not released yet". Fix: write the heading like that.`,
      );
    }
    return {
      ...(version === undefined ? {} : { version }),
      ...(/\d/.test(state) ? { date: state } : {}),
      body: rest.join("\n").trim(),
    };
  });
}

/** @param wanted `major`, `minor`, `patch` or a version */
export function nextVersion(current: string, wanted: string): string {
  const [major = 0, minor = 0, patch = 0] = current.split(".").map(Number);
  switch (wanted) {
    case "major":
      return `${major + 1}.0.0`;
    case "minor":
      return `${major}.${minor + 1}.0`;
    case "patch":
      return `${major}.${minor}.${patch + 1}`;
    default:
      return wanted;
  }
}

/**
 * With the topmost section, which must not be released yet, as that of this version and day.
 *
 * @param date yyyy-mm-dd
 */
export function withRelease(
  changelog: string,
  version: string,
  date: string,
): string {
  const [next] = sectionsOf(changelog);
  if (next?.date !== undefined || (next?.body ?? "") === "") {
    throw new Error(
      'CHANGELOG.md: found nothing that is not released yet; expected a section "## Not released yet" at the top. Fix: write what the release changes.',
    );
  }
  if (next?.version !== undefined && next.version !== version) {
    throw new Error(
      `CHANGELOG.md: found the next version to be ${next.version}; expected ${version}. Fix: npm run release -- ${next.version}, or change the heading.`,
    );
  }
  return changelog.replace(/^## .*$/m, `## ${version}, ${date}`);
}
