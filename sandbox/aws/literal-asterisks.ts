import type { Simulation } from "@cloud-copilot/iam-simulate";
import { hasVariables, inEveryDocument } from "./policy-variables";

/** Stands for an asterisk that is one: of no use in any ARN, and no wildcard. */
const standIn = "\uE000";

/** What a policy writes for an asterisk that is one. */
const written = "${*}";

/**
 * The simulation of a request on exactly that resource. The simulator takes an asterisk in what is asked
 * for as "any", and lets in who may use one of them; to AWS wildcards are the policies' own.
 *
 * Source: AWS documentation, "IAM JSON policy elements: Resource" and "Variables and tags".
 */
export function onExactly(simulation: Simulation): Simulation {
  const { request } = simulation;
  const { resource } = request.resource;
  // Alone it is what AWS decides on where an action is on no resource.
  if (resource === "*" || !resource.includes("*")) return simulation;
  return {
    ...inEveryDocument(simulation, withStandIns),
    request: {
      ...request,
      resource: {
        ...request.resource,
        resource: resource.replaceAll("*", standIn),
      },
    },
  };
}

function withStandIns(document: unknown): unknown {
  if (!isRecord(document) || !hasVariables(document)) return document;
  const { Statement } = document;
  return {
    ...document,
    Statement: Array.isArray(Statement)
      ? Statement.map(inStatement)
      : inStatement(Statement),
  };
}

const inStatement = (statement: unknown): unknown =>
  isRecord(statement)
    ? Object.fromEntries(
        Object.entries(statement).map(([element, value]) => [
          element,
          ["Resource", "NotResource"].includes(element)
            ? inTexts(value)
            : value,
        ]),
      )
    : statement;

function inTexts(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll(written, standIn);
  return Array.isArray(value) ? value.map(inTexts) : value;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
