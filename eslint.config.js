import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";

export default ts.config(
  {
    ignores: [
      "target/",
      "dist/",
      "ui/dist*/",
      "ui/ipc/generated*/",
      "ui/ipc/generated*",
      "src-tauri/gen/",
    ],
  },
  js.configs.recommended,
  ts.configs.recommended,
  svelte.configs.recommended,
  { files: ["**/*.mjs", "*.js", "*.ts"], languageOptions: { globals: globals.node } },
  { files: ["ui/**"], languageOptions: { globals: globals.browser } },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: [".svelte"] } },
  },
);
