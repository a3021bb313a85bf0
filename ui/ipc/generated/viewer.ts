// Made from the Rust types by src-tauri/tests/bindings.rs. Changes here are overwritten.
import type { Fault } from "./names";

/**
 * What is in an archive.
 */
export type EntriesView = { 
/**
 * The entries, in the order of the archive.
 */
entries: Array<EntryView>, 
/**
 * Whether there are more, which are not listed.
 */
more: boolean, 
/**
 * Whether the list ends where the archive is damaged.
 */
broken: boolean, 
/**
 * Why it cannot be listed at all.
 */
refusal: EntryRefusal | null, };

/**
 * What an entry is.
 */
export type EntryName = "file" | "folder" | "other";

/**
 * Why something packed is not shown.
 */
export type EntryRefusal = "broken" | "encrypted" | "method" | "not_a_file" | "bomb" | "no_room" | "too_deep" | "not_there";

/**
 * Something in an archive.
 */
export type EntryView = { 
/**
 * Its name, as it stands there. Only ever shown as text.
 */
name: string, 
/**
 * What it is.
 */
kind: EntryName, 
/**
 * Its bytes, as the archive says.
 */
size: number | null, 
/**
 * Its bytes in the archive.
 */
packed: number | null, 
/**
 * Why it cannot be opened, if that is known already.
 */
refusal: EntryRefusal | null, };

/**
 * The find next to a place.
 */
export type FindHit = { 
/**
 * Which layer.
 */
layer: number, 
/**
 * The place.
 */
place: number, 
/**
 * Whether the one before it is meant.
 */
backwards: boolean, };

/**
 * A line.
 */
export type FindLine = { 
/**
 * Which layer.
 */
layer: number, 
/**
 * Its number, from 1 on.
 */
line: number, };

/**
 * A find of a search.
 */
export type HitView = { 
/**
 * Where it begins; none if there is none.
 */
place: number | null, 
/**
 * Which one it is, from 1 on.
 */
number: number, };

/**
 * A picture.
 */
export type ImageView = { 
/**
 * Its media type.
 */
media_type: string, 
/**
 * Points from side to side, if it says so.
 */
width: number | null, 
/**
 * Points from top to bottom, if it says so.
 */
height: number | null, 
/**
 * Whether it is drawn: a huge one would fill the memory.
 */
drawn: boolean, };

/**
 * How something is shown.
 */
export type LayerKind = "empty" | "text" | "image" | "archive" | "bytes";

/**
 * The file, or an entry that was unpacked into memory.
 */
export type LayerView = { 
/**
 * Its name. Only ever shown as text.
 */
name: string, 
/**
 * Its bytes, as far as they are here.
 */
size: number, 
/**
 * Whether there are more, which are not shown.
 */
cut: boolean, 
/**
 * How it is shown.
 */
kind: LayerKind, 
/**
 * Of an image: its media type, and its size if it is drawn.
 */
image: ImageView | null, 
/**
 * Of a text: how it is written down.
 */
encoding: TextEncoding | null, 
/**
 * Of a text: its lines, as far as they were counted.
 */
lines: LinesView | null, 
/**
 * Of a text: what is searched for in it.
 */
search: SearchView | null, };

/**
 * How grave.
 */
export type LevelName = "error" | "warn" | "info" | "debug" | "trace";

/**
 * How grave a line says it is.
 */
export type LevelView = { 
/**
 * How grave.
 */
level: LevelName, 
/**
 * Where the word begins, in UTF-16 units of the text.
 */
from: number, 
/**
 * Before which unit it ends.
 */
before: number, };

/**
 * The lines of a text.
 */
export type LinesView = { 
/**
 * How many there are, as far as they were counted.
 */
count: number, 
/**
 * How many bytes were counted.
 */
counted_to: number, 
/**
 * Whether all of them were.
 */
done: boolean, };

/**
 * Nothing at all.
 */
export type Nothing = Record<symbol, never>;

/**
 * Which layer.
 */
