// Starts one program, shows its output as it comes and tells how it ended. Every script here goes through it.
import { spawn, spawnSync } from "node:child_process";
import { constants } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

// Where cargo builds: CARGO_TARGET_DIR is respected, so a shared or cached folder works.
export const targetFolder = resolve(root, process.env.CARGO_TARGET_DIR || "target");

// npm and npx are .cmd files on Windows, which only a shell can start.
const needsShell = (program) => process.platform === "win32" && /^(npm|npx)$/.test(program);

/** Runs the program in the repository's root and returns its exit code. */
export function run(program, args = [], { env = {} } = {}) {
  return new Promise((done) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, ...env },
      shell: needsShell(program),
    });
    // Ctrl-C reaches the child by itself; we wait for it, so that its exit code is ours.
    const wait = () => {};
    process.on("SIGINT", wait);
    const end = (code) => {
      process.off("SIGINT", wait);
      done(code);
    };
    child.on("error", (problem) => {
      console.error(`${program} did not start: ${problem.message}`);
      end(127);
    });
    child.on("close", (code, signal) => end(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

/** What the program prints, trimmed; null if it is not there or fails. */
export function ask(program, args = []) {
  const answer = spawnSync(program, args, {
    cwd: root,
    encoding: "utf8",
    shell: needsShell(program),
    maxBuffer: 256 * 1024 * 1024,
  });
  return answer.status === 0 ? answer.stdout.trim() : null;
}

/** Whether a program of this name is on the PATH. */
export function installed(program) {
  const finder =
    process.platform === "win32"
      ? ["where", [program]]
      : ["sh", ["-c", 'command -v "$0"', program]];
  return ask(...finder) !== null;
}

/** A program built by cargo, by its name, in the debug folder. */
export const built = (program) =>
  join(targetFolder, "debug", process.platform === "win32" ? `${program}.exe` : program);
