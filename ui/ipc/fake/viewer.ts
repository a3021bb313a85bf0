// A file in memory, looked at as the program would have it looked at. Only `vite --mode fake` has it.
import { Refused } from "../backend";
import type { Fault } from "../generated/names";
import type {
  EntryView,
  LayerView,
  LevelView,
  OpenedView,
  RowView,
  ViewerCommands,
  ViewerView,
} from "../generated/viewer";
import type { ViewerArgs, ViewerBackend, ViewerCommandName, ViewerResult } from "../viewer-backend";
import { type Content, contents, entriesOf, pictureOf } from "./viewer-contents";

type Handlers = {
  [Name in ViewerCommandName]: (
    args: ViewerArgs<Name>,
  ) => ViewerCommands[Name]["result"] | Promise<ViewerCommands[Name]["result"]>;
};

/** What a browser test may do to the file from outside. */
export interface FakeViewerControls {
  /** The desk is locked, or the file is erased. */
  end(fault: Fault): void;
  /** As where the desk lets nothing be copied. */
  keepIn(): void;
  /** All lines are counted. */
  countLines(): void;
  /** The next call of this command is refused. */
  refuse(name: ViewerCommandName, fault: Fault): void;
  /** How often the window called this command. */
  calls(name: ViewerCommandName): number;
}

declare global {
  interface Window {
    fakeViewer: FakeViewerControls;
  }
}

interface Layer {
  content: Content;
  counted: boolean;
  search: { words: string; matchCase: boolean; hits: number[]; full: boolean } | null;
}

const mostHits = 100_000;

/** The file that the address names, for example `?file=log`. */
export function startViewer(): ViewerBackend {
  const asked = new URLSearchParams(location.search);
  const content = (contents[asked.get("file") ?? "log"] ?? contents["log"])!();
  const layers: Layer[] = [layerOf(content)];
  let copies = true;
  let ended: Fault | null = (asked.get("ended") as Fault | null) ?? null;
  const listeners: (() => void)[] = [];
  const counts = new Map<ViewerCommandName, number>();
  const refusals = new Map<ViewerCommandName, Fault>();
  const tell = () => listeners.forEach((listener) => listener());
  const refuse = (code: Fault): never => {
    throw new Refused({ code, reference: "c0ffee" });
  };
  const layerAt = (index: number) => layers[index] ?? refuse("not_found");

  const handlers: Handlers = {
    show_viewer: () => viewOf(content.name, layers, ended, copies),
    touch_viewer: () => null,
    read_rows({ layer, place, before, most }) {
      const at = layerAt(layer);
      const { rows } = at.content;
      if (!rows) return refuse("not_found");
      const here = rows.indexOf(Math.min(place, at.content.size - 1));
      const [from, to] = before ? [Math.max(0, here - most), here] : [here, here + most];
      const found: RowView[] = [];
      for (let index = from; index < Math.min(to, rows.count); index += 1)
        found.push(rowOf(at, index));
      return { rows: found };
    },
    read_bytes({ layer, place, most }) {
      const { size, byte } = layerAt(layer).content;
      return Uint8Array.from({ length: Math.max(0, Math.min(most, size - place)) }, (_, at) =>
        byte(place + at),
      ).buffer;
    },
    find_line({ layer, line }) {
      const { rows } = layerAt(layer).content;
      return { place: rows?.placeOfLine(line) ?? null };
    },
    search_text({ layer, words, match_case }) {
      const at = layerAt(layer);
      const hits = words === "" ? [] : hitsOf(at.content, words, match_case);
      at.search =
        words === "" ? null : { words, matchCase: match_case, hits, full: hits.length >= mostHits };
      queueMicrotask(tell);
      return null;
    },
    find_hit({ layer, place, backwards }) {
      const hits = layerAt(layer).search?.hits ?? [];
      const behind = hits.findIndex((hit) => hit >= place);
      const at = backwards
        ? (behind === -1 ? hits.length : behind) - 1
        : behind === -1
          ? 0
          : behind;
      const found = at < 0 ? hits.length - 1 : at;
      return hits.length === 0
        ? { place: null, number: 0 }
        : { place: hits[found] ?? null, number: found + 1 };
    },
    list_entries({ layer }) {
      const { entries } = layerAt(layer).content;
      return { entries: entries ?? [], more: false, broken: false, refusal: null };
    },
    open_entry({ layer, index }): OpenedView {
      const entry = layerAt(layer).content.entries?.[index] as EntryView | undefined;
      if (!entry) return { refusal: "not_there" };
      if (/bomb/.test(entry.name)) return { refusal: "bomb" };
      layers.length = layer + 1;
      if (layers.length >= 4) return { refusal: "too_deep" };
      layers.push(layerOf({ ...entriesOf(entry.name), name: entry.name }));
      return { refusal: null };
    },
    leave_entry({ layer }) {
      layers.length = layer + 1;
      return null;
    },
  };

  window.fakeViewer = {
    end(fault) {
      ended = fault;
      layers.length = 0;
      tell();
    },
    keepIn() {
      copies = false;
      tell();
    },
    countLines() {
      for (const layer of layers) layer.counted = true;
      tell();
    },
    refuse: (name, fault) => refusals.set(name, fault),
    calls: (name) => counts.get(name) ?? 0,
  };
  return {
    async call<Name extends ViewerCommandName>(
      name: Name,
      args: ViewerArgs<Name>,
    ): Promise<ViewerResult<Name>> {
      counts.set(name, (counts.get(name) ?? 0) + 1);
      await pictureOf(layers.at(-1)?.content);
      const refusal = refusals.get(name);
      refusals.delete(name);
      if (refusal) refuse(refusal);
      if (ended && name !== "show_viewer") refuse(ended);
      return handlers[name](args);
    },
    async onChanged(listener) {
      listeners.push(listener);
    },
  };
}

