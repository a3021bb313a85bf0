// The window in a browser. One build and one browser for all stories; each story gets a world and a page of its own.
import { after, before, describe } from "node:test";
import { startBrowser } from "./browser.mjs";
import { accessStories } from "./stories/access.mjs";
import { addingStories } from "./stories/adding.mjs";
import { auditStories } from "./stories/audit.mjs";
import { casesStories } from "./stories/cases.mjs";
import { deletionsStories } from "./stories/deletions.mjs";
import { desktopStories } from "./stories/desktop.mjs";
import { frameStories } from "./stories/frame.mjs";
import { germanStories } from "./stories/german.mjs";
import { hostileStories } from "./stories/hostile.mjs";
import { receiptsStories } from "./stories/receipts.mjs";
import { reportsStories } from "./stories/reports.mjs";
import { rulesStories } from "./stories/rules.mjs";
import { settingsStories } from "./stories/settings.mjs";
import { setupStories } from "./stories/setup.mjs";
import { startStories } from "./stories/start.mjs";
import { viewerStories } from "./stories/viewer.mjs";

let browser;

before(async () => {
  browser = await startBrowser();
});

after(() => browser?.close());

// Some at a time: most of a story is waiting for the page.
const together = { concurrency: 3 };
const inWindow = (world, story, options) => () => browser.story(world, story, options);

describe("start and lock", together, () => startStories(inWindow));
describe("first run", together, () => setupStories(inWindow));
describe("settings", together, () => settingsStories(inWindow));
describe("frame", together, () => frameStories(inWindow));
describe("desktop", together, () => desktopStories(inWindow));
describe("cases", together, () => casesStories(inWindow));
describe("files added", together, () => addingStories(inWindow));
describe("receipts and attention", together, () => receiptsStories(inWindow));
describe("deletions", together, () => deletionsStories(inWindow));
describe("audit", together, () => auditStories(inWindow));
describe("rules and own dates", together, () => rulesStories(inWindow));
describe("the viewer", together, () => viewerStories(inWindow));
describe("reports", together, () => reportsStories(inWindow));
describe("a German window", together, () => germanStories(inWindow));
describe("hostile content", together, () => hostileStories(inWindow));
describe("everybody can use it", together, () => accessStories(inWindow));
