// Pictures of every screen and state of the window, in both themes.
//
//   npm run shots                       into the folder shots
//   npm run shots -- --only "a case"    one of them
//   npm run shots -- --readme           those that the README shows, into docs/images
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { painted, startBrowser } from "../tests/ui/browser.mjs";
import { screens } from "../tests/ui/screens.mjs";
import { viewerScreens } from "../tests/ui/viewer-screens.mjs";
import { root } from "./run.mjs";

const { values: options } = parseArgs({
  options: { only: { type: "string" }, readme: { type: "boolean", default: false } },
});

/** What the README shows: the screen, and the name of its picture. */
const inReadme = new Map([
  ["a case", "case"],
  ["a report", "report"],
  ["a receipt", "receipt"],
]);

const all = [
  ...screens.map(([name, world, go]) => [name, world, go, {}]),
  ...viewerScreens.map(([name, file, go]) => [name, file, go, { file }]),
];
const wanted = all.filter(
  ([name]) => (!options.only || name === options.only) && (!options.readme || inReadme.has(name)),
);
if (wanted.length === 0) {
  console.error(`There is no screen "${options.only}": ${all.map(([name]) => name).join(", ")}`);
  process.exit(2);
}
const folder = join(root, options.readme ? "docs/images" : "shots");
mkdirSync(folder, { recursive: true });

const browser = await startBrowser();
try {
  for (const theme of ["light", "dark"])
    for (const [name, world, go, options] of wanted) {
      const page = await browser.open(world, { theme, ...options });
      await go(page);
      await painted(page);
      const file = `${inReadme.get(name) ?? name.replaceAll(/[^a-z]+/g, "-")}-${theme}.png`;
      await page.screenshot({ path: join(folder, file), animations: "disabled" });
      await page.done();
      console.log(join(folder, file));
    }
} finally {
  await browser.close();
}
