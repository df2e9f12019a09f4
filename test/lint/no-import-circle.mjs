import { importedBy, importsIn, inCheckout, locationOf } from "./imports.mjs";

/**
 * A file must not reach itself through its imports. Imports of types count: they don't trouble Node.js,
 * but the two files are one idea, or one of them holds two. (`import/no-cycle` leaves them out.)
 */
export const noImportCircle = {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      circle:
        "This import leads back to this file: {{circle}}. Fix: move what both need, mostly a type, into a file of its own.",
    },
  },
  create(context) {
    return {
      Program() {
        const { filename, sourceCode } = context;
        for (const each of importsIn(filename, sourceCode.text)) {
          const way = wayTo(filename, each.file);
          if (way === undefined) continue;
          const circle = [filename, ...way].map(inCheckout);
          context.report({
            loc: locationOf(sourceCode, each),
            messageId: "circle",
            data: { circle: circle.join(" → ") },
          });
        }
      },
    };
  },
};

/**
 * The shortest way along imports, with both ends.
 *
 * @type {(goal: string, start: string) => readonly string[] | undefined}
 */
function wayTo(goal, start) {
  /** @type {Map<string, string | undefined>} */
  const cameFrom = new Map([[start, undefined]]);
  for (const file of cameFrom.keys()) {
    if (file === goal) {
      const way = [];
      for (let at = file; at !== undefined; at = cameFrom.get(at))
        way.unshift(at);
      return way;
    }
    for (const next of importedBy(file)) {
      if (!cameFrom.has(next)) cameFrom.set(next, file);
    }
  }
  return undefined;
}
