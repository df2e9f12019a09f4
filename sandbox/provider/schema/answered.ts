import type { GetSchemaRequest } from "@pulumi/pulumi/proto/provider_pb";
import { awsSchema } from "./aws-schema";

/** Read once, in some seconds, for the program in YAML that comes first; others never ask. */
let read: string | undefined;

/**
 * The schema, as JSON.
 *
 * @throws Error where another format of it is asked for, or the schema of a package by parameters.
 */
export function answeredSchema(request: GetSchemaRequest): string {
  const version = request.getVersion();
  if (version !== 0) {
    throw new Error(
      `schema version ${version}: the sandbox's provider has version 0 alone, as the real one`,
    );
  }
  const subpackage = request.getSubpackageName();
  if (subpackage !== "")
    throw new Error(noParameters(`the package ${subpackage}`));
  read ??= JSON.stringify(awsSchema());
  return read;
}

export const noParameters = (what: string): string =>
  `${what}: the provider aws takes no parameters, and has no other package in it. Fix: ask for aws itself`;
