import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Message {
  cmd: unknown;
  payload: unknown;
}

const frame: { __TAURI_ISOLATION_HOOK__?: (message: Message) => Message } = {};
// The script is plain, for a frame of its own: it is given that frame's window.
new Function("window", readFileSync("ui/isolation/index.js", "utf8"))(frame);
const passes = (cmd: unknown, payload: unknown) => {
  try {
    return frame.__TAURI_ISOLATION_HOOK__?.({ cmd, payload }) !== undefined;
  } catch {
    return false;
  }
};

describe("what passes from the page to the program", () => {
  it("is our own commands, in their plain form", () => {
    expect(passes("show_desk", { args: {} })).toBe(true);
    for (const cmd of ["read-file", "plugin:fs|read_file", "Show", "", 5, null])
      expect(passes(cmd, { args: {} })).toBe(false);
    for (const payload of [null, [], "args"]) expect(passes("show_desk", payload)).toBe(false);
  });

  it("is listening to our own events, and to none of the system's", () => {
    const pages = ["tauri.ts", "tauri-viewer.ts"].map((file) =>
      readFileSync(`ui/ipc/${file}`, "utf8"),
    );
    const heard = [...pages.join().matchAll(/listen(?:<[^>]*>)?\("([^"]+)"/g)].map(
      ([, event]) => event,
    );
    expect(heard).toHaveLength(5);
    for (const event of heard)
      expect(passes("plugin:event|listen", { event, target: { kind: "Any" }, handler: 1 })).toBe(
        true,
      );
    expect(passes("plugin:event|unlisten", { event: "desk-changed", eventId: 1 })).toBe(true);
    // With the paths of what is dropped.
    for (const event of ["tauri://drag-drop", "tauri://drag-enter", "tauri://focus", undefined, 5])
      expect(passes("plugin:event|listen", { event })).toBe(false);
    expect(passes("plugin:event|listen", null)).toBe(false);
    expect(passes("plugin:event|emit", { event: "files-dropped" })).toBe(false);
  });
});
