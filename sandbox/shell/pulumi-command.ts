import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { quoted } from "../shell-quotes";

/**
 * Writes a command `pulumi` that is the CLI, but has it work on a copy of the stack's file: Pulumi writes
 * the key of a stack's secrets into a file that has none, and drops its blank lines. Gives the folder that
 * it is in. There is none for Windows.
 */
export function writePulumiCommand(
  folder: string,
  { cli, project }: { readonly cli: string; readonly project: string },
): string {
  const bin = join(folder, "bin");
  const copies = join(folder, "stack-files");
  for (const one of [bin, copies]) mkdirSync(one, { recursive: true });
  const file = join(bin, "pulumi");
  writeFileSync(file, commandText(cli, project, copies));
  chmodSync(file, 0o755);
  return bin;
}

/** The commands that read a stack's file take another by `--config-file`, which has a variable too. */
const commandText = (
  cli: string,
  project: string,
  copies: string,
): string => `#!/bin/sh
# The Pulumi CLI, with a copy of the stack's file to write into.
cli=${quoted(cli)}
project=${quoted(project)}
copies=${quoted(copies)}

command= stack=\${PULUMI_OPTION_STACK-} next=
for word; do
  case $next in
    stack) stack=$word next= ; continue ;;
    other) next= ; continue ;;
  esac
  case $word in
    -s|--stack) next=stack ;;
    -s=*|--stack=*) stack=\${word#*=} ;;
    -h|--help|-C*|--cwd|--cwd=*|--config-file|--config-file=*) exec "$cli" "$@" ;;
    --color|--memprofilerate|--otel-traces|--profiling|--tracing|-v|--verbose) next=other ;;
    -*) ;;
    *) [ -n "$command" ] || command=$word ;;
  esac
done

case $command in
  preview|pre|up|update|refresh|destroy|down|dn|import|watch|logs) ;;
  *) exec "$cli" "$@" ;;
esac

folder=$(pwd -P)
until [ -f "$folder/Pulumi.yaml" ] || [ "$folder" = / ]; do folder=$(dirname "$folder"); done
[ "$folder" = "$project" ] || exec "$cli" "$@"

selected() { stack=$("$cli" stack --show-name 2>/dev/null); }
[ -n "$stack" ] || selected || { "$cli" stack select && selected; } || exit

name=\${stack##*/}
copy=$copies/Pulumi.$name.$$.yaml
if [ -f "$project/Pulumi.$name.yaml" ]
then cp "$project/Pulumi.$name.yaml" "$copy"
else echo '{}' > "$copy"
fi || exit
PULUMI_OPTION_CONFIG_FILE=$copy exec "$cli" "$@"
`;
