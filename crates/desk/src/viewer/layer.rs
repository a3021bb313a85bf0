//! One thing that is looked at: the file, or an entry that was unpacked into memory.

use std::sync::{Arc, Mutex};

use custody_core::{
    Private,
    ports::{Fault, PortError, PortResult, RangeSource},
};
use custody_viewer::{
    Encoding, Finder, HEAD, Kind, Search, ViewResult,
    archive::{self, Listing, Unpacked},
    head, image, kind_of,
    lines::LineIndex,
    text::Text,
};

use super::{held, show};
use crate::views::{HitView, RowsView};

pub(super) struct Layer {
    pub(super) name: Private<String>,
    pub(super) kind: Kind,
    pub(super) cut: bool,
    /// Of an image: its size in points.
    pub(super) points: Option<(u64, u64)>,
    pub(super) lines: Option<Mutex<LineIndex>>,
    pub(super) search: Mutex<Option<Begun>>,
    listing: Mutex<Option<Arc<Listing>>>,
    source: Arc<dyn RangeSource>,
    turns: Mutex<u64>,
}

/// A search, with what tells it from those before.
pub(super) struct Begun {
    turn: u64,
    pub(super) words: Private<String>,
    pub(super) match_case: bool,
    pub(super) search: Search,
}

impl Layer {
    pub(super) fn of(name: Private<String>, source: Arc<dyn RangeSource>, cut: bool) -> PortResult<Self> {
        let kind = kind_of(&head(&*source, HEAD)?);
        let points = if matches!(kind, Kind::Image(_)) { image::dimensions(&*source)? } else { None };
        let lines = match kind {
            Kind::Text(encoding) => Some(Mutex::new(LineIndex::new(source.size(), encoding))),
            _ => None,
        };
        let (search, listing, turns) = (Mutex::default(), Mutex::default(), Mutex::default());
        Ok(Self { name, kind, cut, points, lines, search, listing, source, turns })
    }

    pub(super) fn size(&self) -> u64 {
        self.source.size()
    }

    pub(super) fn check(&self) -> PortResult<()> {
        self.source.check()
    }

    pub(super) const fn has_lines(&self) -> bool {
        self.lines.is_some()
    }

    fn encoding(&self) -> PortResult<Encoding> {
        match self.kind {
            Kind::Text(encoding) => Ok(encoding),
            _ => Err(PortError::not_possible(Fault::NotFound)),
        }
    }

    pub(super) fn rows(&self, place: u64, before: bool, most: usize) -> ViewResult<RowsView> {
        let finder = held(&self.search).as_ref().map(|begun| begun.search.finder().clone());
        let text = Text::new(&*self.source, self.encoding()?);
        let rows =
            if before { text.before(place, most, finder.as_ref())? } else { text.from(place, most, finder.as_ref())? };
        let first = match (&self.lines, rows.first()) {
            (Some(lines), Some(row)) => {
                // A copy is small, and counting the rest takes a while.
                let lines = held(lines).clone();
                lines.line_at(&*self.source, row.start)?
            }
            _ => None,
        };
        Ok(show::rows(rows, first))
    }

    pub(super) fn bytes(&self, from: u64, most: usize) -> PortResult<Vec<u8>> {
        let left = usize::try_from(self.size().saturating_sub(from)).unwrap_or(usize::MAX);
        let mut bytes = vec![0; most.min(left)];
        let count = self.source.read_at(from, &mut bytes)?;
        bytes.truncate(count);
        Ok(bytes)
    }

    pub(super) fn place_of_line(&self, line: u64) -> PortResult<Option<u64>> {
        let Some(lines) = &self.lines else { return Err(PortError::not_possible(Fault::NotFound)) };
        let lines = held(lines).clone();
        lines.place_of(&*self.source, line)
    }

    /// Counts the next lines. Whether there are more.
    pub(super) fn count_on(&self) -> ViewResult<bool> {
        let Some(lines) = &self.lines else { return Ok(false) };
        let index = held(lines).clone();
        let Some(step) = index.next() else { return Ok(false) };
        let counted = index.count(&*self.source, step)?;
        let mut lines = held(lines);
        lines.add(&counted);
        Ok(!lines.is_done())
    }

    /// Begins a search, and gives its turn; none if nothing is searched for.
    pub(super) fn begin_search(&self, words: &str, match_case: bool) -> PortResult<Option<u64>> {
        let finder = Finder::new(words, match_case, self.encoding()?);
        let mut turns = held(&self.turns);
        *turns += 1;
        let turn = *turns;
        let begun = finder.map(|finder| Begun {
            turn,
            words: words.to_owned().into(),
            match_case,
            search: Search::new(finder, self.size()),
        });
        let goes_on = begun.is_some();
        *held(&self.search) = begun;
        Ok(goes_on.then_some(turn))
    }

    /// Searches the next step. Whether there are more; a search that was replaced has none.
    pub(super) fn search_on(&self, turn: u64) -> ViewResult<bool> {
        let current = |begun: &Option<Begun>| begun.as_ref().is_some_and(|begun| begun.turn == turn);
        let step = {
            let begun = held(&self.search);
            match &*begun {
                Some(begun) if begun.turn == turn && !begun.search.is_done() => begun.search.next_step(),
                _ => return Ok(false),
            }
        };
        let found = step.take(&*self.source)?;
        let mut begun = held(&self.search);
        if !current(&begun) {
            return Ok(false);
        }
        Ok(begun.as_mut().is_some_and(|begun| {
            begun.search.add(found);
            !begun.search.is_done()
        }))
    }

    /// The next find behind this place, or the last one before it; from the other end if there is none.
    pub(super) fn hit(&self, place: u64, backwards: bool) -> HitView {
        let begun = held(&self.search);
        let hits = begun.as_ref().map_or(&[][..], |begun| begun.search.hits());
        let at = if backwards {
            let before = hits.partition_point(|hit| *hit < place);
            before.checked_sub(1).or_else(|| hits.len().checked_sub(1))
        } else {
            let behind = hits.partition_point(|hit| *hit < place);
            if behind < hits.len() { Some(behind) } else { (!hits.is_empty()).then_some(0) }
        };
        let place = at.and_then(|at| hits.get(at)).copied();
        HitView { place, number: at.map_or(0, |at| u32::try_from(at + 1).unwrap_or(u32::MAX)) }
    }

    /// What is in it. Listed once.
    pub(super) fn entries(&self) -> ViewResult<Arc<Listing>> {
        if let Some(listing) = &*held(&self.listing) {
            return Ok(listing.clone());
        }
        let listing = Arc::new(archive::list(self.kind, &*self.source)?);
        *held(&self.listing) = Some(listing.clone());
        Ok(listing)
    }

    pub(super) fn unpack(&self, index: usize, room: usize) -> ViewResult<Unpacked> {
        archive::unpack(self.kind, &*self.source, index, room)
    }

    pub(super) fn entry_name(&self, index: usize) -> Private<String> {
        let listing = held(&self.listing);
        let name = listing.as_ref().and_then(|listing| listing.entries.get(index)).map(|entry| entry.name.clone());
        name.unwrap_or_default().into()
    }
}
