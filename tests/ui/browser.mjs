// The window in a browser, on a world in memory: built as the program builds it, served under the program's own
// content policy, so that what the policy would stop in the program stops here too.
/* global document, innerWidth, requestAnimationFrame */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";
import { build } from "vite";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const conf = JSON.parse(readFileSync(join(root, "src-tauri/tauri.conf.json"), "utf8"));
const policy = Object.entries(conf.app.security.csp)
  .map(([directive, sources]) => `${directive} ${sources}`)
  .join("; ");
const types = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".woff2": "font/woff2",
};

/** Builds and serves the window and starts a browser. `close` ends all of it. */
export async function startBrowser() {
  const folder = await mkdtemp(join(tmpdir(), "custody-ui-"));
  await build({
    configFile: join(root, "vite.config.ts"),
    mode: "fake",
    logLevel: "error",
    build: { outDir: folder, emptyOutDir: true },
  });
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, "http://window").pathname);
    if (path === "/favicon.ico") return response.writeHead(204).end();
    const file = join(folder, path === "/" ? "index.html" : path);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, {
      "content-type": types[extname(file)] ?? "application/octet-stream",
      "content-security-policy": policy,
    });
    response.end(await readFile(file));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const browser = await chromium.launch({
    executablePath: executable(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  const address = `http://127.0.0.1:${server.address().port}/`;

  return {
    /** Tells one story on a world, and fails if the page met anything that must never be. */
    async story(world, story, options) {
      const page = await this.open(world, options);
      try {
        await story(page);
        assert.deepEqual(
          page.problems,
          [],
          "the page met no error, no warning and no policy violation",
        );
      } catch (problem) {
        // Where the run keeps pictures, one of the moment tells more than the message.
        const pictures = process.env.CUSTODY_PICTURES;
        if (pictures) await page.screenshot({ path: join(pictures, `${world}-${Date.now()}.png`) });
        throw problem;
      } finally {
        await page.done();
      }
    },

    /** Opens the window on a world, or that of a viewer on a `file`. `problems` collects errors, warnings and violations of the content policy. */
    async open(
      world,
      {
        theme = "light",
        width = 1280,
        height = 820,
        textSize = 1,
        language = "en-GB",
        zone = "Europe/Berlin",
        file = undefined,
      } = {},
    ) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: theme,
        reducedMotion: "reduce",
        locale: language,
        timezoneId: zone,
        permissions: ["clipboard-read", "clipboard-write"],
      });
      const page = await context.newPage();
      // A guard against hanging, generous enough for a machine that builds beside it.
      page.setDefaultTimeout(45_000);
      const problems = [];
      page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type()))
          problems.push(`${message.type()}: ${message.text()}`);
      });
      if (textSize !== 1)
        await page.addInitScript(
          (size) => localStorage.setItem("text-size", String(size)),
          textSize,
        );
      await page.goto(
        file === undefined ? `${address}?world=${world}` : `${address}viewer.html?file=${file}`,
      );
      await shownFirst(page);
      return Object.assign(page, { problems, done: () => context.close() });
    },
    async close() {
      await browser.close();
      await new Promise((closed) => server.close(closed));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until a page that was just loaded hears its keys: Chromium drops what is pressed before the first frame is up. */
export async function shownFirst(page) {
  await page.locator("main:not(:empty)").first().waitFor();
  await painted(page);
}

/** Waits for two frames: what was styled before is then on the screen. */
export function painted(page) {
  return page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

/** What axe finds on the page, as lines. */
export async function violations(page) {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  const lines = [];
  for (const { id, nodes } of found)
    for (const { target, failureSummary } of nodes) {
      // An open menu belongs to its button and lies outside of every landmark by nature.
      if (id === "region" && (await page.locator(String(target)).locator('[role="menu"]').count()))
        continue;
      lines.push(`${id}: ${target.join(" ")}: ${failureSummary}`);
    }
  return lines;
}

/** What on the page is wider than the window: nothing may be cut off or scroll sideways. */
export async function tooWide(page) {
  // Menus and hints find their place a few frames after the window changed; what stays too wide is told.
  for (let frames = 600; ; frames -= 1) {
    const found = await page.evaluate(async () => {
      await new Promise((painted) => requestAnimationFrame(painted));
      return (
        [...document.querySelectorAll("body *")]
          .filter(
            (element) =>
              element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1,
          )
          // What ends in an ellipsis is cut on purpose; code, and a file that is looked at, scroll in their own frame.
          .filter((element) => !element.closest("pre, .truncate, .sr-only, .label, .strip"))
          .map((element) => `${element.tagName} ${element.className}`)
      );
    });
    if (found.length === 0 || frames === 0) return found;
  }
}

function executable() {
  const known = [
    process.env.CUSTODY_CHROMIUM,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  ];
  const found = known.find((path) => path && existsSync(path));
  if (!found) throw new Error("No Chromium was found. Install it, or name it in CUSTODY_CHROMIUM.");
  return found;
}
