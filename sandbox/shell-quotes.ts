/** As one word of sh, bash or zsh. */
export const quoted = (text: string): string =>
  `'${text.replaceAll("'", `'\\''`)}'`;

/** As one word of PowerShell. */
export const powershellQuoted = (text: string): string =>
  `'${text.replaceAll("'", "''")}'`;
