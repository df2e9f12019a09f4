/**
 * The exponent k of a figure that grows as size^k, by least squares over the logarithms: 0 is a figure
 * that does not grow, 1 one that grows as the size does.
 *
 * @param points sizes and figures, all of them above 0; at least two different sizes
 */
export function growthExponent(
  points: readonly (readonly [size: number, figure: number])[],
): number {
  const logs = points.map(([size, figure]) => [
    Math.log(size),
    Math.log(figure),
  ]) as readonly (readonly [number, number])[];
  const mean = (index: 0 | 1): number =>
    logs.reduce((sum, pair) => sum + pair[index], 0) / logs.length;
  const [meanSize, meanFigure] = [mean(0), mean(1)];
  const sum = (term: (x: number, y: number) => number): number =>
    logs.reduce(
      (total, [x, y]) => total + term(x - meanSize, y - meanFigure),
      0,
    );
  return sum((x, y) => x * y) / sum((x) => x * x);
}
