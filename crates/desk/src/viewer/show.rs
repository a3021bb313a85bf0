//! What a viewer is shown, as views.

use std::ops::Range;

use custody_viewer::{
    Encoding, Kind, Refusal, Search,
    archive::{EntryKind, Listing},
    image,
    level::Level,
    lines::LineIndex,
    text::Row,
};

use super::{held, layer::Layer};
use crate::views::{
    EntriesView, EntryName, EntryRefusal, EntryView, ImageView, LayerKind, LayerView, LevelName, LevelView, LinesView,
    RowView, RowsView, SearchView, TextEncoding,
};

pub(super) fn layer(layer: &Layer) -> LayerView {
    let kind = match layer.kind {
        Kind::Empty => LayerKind::Empty,
        Kind::Text(_) => LayerKind::Text,
        Kind::Image(_) => LayerKind::Image,
        Kind::Zip | Kind::Tar | Kind::Gzip => LayerKind::Archive,
        Kind::Other => LayerKind::Bytes,
    };
    let image = match layer.kind {
        Kind::Image(format) => Some(ImageView {
            media_type: format.media_type().to_owned(),
            width: layer.points.map(|(width, _)| width),
            height: layer.points.map(|(_, height)| height),
            drawn: layer.points.is_some_and(|points| image::is_drawn(points, layer.size())),
        }),
        _ => None,
    };
    let encoding = match layer.kind {
        Kind::Text(Encoding::Utf8 { .. }) => Some(TextEncoding::Utf8),
        Kind::Text(Encoding::Utf16Le) => Some(TextEncoding::Utf16Le),
        Kind::Text(Encoding::Utf16Be) => Some(TextEncoding::Utf16Be),
        _ => None,
    };
    let search = held(&layer.search).as_ref().map(|begun| {
        let words = begun.words.reveal().clone();
        search(&begun.search, words, begun.match_case)
    });
    LayerView {
        name: layer.name.reveal().clone(),
        size: layer.size(),
        cut: layer.cut,
        kind,
        image,
        encoding,
        lines: layer.lines.as_ref().map(|lines| self::lines(&held(lines))),
        search,
    }
}

fn lines(lines: &LineIndex) -> LinesView {
    LinesView { count: lines.lines(), counted_to: lines.counted_to(), done: lines.is_done() }
}

fn search(search: &Search, words: String, match_case: bool) -> SearchView {
    SearchView {
        words,
        match_case,
        hits: u32::try_from(search.hits().len()).unwrap_or(u32::MAX),
        searched_to: search.searched_to(),
        done: search.is_done(),
        full: search.is_full(),
    }
}

/// The rows, the first of which is in this line.
pub(super) fn rows(rows: Vec<Row>, first: Option<u64>) -> RowsView {
    let mut line = first;
    let mut is_first = true;
    let rows = rows.into_iter().map(|row| {
        if row.begins && !is_first {
            line = line.map(|line| line + 1);
        }
        is_first = false;
        row_view(row, line)
    });
    RowsView { rows: rows.collect() }
}

fn row_view(row: Row, line: Option<u64>) -> RowView {
    let Row { start, end, begins, ends, text, marks, level } = row;
    let level =
        level.map(|(level, Range { start: from, end: before })| LevelView { level: level_name(level), from, before });
    let marks = marks.into_iter().map(|mark| (mark.start, mark.end)).collect();
    RowView { start, end, begins, ends, line, text, marks, level }
}

const fn level_name(level: Level) -> LevelName {
    match level {
        Level::Error => LevelName::Error,
        Level::Warn => LevelName::Warn,
        Level::Info => LevelName::Info,
        Level::Debug => LevelName::Debug,
        Level::Trace => LevelName::Trace,
    }
}

pub(super) fn entries(listing: &Listing, refused: Option<Refusal>) -> EntriesView {
    let entries = listing.entries.iter().map(|entry| EntryView {
        name: entry.name.clone(),
        kind: match entry.kind {
            EntryKind::File => EntryName::File,
            EntryKind::Folder => EntryName::Folder,
            EntryKind::Other => EntryName::Other,
        },
        size: entry.size,
        packed: entry.packed,
        refusal: entry.refusal.map(refusal),
    });
    EntriesView {
        entries: entries.collect(),
        more: listing.more,
        broken: listing.broken,
        refusal: refused.map(refusal),
    }
}

pub(super) const fn refusal(refusal: Refusal) -> EntryRefusal {
    match refusal {
        Refusal::Broken => EntryRefusal::Broken,
        Refusal::Encrypted => EntryRefusal::Encrypted,
        Refusal::Method => EntryRefusal::Method,
        Refusal::NotAFile => EntryRefusal::NotAFile,
        Refusal::Bomb => EntryRefusal::Bomb,
        Refusal::NoRoom => EntryRefusal::NoRoom,
        Refusal::TooDeep => EntryRefusal::TooDeep,
        Refusal::NotThere => EntryRefusal::NotThere,
    }
}
