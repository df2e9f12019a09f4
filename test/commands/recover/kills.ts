import { inspect } from "node:util";
import { startSandbox, type Sandbox } from "../../../sandbox/sandbox";
import { drawFrom } from "./draw";
import type { Life } from "./kill-phases";
import { KilledLife, type Kill } from "./killed-life";

const seed = Number(process.env["SEED"] ?? "1");
/** To repeat one life alone: `LIFE=<number>`. */
const only = process.env["LIFE"];
const lives = 8;
const killsInPhase = 4;

/** As far away as an AWS in another part of the world: the last life has it. */
const latency = { least: 150, most: 450 };

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
    // The report comes an hour later.
    afterEach(function () {
      const error = this.currentTest?.err;
      if (error !== undefined) console.log(inspect(error));
    });
    after(async () => {
      await sandbox.close();
      for (const line of summaryOf(kills)) console.log(line);
    });

    const numbers = Array.from({ length: lives }, (_, index) => index + 1);
    for (const number of numbers.filter((one) =>
      [undefined, String(one)].includes(only),
    )) {
      const isSlow = number === lives;
      it(`comes to the same in life ${number}, with kills in each phase${isSlow ? " and slow calls" : ""}`, async () => {
        sandbox.aws.faults.set(isSlow ? { seed, latency } : undefined);
        await life.live({
          draw: drawFrom(seed * 1_000 + number),
          most: killsInPhase,
          isPreviewed: number === 1,
          onKill: (kill) => {
            kills.push(kill);
            console.log(`life ${number}: ${JSON.stringify(kill)}`);
          },
        });
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
