// The screens of the rail, in its order. The number keys follow it.
import Archive from "@lucide/svelte/icons/archive";
import ChartNoAxesColumn from "@lucide/svelte/icons/chart-no-axes-column";
import Eraser from "@lucide/svelte/icons/eraser";
import Link from "@lucide/svelte/icons/link";
import ReceiptText from "@lucide/svelte/icons/receipt-text";
import Settings2 from "@lucide/svelte/icons/settings-2";
import type { Component } from "svelte";
import Cases from "../cases/Cases.svelte";
import type { DeskView } from "../ipc/generated/views";
import { words } from "../words/words";
import type { Screen } from "./desk.svelte";
import { Part } from "./part.svelte";

export const screens: { screen: Screen; icon: Component<{ class?: string }>; label: string }[] = [
  { screen: "cases", icon: Archive, label: words.frame.cases },
  { screen: "deletions", icon: Eraser, label: words.frame.deletions },
  { screen: "receipts", icon: ReceiptText, label: words.frame.receipts },
  { screen: "reports", icon: ChartNoAxesColumn, label: words.frame.reports },
  { screen: "audit", icon: Link, label: words.frame.audit },
  { screen: "settings", icon: Settings2, label: words.frame.settings },
];

type ScreenPart = Part<{ view: DeskView }>;
type Loaded<Props extends Record<string, unknown>> = Promise<{ default: Component<Props> }>;

// A screen that wants nothing leaves alone what it is given.
const later = (load: () => Loaded<{ view: DeskView }> | Loaded<Record<string, never>>) =>
  new Part(load as () => Loaded<{ view: DeskView }>);

/** What each screen consists of. The window opens with the cases; the others are not waited for then. */
export const parts: Record<Screen, ScreenPart> = {
  cases: later(async () => ({ default: Cases })),
  deletions: later(() => import("../deletions/Deletions.svelte")),
  receipts: later(() => import("../receipts/Receipts.svelte")),
  reports: later(() => import("../reports/Reports.svelte")),
  audit: later(() => import("../audit/Audit.svelte")),
  settings: later(() => import("../settings/Settings.svelte")),
  attention: later(() => import("../attention/Attention.svelte")),
};
