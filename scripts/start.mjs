// `npm start`: installs what is missing, builds, and opens the window on the practice desk.
// Without a display, or with --headless, it plays `custody demo` in the terminal instead. Further words go to the program.
import { built, run } from "./run.mjs";
import { setUp } from "./setup.mjs";

const words = process.argv.slice(2);
const rest = words.filter((word) => word !== "--headless");
const hasDisplay =
  process.platform === "darwin" ||
  process.platform === "win32" ||
  Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
const headless = words.includes("--headless") || !hasDisplay;

process.exitCode = headless ? await playInTerminal() : await openWindow();

async function playInTerminal() {
  if (!words.includes("--headless"))
    console.log("There is no display, so the demo runs in the terminal.");
  if (!(await setUp(["build"]))) return 1;
  console.log("Building the terminal program (the first time takes some minutes).");
  const code = await run("cargo", ["build", "--locked", "-p", "custody-cli"]);
  return code === 0 ? run(built("custody"), ["demo", ...rest]) : code;
}

async function openWindow() {
  if (!(await setUp(["build", "window"]))) return 1;
  console.log("Building the window (the first time takes some minutes).");
  // `tauri build` puts the pages into the program; a plain `cargo build` would look for a development server.
  const code = await run("npx", ["--no-install", "tauri", "build", "--debug", "--no-bundle"]);
  if (code !== 0) return code;
  console.log("Opening the window on the practice desk.");
  return run(built("custody-app"), ["--practice", ...rest]);
}
