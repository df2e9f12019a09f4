import { workloadLife } from "./kill-phases";
import { describeKills } from "./kills";

describeKills("workload", () => Promise.resolve(workloadLife));
