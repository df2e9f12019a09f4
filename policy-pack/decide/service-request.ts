import {
  actionKey,
  isMissing,
  isPresent,
  literal,
  resourceKey,
} from "./literal";
import type { Literal } from "./literal";
import { keysOfPrincipals } from "./resource-policy";

/** Stands for each service, where the document is open to all of them. */
export const anyService = "*";
export const serviceNameKey = "aws:PrincipalServiceName";

/** Source: AWS documentation, "AWS global condition context keys". */
const ofServices: readonly Literal[] = [
  ...[actionKey, resourceKey].map(isPresent),
  ...[...keysOfPrincipals, "aws:PrincipalAccount"].map(isMissing),
  literal("StringEquals", "aws:PrincipalIsAWSService", "true"),
  literal("StringEquals", "aws:SecureTransport", "true", "false"),
  isPresent(serviceNameKey),
];

/** What no request can do without, or have, that a service makes in its own name. */
export const requestOf = (service: string): readonly Literal[] =>
  service === anyService
    ? ofServices
    : [...ofServices, literal("StringEquals", serviceNameKey, service)];
