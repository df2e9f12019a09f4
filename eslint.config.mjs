import js from "@eslint/js";
import globals from "globals";
import tseslint from "typescript-eslint";
import { allowedImports } from "./test/lint/allowed-imports.mjs";
import { noImportCircle } from "./test/lint/no-import-circle.mjs";

/**
 * What each folder may import beside its own files, as ARCHITECTURE.md says. The tests may import
 * everything, and nothing imports them.
 */
const mayImport = {
  infra: [],
  "policy-pack": [],
  commands: [
    // What the program makes, as plain facts: nothing that registers a resource.
    "infra/config",
    "infra/documents",
    "infra/alarms.ts",
    "infra/assignments.ts",
    "infra/groups.ts",
    "infra/logical-names.ts",
    "infra/machine-access.ts",
    "infra/names.ts",
    "infra/partition.ts",
    "infra/pipeline-access.ts",
    "infra/pipeline-boundaries.ts",
    "infra/profiles",
    "infra/provider-inputs.ts",
    "infra/roles.ts",
    // What gathers and decides: no rule, and nothing of Pulumi's runtime.
    "policy-pack/data",
    "policy-pack/decide",
    "policy-pack/findings",
    "policy-pack/identities",
    "policy-pack/organisation",
    "policy-pack/resources",
    "policy-pack/role-chaining",
  ],
  sandbox: [],
  ".github": [],
  examples: [],
};

/** What decides, and what is a plain fact: Pulumi is for the files that make resources or findings. */
const withoutPulumi = {
  files: [
    "infra/**/*.ts",
    "policy-pack/{data,decide,findings,identities,remediations,resources,role-chaining}/**/*.ts",
  ],
  ignores: [
    "infra/components/**",
    "infra/{index,provider,stacks}.ts",
    "infra/config/raw.ts",
  ],
};

/** At most so much of a file and of a function, so that each has one idea and fits on a screen. */
const sizes = {
  "max-lines": [
    "error",
    { max: 300, skipBlankLines: true, skipComments: true },
  ],
  "max-lines-per-function": [
    "error",
    { max: 60, skipBlankLines: true, skipComments: true },
  ],
};

export default tseslint.config(
  { ignores: ["node_modules/**", "**/bin/**", ".sandbox/**"] },
  {
    files: ["**/*.{js,mjs,ts}"],
    plugins: {
      project: {
        rules: {
          "allowed-imports": allowedImports,
          "no-import-circle": noImportCircle,
        },
      },
    },
    rules: {
      "project/allowed-imports": ["error", mayImport],
      "project/no-import-circle": "error",
      ...sizes,
    },
  },
  {
    files: ["**/*.{js,mjs}"],
    extends: [js.configs.recommended],
    languageOptions: { globals: globals.nodeBuiltin },
    rules: { eqeqeq: "error", "no-var": "error", "prefer-const": "error" },
  },
  {
    files: ["**/*.js"],
    languageOptions: { sourceType: "commonjs", globals: globals.node },
    rules: { strict: ["error", "global"] },
  },
  {
    files: ["**/*.ts"],
    extends: [
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
    ],
    languageOptions: {
      parserOptions: {
        project: "./tsconfig.json",
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true },
      ],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    ...withoutPulumi,
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              group: ["@pulumi/*"],
              message:
                "This file knows nothing of Pulumi: see ARCHITECTURE.md.",
            },
          ],
        },
      ],
    },
  },
  {
    // A describe() block is a chapter, not a function; a chain of assertions reads as one.
    files: ["test/**/*.ts"],
    rules: {
      "max-lines-per-function": "off",
      "max-lines": ["error", { max: 400, skipBlankLines: true }],
      "@typescript-eslint/no-unused-expressions": "off",
    },
  },
);
