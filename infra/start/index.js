// Node.js loads this first (`nodeargs` in Pulumi.yaml), before Pulumi's SDK and the program: a preview
// then starts fast, and infra/ stays TypeScript that nobody has to build.
"use strict";

const { createRequire, enableCompileCache } = require("node:module");
const { join } = require("node:path");
const { loadWhenUsed } = require("./load-when-used");
const { readTypescript } = require("./read-typescript");
const { spareDebugging } = require("./spare-debugging");

const sdk = createRequire(require.resolve("@pulumi/pulumi"));

// Node.js 22 and later keep what they have compiled.
enableCompileCache?.(join(__dirname, "../../node_modules/.cache/node"));

// The SDK loads these for functions that it turns into AWS Lambdas, and for programs that run Pulumi
// themselves: half of its own start.
loadWhenUsed("typescript", sdk);
loadWhenUsed("@npmcli/arborist", sdk);
loadWhenUsed("@pulumi/pulumi/automation", sdk);
// What zod says is told in this project's own words.
loadWhenUsed("zod/v4/locales", require);
// Where in a file something stands is looked up once it is wrong.
loadWhenUsed("yaml", require);

readTypescript(sdk("source-map-support"));
spareDebugging(sdk);
