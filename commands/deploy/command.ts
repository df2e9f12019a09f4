/** `npm run deploy` and `npm run preview`: all stacks of the project, the bastion first. */
import { join } from "node:path";
import { stderr, stdout } from "node:process";
import { UsageError } from "../command-line/options";
import { runCommand } from "../command-line/run";
import {
  hasTerminal,
  progress as say,
  tell,
  widthOfOutput,
} from "../command-line/terminal";
import { putCliFirst } from "../stacks/cli";
import { Deployment, logsOf, readDeployment } from "./deploy";
import { interruption as watchSignals } from "./interruption";
import { leftStackText } from "./left-stacks";
import { chunksOf } from "./matrix";
import { readOptions, usages, type Command, type Options } from "./options";
import { exitCode } from "./outcome";
import { planText } from "./plan";
import { progressOn } from "./progress";
import { reportText } from "./report";
import { ProjectWorkspace } from "./workspace";

const policyPack = join(__dirname, "../../policy-pack");

async function run(options: Options): Promise<number> {
  const project = readDeployment(options);
  if (options.matrix) {
    const jobs = chunksOf(project.plan, options.jobs);
    stdout.write(`${JSON.stringify({ include: jobs })}\n`);
    return 0;
  }
  tell(planText(options.command, project.plan, project.all));
  await putCliFirst();
  const { bastion, workloads } = project.plan;
  const count = workloads.length + (bastion === undefined ? 0 : 1);
  const workspace = await ProjectWorkspace.open(
    options.folder,
    options.settings,
  );
  const progress = progressOn(stderr, count);
  const interruption = watchSignals(hasTerminal(), say);
  const logs = logsOf(options, new Date());
  try {
    const around = { workspace, interruption, progress, logs, policyPack };
    const deployment = new Deployment(options, project, around);
    const results = await deployment.run();
    progress.close();
    stdout.write(reportText(results, logs, widthOfOutput()));
    for (const left of deployment.leftStacks()) tell(leftStackText(left));
    return exitCode(results);
  } finally {
    progress.close();
    interruption.release();
    workspace.close();
  }
}

const [command, ...args] = process.argv.slice(2);

runCommand(usages[commandOf(command)], async () => {
  const options = readOptions(commandOf(command), args);
  if (options !== "help") return run(options);
  stdout.write(usages[commandOf(command)]);
  return 0;
});

/** npm's scripts say which. */
function commandOf(text: string | undefined): Command {
  if (text === "deploy" || text === "preview") return text;
  throw new UsageError(`deploy or preview, and not ${String(text)}`);
}
