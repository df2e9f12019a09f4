import { startSandbox, type Sandbox } from "../../../sandbox/sandbox";
import { drawFrom } from "./draw";
import type { Life } from "./kill-phases";
import { KilledLife, type Kill } from "./killed-life";

const seed = Number(process.env["SEED"] ?? "1");
const lives = 8;
const killsInPhase = 4;

/** Some hundred kills of one stack: `npm run test:faults` has the time. */
export const describeKills = (
  name: Life["stack"],
  lifeOf: () => Promise<Life>,
): void => {
  describe(`kills of the ${name} at random points, from seed ${seed}`, () => {
    let sandbox: Sandbox;
    let life: KilledLife;
    const kills: Kill[] = [];

    before(async () => {
      sandbox = await startSandbox({ progress: console.log });
      life = await KilledLife.begin(sandbox, await lifeOf());
    });
    after(async () => {
      await sandbox.close();
      for (const line of summaryOf(kills)) console.log(line);
    });

    for (let number = 1; number <= lives; number += 1) {
      it(`comes to the same in life ${number}, with kills in each phase`, async () => {
        const draw = drawFrom(seed * 1_000 + number);
        kills.push(...(await life.live(draw, killsInPhase, number === 1)));
      });
    }
  });
};

/** How many kills each phase had, and in how many recover had something to import. */
function summaryOf(kills: readonly Kill[]): readonly string[] {
  const places = kills.map(({ stack, phase }) => `${stack}, ${phase}`);
  return [...new Set(places)].map((place) => {
    const own = kills.filter((_, index) => places[index] === place);
    const open = own.filter(({ operations }) => operations > 0);
    const imported = own.reduce((sum, kill) => sum + kill.imported, 0);
    return `${place}: ${own.length} kills, ${open.length} of them with unfinished operations, ${own.filter((kill) => !kill.isReadable).length} with a state that can't be read; ${imported} imports`;
  });
}
