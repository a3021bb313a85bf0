// Every call of the page passes here before it is encrypted for the core. This script has no build step and knows
// nothing of the page: what it lets through is our own commands, in their plain form, and listening to our own events. Those
// of the system are not for a page: what is dropped onto a window comes with its paths there.
// Whatever else gets into the page cannot reach a plugin's command, even one that a later permission would allow.
"use strict";

const ownCommand = /^[a-z][a-z_]{0,63}$/;
const ownEvents = ["desk-changed", "desk-moves", "files-over", "files-dropped", "viewer-changed"];

window.__TAURI_ISOLATION_HOOK__ = (message) => {
  const { cmd, payload } = message;
  const known =
    typeof cmd === "string" &&
    (ownCommand.test(cmd) ||
      cmd === "plugin:event|unlisten" ||
      (cmd === "plugin:event|listen" && ownEvents.includes(payload?.event)));
  if (!known || typeof payload !== "object" || payload === null || Array.isArray(payload)) {
    throw new TypeError("This call is not one of the window's.");
  }
  return message;
};
