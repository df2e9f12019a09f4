/**
 * What the package says of a text that is not YAML, on one line: without what it quotes of the text, which
 * may be a secret.
 */
export function yamlFault(message: string): string {
  const [line = ""] = message.split("\n", 1);
  return line
    .replace(/(?:: | \\).*?(?=( at line \d+, column \d+)?:?$)/, "")
    .replace(/%\S+/, "%…")
    .replace(/:$/, "");
}
