/* What a story evaluates runs in the page. */
/* global window */

const text = (page) => page.locator("[data-start]").first().waitFor();

// Every state of a viewer's window, with how one gets there.
export const viewerScreens = [
  ["viewer of a log", "log", text],
  ["viewer of a huge log", "huge", text],
  [
    "viewer with a search",
    "log",
    async (page) => {
      await text(page);
      await page.keyboard.press("/");
      await page.keyboard.type("timeout");
      await page.locator("[data-mark]").first().waitFor();
    },
  ],
  ["viewer of hostile lines", "hostile", text],
  [
    "viewer of bytes",
    "bytes",
    (page) =>
      page.getByRole("region", { name: "Bytes of the file" }).getByText("00000000").waitFor(),
  ],
  [
    "viewer of a picture",
    "image",
    (page) => page.locator("[role=region][aria-busy=false] canvas").waitFor(),
  ],
  ["viewer of a huge picture", "huge-image", (page) => page.getByText("is not drawn").waitFor()],
  ["viewer of an archive", "archive", (page) => page.getByRole("option").first().waitFor()],
  [
    "viewer of an entry",
    "archive",
    async (page) => {
      await page.getByRole("option", { name: /exporter/ }).click();
      await text(page);
    },
  ],
  [
    "viewer of a refused entry",
    "archive",
    async (page) => {
      await page.getByRole("option", { name: /bomb/ }).click();
      await page.getByRole("alert").waitFor();
    },
  ],
  ["viewer of an empty file", "empty", (page) => page.getByText("This file is empty").waitFor()],
  [
    "viewer, locked",
    "log",
    async (page) => {
      await text(page);
      await page.evaluate(() => window.fakeViewer.end("locked"));
      await page.getByText("The desk is locked").waitFor();
    },
  ],
  [
    "viewer, erased",
    "log",
    async (page) => {
      await text(page);
      await page.evaluate(() => window.fakeViewer.end("not_found"));
      await page.getByText("no longer held").waitFor();
    },
  ],
];
