import "../look.css";
import { mount } from "svelte";
import type { ViewerBackend } from "../ipc/viewer-backend";
import { locale } from "../shared/locale";
import { applyTextSize } from "../shared/text-size";
import Viewer from "./Viewer.svelte";

// The fake file is in no build but its own: the condition is decided when the window is built.
async function backend(): Promise<ViewerBackend> {
  if (import.meta.env.MODE === "fake") return (await import("../ipc/fake/viewer")).startViewer();
  return (await import("../ipc/tauri-viewer")).tauriViewer;
}

document.documentElement.lang = locale;
applyTextSize();
const target = document.getElementById("window");
if (target) mount(Viewer, { target, props: { backend: await backend() } });