function layerOf(content: Content): Layer {
  return {
    content,
    counted: content.rows !== undefined && content.rows.count < 100_000,
    search: null,
  };
}

function viewOf(name: string, layers: Layer[], ended: Fault | null, copies: boolean): ViewerView {
  return { name, ended, deepest: 4, copies, layers: ended ? [] : layers.map(shown) };
}

function shown({ content, counted, search }: Layer): LayerView {
  const { name, size, kind, rows, image = null, cut = false } = content;
  return {
    name,
    size,
    cut,
    kind,
    image,
    encoding: rows ? "utf8" : null,
    lines: rows
      ? { count: counted ? rows.lines : 4_096, counted_to: counted ? size : 409_600, done: counted }
      : null,
    search: search && {
      words: search.words,
      match_case: search.matchCase,
      hits: search.hits.length,
      searched_to: size,
      done: true,
      full: search.full,
    },
  };
}

function rowOf({ content, counted, search }: Layer, index: number): RowView {
  const row = content.rows!.row(index);
  const found: [number, number][] = [];
  if (search) {
    const fold = (text: string) => (search.matchCase ? text : text.toLowerCase());
    for (let at = fold(row.text).indexOf(fold(search.words)); at >= 0;) {
      found.push([at, at + search.words.length]);
      at = fold(row.text).indexOf(fold(search.words), at + search.words.length);
    }
  }
  return {
    ...row,
    line: counted || row.start < 409_600 ? row.line : null,
    marks: found,
    level: levelOf(row.text),
  };
}

function levelOf(text: string): LevelView | null {
  const found = /\b(ERROR|WARN|INFO|DEBUG|TRACE)\b/.exec(text.slice(0, 200));
  return (
    found && {
      level: found[0].toLowerCase() as LevelView["level"],
      from: found.index,
      before: found.index + found[0].length,
    }
  );
}

function hitsOf({ rows }: Content, words: string, matchCase: boolean): number[] {
  const fold = (text: string) => (matchCase ? text : text.toLowerCase());
  const hits: number[] = [];
  for (let index = 0; rows && index < Math.min(rows.count, 20_000); index += 1) {
    const { start, text } = rows.row(index);
    for (let at = fold(text).indexOf(fold(words)); at >= 0;) {
      hits.push(start + new TextEncoder().encode(text.slice(0, at)).length);
      at = fold(text).indexOf(fold(words), at + words.length);
    }
  }
  return hits;
}
