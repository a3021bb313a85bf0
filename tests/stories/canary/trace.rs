//! The same lives with everything our crates could ever log.
#![expect(clippy::unwrap_used, reason = "a story fails by panicking")]

mod tale;

use std::{
    io,
    sync::{Arc, Mutex},
};

use custody_practice::scenario::Story;
use tale::Tale;
use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

const EVERYTHING: &str = "off,custody_core=trace,custody_vault=trace,custody_ledger=trace,custody_remote=trace,\
                          custody_desk=trace,custody_practice_desk=trace";

#[tokio::test(flavor = "multi_thread")]
async fn not_even_a_trace_of_our_crates_holds_a_name_a_title_a_content_or_a_key() {
    let lines = Lines::default();
    let subscriber = tracing_subscriber::fmt().with_env_filter(EnvFilter::new(EVERYTHING)).with_writer(lines.clone());
    tracing::subscriber::set_global_default(subscriber.finish()).unwrap();
    for story in [Story::Demo, Story::Standard] {
        let mut tale = Tale::begin(story).await;
        tale.the_search_finds_every_mark();
        tale.play().await;
        tale.everything_is_forgotten().await;
        let text = lines.0.lock().unwrap().clone();
        for of in ["custody_core", "custody_remote", "custody_desk"] {
            let is_there = text.windows(of.len()).any(|part| part == of.as_bytes());
            assert!(is_there, "{of} says something, or the search would prove nothing");
        }
        let found = tale.marks.in_bytes(&text);
        let text = String::from_utf8_lossy(&text);
        let told: Vec<_> = text.lines().filter(|line| found.iter().any(|mark| line.contains(mark))).take(9).collect();
        assert!(found.is_empty(), "{found:?} in {told:#?}");
        tale.end().await;
    }
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Lines {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}
