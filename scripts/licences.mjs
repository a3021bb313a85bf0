// Writes ui/settings/licences.json: what the program is built from, by licence. With `--check` it only compares.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ask, root } from "./run.mjs";

const place = join(root, "ui/settings/licences.json");
const written = `${JSON.stringify(byLicence([...crates(), ...packages()]), null, 1)}\n`;
if (process.argv.includes("--check")) {
  if (readFileSync(place, "utf8") !== written) {
    console.error(
      "ui/settings/licences.json is not what is built in. Write it anew: node scripts/licences.mjs",
    );
    process.exitCode = 1;
  }
} else {
  writeFileSync(place, written);
}

/** Every crate of the lock file that is not ours and reaches the window's program, on any system. */
function crates() {
  const said = ask("cargo", ["metadata", "--locked", "--format-version", "1"]);
  const { packages: all, resolve } = JSON.parse(said);
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const app = all.find(({ name }) => name === "custody-app");
  const met = new Set();
  const next = [app.id];
  while (next.length > 0) {
    const id = next.pop();
    if (met.has(id)) continue;
    met.add(id);
    for (const { pkg, dep_kinds: kinds } of nodes.get(id).deps)
      if (kinds.some(({ kind }) => kind === null)) next.push(pkg);
  }
  return all
    .filter(({ id, source }) => source !== null && met.has(id))
    .map(({ name, license }) => [name, license]);
}

/** What the page is built from. Tools that leave nothing in it are not named. */
function packages() {
  const names = [
    "@fontsource-variable/inter",
    "@internationalized/date",
    "@lucide/svelte",
    "@tanstack/svelte-virtual",
    "@tauri-apps/api",
    "bits-ui",
    "svelte",
    "tailwindcss",
  ];
  return names.map((name) => {
    const { license } = JSON.parse(
      readFileSync(join(root, "node_modules", name, "package.json"), "utf8"),
    );
    return [name, license];
  });
}

function byLicence(found) {
  const lists = {};
  for (const [name, said] of found) {
    // An old way to write "or".
    const licence = (said ?? "see its page").replaceAll("/", " OR ").replace(/\s+/g, " ");
    (lists[licence] ??= new Set()).add(name);
  }
  const sorted = Object.entries(lists).sort(([, one], [, other]) => other.size - one.size);
  return Object.fromEntries(sorted.map(([licence, names]) => [licence, [...names].sort()]));
}
