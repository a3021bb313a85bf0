// Every call of the page passes here before it is encrypted for the core. This script has no build step and knows
// nothing of the page: what it lets through is our own commands, in their plain form, and listening to events.
// Whatever else gets into the page cannot reach a plugin's command, even one that a later permission would allow.
"use strict";

const ownCommand = /^[a-z][a-z_]{0,63}$/;
const events = ["plugin:event|listen", "plugin:event|unlisten"];

window.__TAURI_ISOLATION_HOOK__ = (message) => {
  const { cmd, payload } = message;
  const known = typeof cmd === "string" && (ownCommand.test(cmd) || events.includes(cmd));
  if (!known || typeof payload !== "object" || payload === null || Array.isArray(payload)) {
    throw new TypeError("This call is not one of the window's.");
  }
  return message;
};
