import "./look.css";
import { mount } from "svelte";
import App from "./app/App.svelte";
import type { Backend } from "./ipc/backend";
import { tauri } from "./ipc/tauri";
import { locale } from "./shared/locale";
import { applyTextSize } from "./shared/text-size";
import { applyTheme } from "./shared/theme";

// The fake world is in no build but its own: the condition is decided when the window is built.
async function backend(): Promise<Backend> {
  if (import.meta.env.MODE === "fake") return (await import("./ipc/fake/start")).start();
  return tauri;
}

document.documentElement.lang = locale;
applyTextSize();
applyTheme();
const target = document.getElementById("window");
if (target) mount(App, { target, props: { backend: await backend() } });
