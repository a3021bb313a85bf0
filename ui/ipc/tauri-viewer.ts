import { listen } from "@tauri-apps/api/event";
import { ask } from "./tauri";
import type { ViewerBackend } from "./viewer-backend";

/** The program itself. */
export const tauriViewer: ViewerBackend = {
  call: (name, args) => ask(name, args),

  async onChanged(tell) {
    await listen("viewer-changed", tell);
  },
};
