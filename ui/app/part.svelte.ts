import type { Component } from "svelte";

/**
 * A part of the window that is not there at its start: it is loaded when it is first wanted, or before, when the window
 * has nothing else to do. Once loaded it stays.
 */
export class Part<Props extends Record<string, unknown>> {
  #component = $state.raw<Component<Props> | null>(null);
  readonly #load: () => Promise<{ default: Component<Props> }>;
  #loading: Promise<void> | null = null;

  constructor(load: () => Promise<{ default: Component<Props> }>) {
    this.#load = load;
  }

  /** The component, if it is there; if not, it is on its way from now on. */
  get wanted(): Component<Props> | null {
    if (!this.#component) void this.load();
    return this.#component;
  }

  load(): Promise<void> {
    this.#loading ??= this.#load().then(({ default: component }) => {
      this.#component = component;
    });
    return this.#loading;
  }
}
