const basic = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/** A date in the ISO-8601 basic format, or in the form of HTTP's `Date` header. */
export function readDate(text: string): Date | undefined {
  const isHttp = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/;
  if (!basic.test(text) && !isHttp.test(text)) return undefined;
  const date = new Date(text.replace(basic, "$1-$2-$3T$4:$5:$6Z"));
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** As `20261121T120000Z`. */
export const writeDate = (date: Date): string =>
  date.toISOString().replace(/[-:]|\.\d+/g, "");
