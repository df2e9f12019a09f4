/**
 * Texts that are secrets by their form, wherever they stand: a token (RFC 7519), AWS's session tokens and
 * secret keys, GitHub's and Pulumi's tokens. Sources: IAM User Guide, "Managing access keys"; GitHub
 * documentation, "About authentication to GitHub", token prefixes.
 */
const forms: readonly RegExp[] = [
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  /\b(?:IQoJ|FwoG|FQoG)[A-Za-z0-9+/]{60,}=*/g,
  /(?<![A-Za-z0-9+/])(?=[^a-z]{0,39}[a-z])(?=[^A-Z]{0,39}[A-Z])(?=\D{0,39}\d)[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])/g,
  /\b(?:gh[pousr]_|github_pat_)\w{30,}/g,
  /\bpul-[0-9a-f]{40}\b/g,
];

/** A message may repeat what somebody wrote: without what is a secret by its form. */
export const withoutSecrets = (text: string): string =>
  forms.reduce(
    (told, form) => told.replace(form, "(a secret, not shown)"),
    text,
  );
