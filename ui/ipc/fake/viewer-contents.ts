// What the fake files hold: `viewer.html?file=log`, `?file=huge`, `?file=hostile` ...
import type { EntryView, ImageView, LayerKind, RowView } from "../generated/viewer";

export interface Content {
  name: string;
  size: number;
  kind: LayerKind;
  byte: (place: number) => number;
  rows?: Rows;
  image?: ImageView;
  entries?: EntryView[];
  cut?: boolean;
}

type PlainRow = Omit<RowView, "marks" | "level">;

interface Rows {
  count: number;
  lines: number;
  row: (index: number) => PlainRow;
  indexOf: (place: number) => number;
  placeOfLine: (line: number) => number | null;
}

const levels = ["INFO", "DEBUG", "INFO", "WARN", "TRACE", "INFO", "ERROR", "INFO"];
const says = [
  "accepted a connection from 198.51.100.23",
  "read 4,096 bytes of quarterly-report.xlsx",
  "the export began",
  "a page took longer than 500 ms",
  "enter render_sheet",
  "the export goes on",
  "timeout after 30 s while the sheet was written",
  "the connection was closed",
];

function logLine(at: number): string {
  const time = new Date(Date.parse("2026-11-23T08:00:00Z") + at * 137).toISOString();
  return `${time} ${levels[at % 8]} exporter[4711]: ${says[at % 8]}`;
}

