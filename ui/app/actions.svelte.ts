// Everything one can do in the window right now: what the frame always offers, and what the screen that is shown adds.
import type { Component } from "svelte";
import { SvelteSet } from "svelte/reactivity";

export interface Action {
  label: string;
  icon: Component<{ class?: string }>;
  /** The key that does the same, as it is written in the list of keys. */
  key?: string;
  run: () => void;
}

export interface ActionGroup {
  title: string;
  actions: Action[];
}

const offered = new SvelteSet<() => ActionGroup[]>();

/** Offers groups of actions for as long as the component that calls this is shown. */
export function offerActions(groups: () => ActionGroup[]) {
  $effect(() => {
    offered.add(groups);
    return () => offered.delete(groups);
  });
}

/** What is offered now: what was offered last, by the innermost, comes first. */
export function offeredActions(): ActionGroup[] {
  return [...offered]
    .reverse()
    .flatMap((groups) => groups())
    .filter(({ actions }) => actions.length > 0);
}
