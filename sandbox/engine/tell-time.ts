/** Tells every ten seconds how long something has taken, and how far it is, until it is called off. */
export function tellTime(
  progress: (line: string) => void,
  state: () => string,
): () => void {
  const began = Date.now();
  const timer = setInterval(() => {
    const seconds = Math.round((Date.now() - began) / 1_000);
    progress(`  ${seconds} s: ${state()}`);
  }, 10_000);
  return () => {
    clearInterval(timer);
  };
}
