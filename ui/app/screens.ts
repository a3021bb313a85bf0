// The screens of the rail, in its order. The number keys follow it.
import Archive from "@lucide/svelte/icons/archive";
import ChartNoAxesColumn from "@lucide/svelte/icons/chart-no-axes-column";
import Eraser from "@lucide/svelte/icons/eraser";
import Link from "@lucide/svelte/icons/link";
import ReceiptText from "@lucide/svelte/icons/receipt-text";
import Settings2 from "@lucide/svelte/icons/settings-2";
import type { Component } from "svelte";
import { words } from "../words/words";
import type { Screen } from "./desk.svelte";

export const screens: { screen: Screen; icon: Component<{ class?: string }>; label: string }[] = [
  { screen: "cases", icon: Archive, label: words.frame.cases },
  { screen: "deletions", icon: Eraser, label: words.frame.deletions },
  { screen: "receipts", icon: ReceiptText, label: words.frame.receipts },
  { screen: "reports", icon: ChartNoAxesColumn, label: words.frame.reports },
  { screen: "audit", icon: Link, label: words.frame.audit },
  { screen: "settings", icon: Settings2, label: words.frame.settings },
];
