import type { Backend } from "../backend";
import { type FakeControls, fakeBackend } from "./fake";

declare global {
  interface Window {
    fake: FakeControls;
  }
}

/** The world that the address names, for example `?world=busy`. */
export function start(): Backend {
  const { backend, controls } = fakeBackend(
    new URLSearchParams(location.search).get("world") ?? "busy",
  );
  window.fake = controls;
  return backend;
}
