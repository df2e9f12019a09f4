/**
 * `npm run test:whole`: the files of which `npm test` tries a few cases by the engine, with every case.
 * Arguments go to mocha.
 */
import { filesThatImport, runFiles } from "./mocha";

process.exitCode = runFiles(filesThatImport("/run/whole-tests"), {
  WHOLE: "1",
});
