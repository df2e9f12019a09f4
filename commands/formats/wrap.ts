/** The text in lines of at most so many characters; a word that is longer is cut. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((one) => cut(one, width))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (longer.length > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

const cut = (word: string, width: number): readonly string[] =>
  word === "" ? [] : (word.match(new RegExp(`.{1,${width}}`, "gsu")) ?? []);
