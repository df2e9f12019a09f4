import tseslint from "typescript-eslint";

/** The rooms, and what each must not import: see ARCHITECTURE.md. */
const rooms = {
  infra: ["policy-pack", "commands", "sandbox", "test"],
  "policy-pack": ["infra", "commands", "sandbox", "test"],
  commands: ["sandbox", "test"],
  sandbox: ["infra", "policy-pack", "commands", "test"],
};

const room = (name, closed) => ({
  files: [`${name}/**/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          {
            group: closed.map((other) => `**/${other}/**`),
            message: `${name}/ knows nothing of the other rooms: see ARCHITECTURE.md`,
          },
        ],
      },
    ],
  },
});

export default tseslint.config(
  { ignores: ["node_modules/**", "**/bin/**", ".sandbox/**"] },
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
      "max-lines": [
        "error",
        { max: 300, skipBlankLines: true, skipComments: true },
      ],
      "max-lines-per-function": [
        "error",
        { max: 60, skipBlankLines: true, skipComments: true },
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
  ...Object.entries(rooms).map(([name, closed]) => room(name, closed)),
);
