"use strict";

const Module = require("node:module");

/**
 * Puts a stand-in where `require` finds the module, which loads the module itself as soon as something
 * of it is asked for. The module's users notice nothing but the time.
 *
 * @param {string} name
 * @param {NodeJS.Require} user the `require` of the package that loads it
 */
function loadWhenUsed(name, user) {
  let file;
  try {
    file = user.resolve(name);
  } catch {
    // Another version of the SDK may do without it.
    return;
  }
  const standIn = new Module(file);
  let real;
  const load = () => {
    if (real === undefined) {
      if (require.cache[file] === standIn) delete require.cache[file];
      real = user(file);
    }
    return real;
  };
  standIn.loaded = true;
  standIn.exports = new Proxy(
    {},
    {
      // `import * as` would copy what there is, and so load it.
      get: (_, key) => key === "__esModule" || load()[key],
      has: (_, key) => key in load(),
    },
  );
  require.cache[file] = standIn;
}

module.exports = { loadWhenUsed };
