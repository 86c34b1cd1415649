import eslint from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  {
    files: ["**/*.ts"],
    extends: [eslint.configs.recommended, tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { noInlineConfig: true },
    rules: {
      "no-console": "error",
      eqeqeq: "error",
      curly: "error",
      // Lengths and numbers are written into texts as they are.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // An outcome that is forgotten does not pass.
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/explicit-module-boundary-types": "error",
    },
  },
  {
    // The envelope knows nobody: no page, no API, no platform but what platform.d.ts declares.
    files: ["src/envelope/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: [{ regex: "^(?!\\./|hash-wasm$)" }] }] },
  },
  {
    // Text only ever through textContent.
    files: ["src/**/*.ts"],
    rules: {
      "max-lines": ["error", { max: 200 }],
      "no-restricted-properties": [
        "error",
        ...["innerHTML", "outerHTML", "insertAdjacentHTML", "write", "writeln"].map((property) => ({
          ...(property.startsWith("write") ? { object: "document" } : {}),
          property,
        })),
      ],
    },
  },
  {
    // What it says is its type.
    files: ["src/text/**/*.ts"],
    rules: { "@typescript-eslint/explicit-module-boundary-types": "off" },
  },
  {
    // The runner's own functions return promises that it looks after itself.
    files: ["tests/**/*.ts"],
    rules: { "@typescript-eslint/no-floating-promises": "off" },
  },
);