function textOf(name: string, text: string): Content {
  const encoder = new TextEncoder();
  const rows: PlainRow[] = [];
  const bytes: Uint8Array[] = [];
  let [start, line] = [0, 0];
  const lines = text.split("\n");
  for (const [number, whole] of lines.entries()) {
    const isLast = number === lines.length - 1;
    if (isLast && whole === "") break;
    line += 1;
    const piece = 4_096;
    const pieces = Math.max(1, Math.ceil(whole.length / piece));
    for (let at = 0; at < pieces; at += 1) {
      const ends = at === pieces - 1;
      const part = whole.slice(at * piece, (at + 1) * piece);
      const encoded = encoder.encode(ends && !isLast ? `${part}\n` : part);
      const end = start + encoded.length;
      bytes.push(encoded);
      rows.push({ start, end, begins: at === 0, ends, line, text: part });
      start = end;
    }
  }
  const size = start;
  const place = (wanted: number) => {
    let [low, high] = [0, rows.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (rows[middle]!.start <= wanted) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return {
    name,
    size,
    kind: "text",
    byte(at) {
      const index = place(at);
      return bytes[index]![at - rows[index]!.start] ?? 0;
    },
    rows: {
      count: rows.length,
      lines: line,
      row: (index) => rows[index]!,
      indexOf: place,
      placeOfLine: (wanted) => rows.find((row) => row.begins && row.line === wanted)?.start ?? null,
    },
  };
}

/** Two GiB of lines of a hundred bytes each, none of which is anywhere. */
function huge(): Content {
  const length = 100;
  const size = 2 * 1024 ** 3 - ((2 * 1024 ** 3) % length);
  const count = size / length;
  const row = (index: number): PlainRow => ({
    start: index * length,
    end: (index + 1) * length,
    begins: true,
    ends: true,
    line: index + 1,
    text: logLine(index)
      .padEnd(length - 1, ".")
      .slice(0, length - 1),
  });
  return {
    name: "server-2026-11-23.log",
    size,
    kind: "text",
    byte: (place) => `${row(Math.floor(place / length)).text}\n`.charCodeAt(place % length),
    rows: {
      count,
      lines: count,
      row,
      indexOf: (place) => Math.floor(place / length),
      placeOfLine: (line) => (line >= 1 && line <= count ? (line - 1) * length : null),
    },
  };
}

const log = (count = 600) => Array.from({ length: count }, (_, at) => `${logLine(at)}\n`).join("");

const script =
  "<img src=x onerror=\"document.title='pwned'\"><script>document.title='pwned'</script>";

function hostile(): Content {
  return textOf(
    `invoice\u202Efdp.exe ${script}`,
    [
      `2026-11-23T08:00:00Z INFO ${script}`,
      "2026-11-23T08:00:01Z ERROR user \u202Etxet siht snrut\u202C is not allowed",
      "2026-11-23T08:00:02Z WARN \u001b[31mred\u001b[0m bell \u0007 nul \u0000 zero\u200Bwidth",
      "2026-11-23T08:00:03Z INFO محمد أرسل ملفًا",
      `2026-11-23T08:00:04Z DEBUG one line of ten megabytes: ${"0123456789abcdef".repeat(655_360)}`,
      "2026-11-23T08:00:05Z INFO behind the long line",
      "",
    ].join("\n"),
  );
}

let picture: Uint8Array | null = null;

/** A picture is made when it is first asked for: the canvas of the browser makes its bytes. */
export async function pictureOf(content: Content | undefined) {
  if (content?.kind !== "image" || !content.image?.drawn || picture) return;
  const canvas = new OffscreenCanvas(640, 400);
  const paint = canvas.getContext("2d")!;
  const colours = paint.createLinearGradient(0, 0, 640, 400);
  colours.addColorStop(0, "#0b7285");
  colours.addColorStop(1, "#f59f00");
  paint.fillStyle = colours;
  paint.fillRect(0, 0, 640, 400);
  paint.fillStyle = "#ffffff";
  paint.fillRect(80, 80, 480, 240);
  paint.fillStyle = "#c92a2a";
  paint.fillRect(110, 120, 300, 24);
  paint.fillStyle = "#868e96";
  for (let line = 0; line < 4; line += 1) paint.fillRect(110, 170 + line * 30, 420 - line * 60, 12);
  picture = new Uint8Array(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer());
  content.size = picture.length;
}

function image(name: string, width: number, height: number, drawn: boolean): Content {
  return {
    name,
    size: 402_118,
    kind: "image",
    byte: (place) => picture?.[place] ?? 0,
    image: { media_type: "image/png", width, height, drawn },
  };
}

function bytes(name: string): Content {
  return { name, size: 1 << 20, kind: "bytes", byte: (place) => (place * 2_654_435_761) >>> 24 };
}

function archive(name: string): Content {
  const entry = (
    entryName: string,
    size: number | null,
    over: Partial<EntryView> = {},
  ): EntryView => ({
    name: entryName,
    kind: "file",
    size,
    packed: size && Math.ceil(size / 9),
    refusal: null,
    ...over,
  });
  const entries = [
    entry("diagnostics/", 0, { kind: "folder", refusal: "not_a_file" }),
    entry("diagnostics/exporter.log", 52_480),
    entry("diagnostics/screenshot.png", 402_118),
    entry("diagnostics/core.bin", 1 << 20),
    entry("diagnostics/older.zip", 88_112),
    entry("diagnostics/zeros-bomb.txt", 4_294_967_295),
    entry("diagnostics/passwords.kdbx", 2_048, { refusal: "encrypted" }),
    entry("diagnostics/latest", 0, { kind: "other", refusal: "not_a_file" }),
    entry("../../../../etc/passwd", 1_204),
    entry(`photo\u202Egpj.exe`, 10_240),
    entry(script, 12),
    entry("n".repeat(1_000), 12),
  ];
  return { name, size: 9_884_121, kind: "archive", byte: (place) => place & 0xff, entries };
}

/** What is in an entry of this name. */
export function entriesOf(name: string): Content {
  if (name.endsWith(".zip")) return archive(name);
  if (name.endsWith(".png")) return image(name, 640, 400, true);
  if (name.endsWith(".bin")) return bytes(name);
  return { ...textOf(name, log(400)), cut: name.endsWith(".log") };
}

export const contents: Record<string, () => Content> = {
  log: () => textOf("export-crash-2026-11-23.log", log()),
  huge,
  hostile,
  image: () => image("screenshot before crash.png", 640, 400, true),
  "huge-image": () => image("poster.png", 60_000, 60_000, false),
  archive: () => archive("diagnostics.zip"),
  bytes: () => bytes("export.bin"),
  empty: () => ({ name: "empty.log", size: 0, kind: "empty", byte: () => 0 }),
};
