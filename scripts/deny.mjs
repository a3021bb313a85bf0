// Runs cargo-deny over deny.toml, with a copy of its own under the target folder, so that nothing global is touched.
//
//   node scripts/deny.mjs              walls, licences, sources: needs no network once the crates are fetched
//   node scripts/deny.mjs advisories   known weaknesses: fetches the RustSec database from GitHub
import { join } from "node:path";
import { rmSync } from "node:fs";
import { ask, run, targetFolder } from "./run.mjs";

const version = "0.20.2";
const tools = join(targetFolder, "tools");
const suffix = process.platform === "win32" ? ".exe" : "";

const checks = process.argv.slice(2);
const program = await cargoDeny();
process.exitCode =
  program === null
    ? 1
    : await run(program, [
        "check",
        "--hide-inclusion-graph",
        "--allow",
        "unused-wrapper",
        ...(checks.length > 0 ? checks : ["bans", "licenses", "sources"]),
      ]);

async function cargoDeny() {
  const own = join(tools, "bin", `cargo-deny${suffix}`);
  const found = ["cargo-deny", own].find((it) => ask(it, ["--version"])?.endsWith(` ${version}`));
  if (found) return found;
  console.log(`Installing cargo-deny ${version} into ${tools} (a minute or two, once):`);
  const build = join(tools, "build");
  // A debug build without debug information: it compiles in a third of the time, and this check takes a second anyway.
  const code = await run(
    "cargo",
    ["install", "--quiet", "--locked", "--debug", "--root", tools, `cargo-deny@${version}`],
    {
      env: { CARGO_TARGET_DIR: build, CARGO_PROFILE_DEV_DEBUG: "0" },
    },
  );
  rmSync(build, { recursive: true, force: true });
  return code === 0 ? own : null;
}
