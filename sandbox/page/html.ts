/** Text that is HTML: what was put into it is escaped. */
export class Html {
  constructor(readonly text: string) {}
}

type Value = string | number | Html | readonly Html[];

/** HTML with values in it, each escaped, but for what is HTML itself. */
export const html = (
  strings: TemplateStringsArray,
  ...values: readonly Value[]
): Html =>
  new Html(
    strings.reduce(
      (text, string, index) => text + textOf(values[index - 1] ?? "") + string,
    ),
  );

function textOf(value: Value): string {
  if (value instanceof Html) return value.text;
  if (typeof value === "object") return value.map(textOf).join("\n");
  return String(value).replaceAll(
    /[&<>"'`]/g,
    (one) => `&#${one.charCodeAt(0)};`,
  );
}
