// Draws every icon anew from the SVGs in `icons/`, with the renderer of Tauri's own command.
// What lies there afterwards is compared by `src-tauri/tests/icons.rs`.
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask, root } from "./run.mjs";

const icons = join(root, "icons");
const tray = join(icons, "tray");
/** Of the program itself: what deb, rpm, nsis, dmg and the window take, and the tiles of Windows. */
const program =
  /^(32x32|128x128|128x128@2x|icon)\.png$|^icon\.(icns|ico)$|^Square\d+x\d+Logo\.png$|^StoreLogo\.png$/;
/** Panels of Linux and the taskbar of Windows, at one and a half and two times their size too. */
const traySizes = [16, 20, 22, 24, 32, 44];
/** The menu bar of macOS is 22 points high; of these 18 are the icon's. */
const templateSizes = [18, 36];

const drawn = (source, ...args) => {
  const folder = mkdtempSync(join(tmpdir(), "custody-icons-"));
  ask("npx", ["tauri", "icon", source, "-o", folder, ...args]);
  return folder;
};

const folder = drawn(join(icons, "custody.svg"));
for (const name of readdirSync(folder).filter((name) => program.test(name)))
  copyFileSync(join(folder, name), join(icons, name));
rmSync(folder, { recursive: true });

for (const source of readdirSync(tray).filter((name) => name.endsWith(".svg"))) {
  const name = source.slice(0, -".svg".length);
  const sizes = name.endsWith("-template") ? templateSizes : traySizes;
  const folder = drawn(join(tray, source), ...sizes.flatMap((size) => ["-p", String(size)]));
  for (const size of sizes)
    copyFileSync(join(folder, `${size}x${size}.png`), join(tray, `${name}-${size}.png`));
  rmSync(folder, { recursive: true });
}
