import type { Cloud } from "../model";

const homeRegions: Readonly<Record<Cloud["partition"], string>> = {
  aws: "us-east-1",
  "aws-us-gov": "us-gov-west-1",
  "aws-cn": "cn-north-1",
};

/** The region that has the events of what is of no region. */
export const homeRegionOf = ({ partition }: Cloud): string =>
  homeRegions[partition];
