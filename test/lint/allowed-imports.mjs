import { importsIn, inCheckout, locationOf } from "./imports.mjs";

/**
 * Which files a folder may import beside its own: see ARCHITECTURE.md. The option maps a top-level folder
 * to paths below the checkout: a file, or a folder with all that is in it.
 */
export const allowedImports = {
  meta: {
    type: "problem",
    schema: [
      {
        type: "object",
        additionalProperties: { type: "array", items: { type: "string" } },
      },
    ],
    messages: {
      closed:
        "{{from}}/ must not import {{to}}. Fix: ARCHITECTURE.md says what each folder may import; move what both need to where both may import it.",
    },
  },
  create(context) {
    const { filename, sourceCode, options } = context;
    const [from] = inCheckout(filename).split("/");
    const allowed = options[0][from];
    if (allowed === undefined) return {};
    const open = [from, ...allowed];
    return {
      Program() {
        for (const each of importsIn(filename, sourceCode.text)) {
          const to = inCheckout(each.file);
          if (open.some((at) => to === at || to.startsWith(`${at}/`))) continue;
          context.report({
            loc: locationOf(sourceCode, each),
            messageId: "closed",
            data: { from, to },
          });
        }
      },
    };
  },
};
