/** A page of IAM's lists. */
interface Page {
  readonly IsTruncated?: boolean | undefined;
}

/**
 * The pages of a list, to its end.
 *
 * @throws Error where the last one does not say that it is the last: what is missing must not count as not
 * there.
 */
export async function* wholePages<P extends Page>(
  pages: AsyncIterable<P>,
): AsyncGenerator<P> {
  let isWhole = false;
  for await (const page of pages) {
    isWhole = page.IsTruncated === false;
    yield page;
  }
  if (isWhole) return;
  throw new Error(
    "IAM's list ends with a page that does not say that it is the last. Fix: run the command again; if it stays so, see what stands between this machine and AWS.",
  );
}
