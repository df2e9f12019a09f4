// Loaded before anything else in every process of the sandbox and the tests; what it sets is passed
// on to the processes they start.
"use strict";

const path = require("node:path");

// ts-node keeps compiled code in the system's folder for temporary files; here it stays in the
// checkout, with all else that is written.
process.env.V8_COMPILE_CACHE_CACHE_DIR ??= path.join(
  __dirname,
  "../.sandbox/v8-cache",
);

// On Node.js 20 each client of the AWS SDK would print that support for it ends.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
