//! Rows, lines and finds are the same from wherever one comes to them, whatever the bytes are.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::sync::atomic::{AtomicUsize, Ordering};

use custody_core::ports::{PortResult, RangeSource};
use custody_viewer::{
    Encoding, Finder, InMemory, Kind, Search, kind_of,
    level::{Level, level_of},
    lines::LineIndex,
    text::{PIECE, Row, Text},
};
use proptest::prelude::*;

const UTF8: Encoding = Encoding::Utf8 { marked: false };

fn memory(bytes: impl Into<Vec<u8>>) -> InMemory {
    InMemory::new(bytes.into())
}

/// All rows, from the beginning on.
fn all(source: &dyn RangeSource, encoding: Encoding) -> Vec<Row> {
    let text = Text::new(source, encoding);
    let (mut rows, mut at) = (Vec::<Row>::new(), encoding.bom());
    while at < source.size() {
        let some = text.from(at, 7, None).unwrap();
        assert!(some[0].start == at, "rows follow one another");
        at = some.last().unwrap().end;
        rows.extend(some);
    }
    rows
}

/// Counts all of it.
fn counted(source: &dyn RangeSource, encoding: Encoding) -> LineIndex {
    let mut index = LineIndex::new(source.size(), encoding);
    while let Some(step) = index.next() {
        let counted = index.count(source, step).unwrap();
        index.add(&counted);
    }
    index
}

/// Where all finds are.
fn found(source: &dyn RangeSource, words: &str, match_case: bool, encoding: Encoding) -> Vec<u64> {
    let mut search = Search::new(Finder::new(words, match_case, encoding).unwrap(), source.size());
    while !search.is_done() {
        let found = search.next_step().take(source).unwrap();
        search.add(found);
    }
    search.hits().to_vec()
}

fn utf16(text: &str, low_first: bool) -> Vec<u8> {
    let order = if low_first { u16::to_le_bytes } else { u16::to_be_bytes };
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(order).collect()
}

#[test]
fn lines_are_told_with_and_without_an_end_and_a_return() {
    let source = memory("one\r\n\r\ntwo\nthree");
    let rows = all(&source, UTF8);
    assert_eq!(rows.iter().map(|row| row.text.as_str()).collect::<Vec<_>>(), ["one", "", "two", "three"]);
    assert!(rows.iter().all(|row| row.begins && row.ends));
    assert_eq!(counted(&source, UTF8).lines(), 4);
    assert_eq!(counted(&memory("one\n"), UTF8).lines(), 1, "an end of a line begins no line");
    assert_eq!(counted(&memory("\n\n"), UTF8).lines(), 2);
}

#[test]
fn a_line_of_ten_megabytes_comes_in_pieces_that_make_it_whole() {
    let mut bytes = b"before\n".to_vec();
    bytes.extend("ä€😀x".repeat(1_000_000).bytes());
    bytes.extend(b"\nbehind\n");
    let source = memory(bytes.clone());
    let rows = all(&source, UTF8);
    assert!(rows.iter().all(|row| row.end - row.start <= 2 * PIECE + 4), "no piece is longer than two");
    assert!(rows.len() > 1000);
    assert_eq!(rows.iter().filter(|row| row.begins).count(), 3);
    let whole: String = rows[1..rows.len() - 1].iter().map(|row| row.text.as_str()).collect();
    assert!(whole == "ä€😀x".repeat(1_000_000), "no character is split");
    let text = Text::new(&source, UTF8);
    for place in [8, 5000, 4_000_000, 7_654_321, bytes.len() as u64 - 20] {
        let start = text.row_start(place).unwrap();
        assert!(rows.iter().any(|row| row.start == start && (row.start..row.end).contains(&place)), "{place}");
    }
}

#[test]
fn a_page_reads_a_page_and_not_the_file() {
    struct Watched(InMemory, AtomicUsize);
    impl RangeSource for Watched {
        fn size(&self) -> u64 {
            self.0.size()
        }
        fn check(&self) -> PortResult<()> {
            Ok(())
        }
        fn read_at(&self, offset: u64, into: &mut [u8]) -> PortResult<usize> {
            self.1.fetch_add(into.len(), Ordering::Relaxed);
            self.0.read_at(offset, into)
        }
    }
    for line in [&b"a line of a log, as there are many\n"[..], b"no line ever ends here "] {
        let source = Watched(memory(line.repeat(1_000_000)), AtomicUsize::new(0));
        let text = Text::new(&source, UTF8);
        text.from(10_000_000, 100, None).unwrap();
        text.before(10_000_000, 100, None).unwrap();
        let read = source.1.into_inner();
        assert!(read < 3 << 20, "{read} bytes were read for two pages");
    }
}

#[test]
fn text_in_utf_16_is_read_in_either_order() {
    let line = "INFO größer als 😀 und mehr davon, damit eine Zeile lang wird\r\n";
    for low_first in [true, false] {
        let source = memory(utf16(&line.repeat(500), low_first));
        let encoding = if low_first { Encoding::Utf16Le } else { Encoding::Utf16Be };
        assert_eq!(kind_of(&utf16(line, low_first)), Kind::Text(encoding));
        let rows = all(&source, encoding);
        assert_eq!(rows.len(), 500);
        assert!(rows.iter().all(|row| row.text == line.trim_end()), "{}", rows[0].text);
        assert_eq!(counted(&source, encoding).lines(), 500);
        let hits = found(&source, "GRÖSSER", false, encoding);
        assert!(hits.is_empty(), "sharp s is no double s");
        let hits = found(&source, "GRÖßER", false, encoding);
        assert_eq!(hits.len(), 500);
        let row = Text::new(&source, encoding).from(hits[7], 1, None).unwrap().remove(0);
        assert_eq!(hits[7], row.start + 2 * 5, "a find is where it is in the file");
    }
}

