import { parseDocument, Scalar } from "yaml";

const key = "revokedSessions";

/**
 * The text of Pulumi.yaml, with the user's sessions revoked: as a default, which all stacks share. All
 * else stays as it was written.
 *
 * @param openedBefore as `2026-11-26T22:41:00Z`
 */
export function withRevoked(
  projectText: string,
  user: string,
  openedBefore: string,
): string {
  const project = parseDocument(projectText);
  const at = ["config", key];
  // A project of an earlier release does not declare it.
  if (!project.hasIn([...at, "type"])) {
    project.setIn(at, project.createNode({ type: "object", default: {} }));
  }
  project.setIn([...at, "default", user], quoted(openedBefore));
  return project.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** Without quotes some readers of YAML make a time of it. */
function quoted(text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.type = "QUOTE_DOUBLE";
  return scalar;
}
