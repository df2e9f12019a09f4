import { homeRegion, partitionOfRegion, type Partition } from "../partition";
import type { ConfigReader } from "./reader";

/** Reports a region that is another partition's, where no ARN of the config has a meaning. */
export function checkRegion(
  reader: ConfigReader,
  path: string,
  partition: Partition,
  region: string,
): void {
  const whose = partitionOfRegion(region);
  if (whose === partition) return;
  reader.report(
    path,
    `${region}, which is of ${whose === undefined ? "another partition" : `the partition ${whose}`}`,
    `a region of the partition ${partition}, as ${homeRegion(partition)}; or another partition`,
  );
}