#[test]
fn what_is_no_text_in_a_text_is_shown_as_a_sign_and_harms_nothing() {
    let source = memory(b"caf\xe9 \xff\xfe\x80 end\n\xc3".to_vec());
    let rows = all(&source, UTF8);
    assert_eq!(rows[0].text, "caf\u{fffd} \u{fffd}\u{fffd}\u{fffd} end");
    assert_eq!(rows[1].text, "\u{fffd}");
}

#[test]
fn capitals_count_if_they_are_to_and_marks_are_in_units_of_the_page() {
    let source = memory("😀 Überlauf überlauf ÜBERLAUF\n");
    assert_eq!(found(&source, "überlauf", false, UTF8).len(), 3);
    assert_eq!(found(&source, "überlauf", true, UTF8).len(), 1);
    let finder = Finder::new("überlauf", false, UTF8).unwrap();
    let rows = Text::new(&source, UTF8).from(0, 1, Some(&finder)).unwrap();
    assert_eq!(rows[0].marks, [3..11, 12..20, 21..29], "the smile has two units");
    assert_eq!(found(&memory("a.c abc a.c"), "a.c", false, UTF8), [0, 8], "words are no pattern");
}

#[test]
fn finds_across_the_edge_of_a_step_are_found_once() {
    for shift in 0..12 {
        let mut bytes = vec![b'.'; (1 << 20) - 6 + shift];
        bytes.extend(b"needle");
        bytes.extend(vec![b'.'; 100]);
        bytes.extend(b"needle");
        let at = (1 << 20) - 6 + shift as u64;
        assert_eq!(found(&memory(bytes), "needle", true, UTF8), [at, at + 106]);
    }
}

#[test]
fn a_search_that_finds_everywhere_ends_at_its_bound() {
    let source = memory(vec![b'a'; 5 << 20]);
    assert_eq!(found(&source, "a", true, UTF8).len(), Search::MOST_HITS);
    assert!(Finder::new("", true, UTF8).is_none());
    assert!(Finder::new(&"x".repeat(201), true, UTF8).is_none());
}

#[test]
fn the_memory_of_a_line_index_does_not_grow_with_the_file() {
    struct Endless;
    impl RangeSource for Endless {
        fn size(&self) -> u64 {
            1 << 50
        }
        fn check(&self) -> PortResult<()> {
            Ok(())
        }
        fn read_at(&self, _: u64, into: &mut [u8]) -> PortResult<usize> {
            into.fill(b'\n');
            Ok(into.len())
        }
    }
    let index = LineIndex::new(Endless.size(), UTF8);
    let step = index.next().unwrap();
    assert!(step.end >= (1 << 50) / (1 << 15), "so few places are kept, however large the file");
}

#[test]
fn a_level_is_a_word_where_a_log_has_it() {
    for (line, level) in [
        ("2026-03-02T09:00:00Z ERROR db: gone", Some(Level::Error)),
        ("[warn] slow", Some(Level::Warn)),
        (r#"{"level":"info","msg":"x"}"#, Some(Level::Info)),
        ("level=debug msg=x", Some(Level::Debug)),
        ("09:00 TRACE enter", Some(Level::Trace)),
        ("an error in a sentence", None),
        ("ERROR_CODE and ERR2", None),
        ("TERROR", None),
    ] {
        assert_eq!(level_of(line).map(|(level, _)| level), level, "{line}");
    }
    assert_eq!(level_of("x ERROR y").unwrap().1, 2..7);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 60, ..ProptestConfig::default() })]

    /// Random bytes with lines of random lengths, read as any of the encodings.
    #[test]
    fn from_above_from_below_and_from_nowhere_rows_are_the_same(
        lines in proptest::collection::vec((0_usize..13_000, any::<u8>()), 1..12),
        kind in 0..3,
    ) {
        let mut bytes: Vec<u8> = match kind { 0 => vec![], 1 => vec![0xff, 0xfe], _ => vec![0xfe, 0xff] };
        for (length, seed) in lines {
            bytes.extend((0..length).map(|at| (at as u8).wrapping_mul(seed | 1)).map(|byte| if byte == b'\n' { 1 } else { byte }));
            bytes.push(b'\n');
        }
        let encoding = Encoding::of(&bytes);
        let source = memory(bytes);
        let rows = all(&source, encoding);
        let text = Text::new(&source, encoding);
        prop_assert_eq!(rows.last().map(|row| row.end), Some(source.size()));
        let index = counted(&source, encoding);
        let mut line = 0;
        for (at, row) in rows.iter().enumerate() {
            line += u64::from(row.begins);
            for place in [row.start, (row.start + row.end) / 2, row.end - 1] {
                prop_assert_eq!(text.row_start(place).unwrap(), row.start);
            }
            prop_assert_eq!(index.line_at(&source, row.start).unwrap(), Some(line));
            if row.begins {
                prop_assert_eq!(index.place_of(&source, line).unwrap(), Some(row.start));
            }
            let before = text.before(row.start, 3, None).unwrap();
            prop_assert_eq!(&before[..], &rows[at.saturating_sub(3)..at]);
        }
        prop_assert_eq!(index.lines(), line);
        prop_assert_eq!(index.place_of(&source, line + 1).unwrap(), None);
    }

    /// Whatever a file is, telling what it is never fails.
    #[test]
    fn any_bytes_have_a_kind_and_a_level(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = kind_of(&bytes);
        let _ = level_of(&String::from_utf8_lossy(&bytes));
    }
}
