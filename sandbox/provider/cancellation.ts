/**
 * Ends what runs on a connection when the engine cancels, as the real provider does: a call to AWS that
 * nobody answers would hold a deployment for good.
 */
export class Cancellation {
  private readonly running = new Map<string, Set<(error: Error) => void>>();

  /** The work's answer, or that it was canceled. */
  async until<T>(connection: string, work: Promise<T>): Promise<T> {
    const ofConnection = this.running.get(connection) ?? new Set();
    this.running.set(connection, ofConnection);
    let end: (error: Error) => void = () => undefined;
    const canceled = new Promise<never>((_resolve, reject) => {
      end = reject;
    });
    ofConnection.add(end);
    try {
      return await Promise.race([work, canceled]);
    } finally {
      ofConnection.delete(end);
    }
  }

  cancel(connection: string): void {
    for (const end of this.running.get(connection) ?? []) {
      end(new Error("context canceled"));
    }
  }
}
