//! Progress on standard error, while a terminal shows it. Files are named by their ids: a progress line is soon copied
//! into a mail.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use custody_core::{flow::Progress, id::FileId};
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

/// One bar for each file that is under way.
#[derive(Debug)]
pub struct Bars {
    all: MultiProgress,
    bars: Mutex<HashMap<FileId, ProgressBar>>,
}

impl Bars {
    /// Bars on standard error if that is a terminal, otherwise nothing.
    pub fn new() -> Self {
        // indicatif itself stays silent where standard error is no terminal.
        Self { all: MultiProgress::with_draw_target(ProgressDrawTarget::stderr()), bars: Mutex::default() }
    }

    /// One bar for one thing of known length.
    pub fn one(name: &str, total: Option<u64>) -> ProgressBar {
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr()).with_style(style(total));
        bar.set_prefix(name.to_owned());
        bar
    }

    /// Lets something be written while the bars are out of the way.
    pub fn suspend<T>(&self, write: impl FnOnce() -> T) -> T {
        self.all.suspend(write)
    }

    /// Takes all bars away.
    pub fn clear(&self) {
        let mut bars = self.bars.lock().unwrap_or_else(PoisonError::into_inner);
        bars.drain().for_each(|(_, bar)| bar.finish_and_clear());
    }
}

impl Progress for Bars {
    fn bytes(&self, file: FileId, done: u64, total: Option<u64>) {
        let mut bars = self.bars.lock().unwrap_or_else(PoisonError::into_inner);
        let bar = bars.entry(file).or_insert_with(|| {
            let bar = self.all.add(ProgressBar::new(total.unwrap_or_default()).with_style(style(total)));
            bar.set_prefix(file.short());
            bar
        });
        bar.set_position(done);
        if total.is_some_and(|total| done >= total)
            && let Some(bar) = bars.remove(&file)
        {
            bar.finish_and_clear();
            self.all.remove(&bar);
        }
    }
}

fn style(total: Option<u64>) -> ProgressStyle {
    let template = if total.is_some() {
        "{prefix} {bar:30} {decimal_bytes}/{decimal_total_bytes} {decimal_bytes_per_sec} {eta}"
    } else {
        "{prefix} {spinner} {decimal_bytes} {decimal_bytes_per_sec}"
    };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_has_arrived_has_no_bar_any_more() {
        let bars = Bars { all: MultiProgress::with_draw_target(ProgressDrawTarget::hidden()), bars: Mutex::default() };
        let (one, other) = (FileId::from_bytes([1; 16]), FileId::from_bytes([2; 16]));
        bars.bytes(one, 10, Some(20));
        bars.bytes(other, 10, None);
        bars.bytes(one, 20, Some(20));
        let left: Vec<_> = bars.bars.lock().unwrap().keys().copied().collect();
        assert_eq!(left, [other]);
        bars.clear();
        assert!(bars.bars.lock().unwrap().is_empty());
    }
}
