import { withoutSecrets } from "../../infra/config/secret-text";
import { visibleLines } from "../formats/visible";

/** By what it stands under. */
const secretKey =
  /^(\s*[\w.-]*(?:secret|token|passw|passphrase|pwd|credential(?!_process|_source)|api_?key|private_?key|access_?key)[\w.-]*\s*[=:]\s*)\S.*/i;

/** By its form: ids of access keys, and what stands before the host of an address. */
const forms: readonly RegExp[] = [
  /\b(?:AKIA|ASIA)[A-Z0-9]{12,}/g,
  /(?<=:\/\/)[^\s/@]+(?=@)/g,
];

/** What somebody wrote between the marks must not drive the terminal, and may be a secret. */
export const shownLine = (text: string): string => {
  const line = Buffer.from(text, "latin1").toString();
  return visibleLines(withoutSecretValues(line));
};

/** A line of a client's config file, without what may be a secret by its key or by its form. */
function withoutSecretValues(line: string): string {
  if (secretKey.test(line)) return line.replace(secretKey, `$1${hidden}`);
  const known = forms.reduce(
    (told, form) => told.replace(form, hidden),
    withoutSecrets(line),
  );
  return known.replace(/[\w+/-]{20,}=*/g, (one) =>
    looksRandom(one) ? hidden : one,
  );
}

const hidden = "(not shown)";

/** Of those that names of people, roles and devices have, as `eu1-PowerUser2`. */
const usualSwitches = 2;

/** Whether letters and digits take turns, as in what nobody makes up. */
const looksRandom = (text: string): boolean =>
  [...text.matchAll(/(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])/g)].length >
  usualSwitches;
