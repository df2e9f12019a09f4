/**
 * The services with one endpoint for all regions, which is in us-east-1: so is every request to them,
 * whatever region a client is set to. Source: AWS documentation, "AWS global condition context keys",
 * aws:RequestedRegion.
 */
const withOneEndpoint: ReadonlySet<string> = new Set(["iam", "organizations"]);

/** Where a request goes that is signed for this service and region. */
export const requestedRegion = (service: string, signedFor: string): string =>
  withOneEndpoint.has(service) ? "us-east-1" : signedFor;
