// Node.js loads this first (`nodeargs` in Pulumi.yaml), before Pulumi's SDK and the program: a preview
// then starts fast, and infra/ stays TypeScript that nobody has to build.
"use strict";

const { createRequire } = require("node:module");
const { loadWhenUsed } = require("./load-when-used");
const { readTypescript } = require("./read-typescript");

const sdk = createRequire(require.resolve("@pulumi/pulumi"));

// The SDK loads both for functions that it turns into AWS Lambdas: half of its own start.
loadWhenUsed("typescript", sdk);
loadWhenUsed("@npmcli/arborist", sdk);

readTypescript(sdk("source-map-support"));
