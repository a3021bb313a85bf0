// `npm test`: installs what is missing, then runs every check in turn. The first failure stops the run.
//
//   npm test -- --keep-going          run the rest after a failure too
//   npm test -- --only clippy,walls   these steps alone
//   npm test -- --list                name the steps
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ask, root, run } from "./run.mjs";
import { setUp } from "./setup.mjs";

const { values: options } = parseArgs({
  options: {
    "keep-going": { type: "boolean", default: false },
    only: { type: "string" },
    list: { type: "boolean", default: false },
  },
});

const linux = process.platform === "linux";
// Only clippy sees the tests for real servers here; `npm run test:peers` runs them.
const peers = ["--features", "custody-tests/peers"];
const treeBefore = workingTree();

const steps = [
  step("rustfmt", cargo("fmt", "--all", "--check")),
  step("prettier", npx("prettier", "--check", ".")),
  step("eslint", npx("eslint", ".", "--max-warnings", "0")),
  step("svelte-check", npx("svelte-check", "--tsconfig", "./tsconfig.json", "--fail-on-warnings")),
  step("vitest", npx("vitest", "run")),
  step("browser tests", nodeTests("tests/ui")),
  step("licences", node("scripts/licences.mjs", "--check")),
  step("deny", node("scripts/deny.mjs")),
  step("walls", node("scripts/check-walls.mjs")),
  step("clippy", cargo("clippy", "--workspace", "--all-targets", ...peers, "--", "-D", "warnings")),
  step("rust tests", rustTests),
  step("doc tests", cargo("test", "--workspace", "--doc", "--quiet")),
  // Only Linux has a driver for the window's web view that needs no download.
  linux && step("window build", npx("tauri", "build", "--debug", "--no-bundle")),
  linux && step("window", () => nodeTests("tests/window", inWindowSession)()),
  // Whatever is generated must be as committed. Only a fresh clone can tell.
  process.env.CI && step("tree is clean", treeIsClean),
].filter(Boolean);

process.exitCode = await main();

async function main() {
  const names = steps.map(({ name }) => name);
  if (options.list) {
    console.log(names.join("\n"));
    return 0;
  }
  const wanted = options.only?.split(",").map((name) => name.trim()) ?? names;
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    console.error(`There is no step "${unknown}". The steps are: ${names.join(", ")}.`);
    return 2;
  }
  if (!(await setUp())) return 1;

  const results = [];
  for (const { name, act } of steps.filter((it) => wanted.includes(it.name))) {
    console.log(`\n=== ${name}`);
    const from = performance.now();
    const code = await act();
    const seconds = (performance.now() - from) / 1000;
    results.push({ name, passed: code === 0, seconds });
    console.log(
      `--- ${name}: ${code === 0 ? "passed" : `failed (exit code ${code})`} after ${seconds.toFixed(1)} s`,
    );
    if (code !== 0 && !options["keep-going"]) break;
  }
  return summary(results, wanted.length);
}

function summary(results, planned) {
  const width = Math.max(...steps.map(({ name }) => name.length));
  console.log("\n=== summary");
  for (const { name, passed, seconds } of results) {
    console.log(
      `${passed ? "passed" : "FAILED"}  ${name.padEnd(width)}  ${seconds.toFixed(1).padStart(7)} s`,
    );
  }
  const failed = results.filter((it) => !it.passed).length;
  const notRun = planned - results.length;
  if (notRun > 0) console.log(`Not run after the failure: ${notRun} steps.`);
  console.log(`Steps: ${results.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function step(name, act) {
  return { name, act };
}

function cargo(...words) {
  return () => run("cargo", words);
}

function node(...words) {
  return () => run(process.execPath, words);
}

function npx(...words) {
  return () => run("npx", ["--no-install", ...words]);
}

// On Linux the key store of the tests is a throwaway one; elsewhere the system's own is asked.
function rustTests() {
  const words =
    ask("cargo", ["nextest", "--version"]) === null
      ? ["test", "--workspace"]
      : ["nextest", "run", "--workspace"];
  return linux ? run("scripts/with-keyring.sh", ["cargo", ...words]) : run("cargo", words);
}

// The files are named one by one: Node's versions read a folder differently, and an empty folder must fail.
function nodeTests(folder, within = (words) => run(process.execPath, words)) {
  return () => {
    const path = join(root, folder);
    const files = existsSync(path)
      ? readdirSync(path, { recursive: true })
          .filter((file) => /\.test\.m?js$/.test(file))
          .map((file) => join(folder, file))
      : [];
    if (files.length === 0) {
      console.error(`There is no *.test.mjs in ${folder}.`);
      return 1;
    }
    return within(["--test", ...files.sort()]);
  };
}

// The window shows dates by the locale, and "C" is not one that a web view understands.
function inWindowSession(words) {
  const screen = [
    "-a",
    "-s",
    "-screen 0 1280x900x24",
    "scripts/with-keyring.sh",
    process.execPath,
    ...words,
  ];
  return run("xvfb-run", screen, { env: { LANG: "en_US.UTF-8", LC_ALL: "" } });
}

function treeIsClean() {
  const now = workingTree();
  if (now === treeBefore) return 0;
  console.error("The run changed files that are committed, or left new ones behind:");
  console.error(now);
  run("git", ["--no-pager", "diff", "--stat"]);
  return 1;
}

function workingTree() {
  return ask("git", ["status", "--porcelain"]);
}