export type OfLayer = { 
/**
 * The layer.
 */
layer: number, };

/**
 * An entry of an archive.
 */
export type OpenEntry = { 
/**
 * The layer that is the archive.
 */
layer: number, 
/**
 * Its place in the list.
 */
index: number, };

/**
 * What came of opening an entry.
 */
export type OpenedView = { 
/**
 * Why it is not open; none if it is, as the last layer.
 */
refusal: EntryRefusal | null, };

/**
 * A place in the file.
 */
export type PlaceView = { 
/**
 * The byte; none if there is no such place, or it is not known yet.
 */
place: number | null, };

/**
 * Bytes of a file, as they are.
 */
export type RawBytes = ArrayBuffer;

/**
 * Bytes as they are.
 */
export type ReadBytes = { 
/**
 * Which layer.
 */
layer: number, 
/**
 * From this place on.
 */
place: number, 
/**
 * How many at most.
 */
most: number, };

/**
 * Rows of a text.
 */
export type ReadRows = { 
/**
 * Which layer: 0 is the file itself.
 */
layer: number, 
/**
 * From the row that holds this place on.
 */
place: number, 
/**
 * Whether those before it are meant.
 */
before: boolean, 
/**
 * How many at most.
 */
most: number, };

/**
 * A line, or a piece of a long one.
 */
export type RowView = { 
/**
 * Where it begins in the file.
 */
start: number, 
/**
 * Where the next one begins.
 */
end: number, 
/**
 * Whether a line begins with it.
 */
begins: boolean, 
/**
 * Whether the line ends with it.
 */
ends: boolean, 
/**
 * The number of the line, once it was counted so far.
 */
line: number | null, 
/**
 * The text.
 */
text: string, 
/**
 * What is searched for: from and before, in UTF-16 units of the text.
 */
marks: Array<[number, number]>, 
/**
 * How grave the line says it is, and where it says so.
 */
level: LevelView | null, };

/**
 * Rows of text.
 */
export type RowsView = { 
/**
 * The rows, one behind the other.
 */
rows: Array<RowView>, };

/**
 * What is searched for; nothing ends the search.
 */
export type SearchText = { 
/**
 * Which layer.
 */
layer: number, 
/**
 * As it is written, no pattern.
 */
words: string, 
/**
 * Whether capitals count.
 */
match_case: boolean, };

/**
 * A search.
 */
export type SearchView = { 
/**
 * What is searched for.
 */
words: string, 
/**
 * Whether capitals count.
 */
match_case: boolean, 
/**
 * How many finds there are so far.
 */
hits: number, 
/**
 * How many bytes were searched.
 */
searched_to: number, 
/**
 * Whether nothing more is searched.
 */
done: boolean, 
/**
 * Whether there may be more finds than are counted.
 */
full: boolean, };

/**
 * How text is written down.
 */
export type TextEncoding = "utf8" | "utf16_le" | "utf16_be";

/**
 * A file that is being looked at.
 */
export type ViewerView = { 
/**
 * The file's name.
 */
name: string, 
/**
 * Why nothing more can be read, once that is so.
 */
ended: Fault | null, 
/**
 * The file itself, and then what was opened out of it, each within the one before.
 */
layers: Array<LayerView>, 
/**
 * As many archives within archives are followed.
 */
deepest: number, 
/**
 * Whether text of it may be selected, copied and printed.
 */
copies: boolean, };

export interface ViewerCommands {
  show_viewer: { args: Nothing; result: ViewerView };
  touch_viewer: { args: Nothing; result: null };
  read_rows: { args: ReadRows; result: RowsView };
  read_bytes: { args: ReadBytes; result: RawBytes };
  find_line: { args: FindLine; result: PlaceView };
  search_text: { args: SearchText; result: null };
  find_hit: { args: FindHit; result: HitView };
  list_entries: { args: OfLayer; result: EntriesView };
  open_entry: { args: OpenEntry; result: OpenedView };
  leave_entry: { args: OfLayer; result: null };
}
