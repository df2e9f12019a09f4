import type { ServerResponse } from "node:http";

/** What the page shows, as text by name. */
type Shown = Readonly<Record<string, string>>;

/** Milliseconds that changes are gathered for, so that many calls at once are one message. */
const gathering = 100;

/** Milliseconds after which it is looked what has changed by itself, as codes do. */
const often = 1_000;

/** Tells each page that is open what has changed. */
export class Live {
  private readonly told = new Map<ServerResponse, Map<string, string>>();
  private timer: NodeJS.Timeout | undefined;
  private gathers = false;

  constructor(private readonly shown: () => Shown) {}

  open(response: ServerResponse): void {
    response.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
    });
    this.told.set(response, new Map());
    response.on("close", () => this.told.delete(response));
    this.tell();
  }

  /** Something may have changed. What comes while changes are gathered does not put them off. */
  soon(): void {
    if (this.told.size === 0 || this.gathers) return;
    this.gathers = true;
    this.tellIn(gathering);
  }

  private tellIn(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.tell();
    }, milliseconds);
    this.timer.unref();
  }

  private tell(): void {
    this.gathers = false;
    clearTimeout(this.timer);
    if (this.told.size === 0) return;
    const shown = Object.entries(this.shown());
    for (const [response, told] of this.told) {
      const news = shown.filter(([name, text]) => told.get(name) !== text);
      if (news.length === 0) continue;
      for (const [name, text] of news) told.set(name, text);
      response.write(`data: ${JSON.stringify(Object.fromEntries(news))}\n\n`);
    }
    this.tellIn(often);
  }
}
