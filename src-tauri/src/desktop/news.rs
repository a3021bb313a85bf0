//! News as notifications, and where each leads.

use custody_core::news::News;
use custody_desk::Desk;

use super::Words;
use crate::{Destination, Stage};

/// A notification to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its first line.
    pub title: String,
    /// What follows.
    pub body: String,
    /// On its button.
    pub show: String,
    /// Where a click on it leads.
    pub to: Destination,
}

/// What is new on the desk. Nothing for somebody who looks at the open desk anyway; it counts as told.
pub async fn of(stage: &Stage, words: &Words) -> Vec<Note> {
    let Ok(desk) = stage.desk() else { return Vec::new() };
    // A ledger that cannot be read shows in the tray; what is new is told once it can.
    let Ok(news) = desk.news().await else { return Vec::new() };
    if stage.is_focused() && desk.is_unlocked() {
        return Vec::new();
    }
    let mut notes = Vec::new();
    for one in news {
        let to = destination(&desk, &one).await;
        notes.push(note(&one, to, words));
    }
    notes
}

async fn destination(desk: &Desk, news: &News) -> Destination {
    match news {
        News::NeedsPerson { .. } => Destination::Attention,
        News::RemovalAsked { case } => Destination::Case { case: case.to_string() },
        News::CopyEnds { file, .. } => match desk.case_of_file(*file).await {
            Ok(case) => Destination::Case { case: case.to_string() },
            Err(_) => Destination::Attention,
        },
    }
}

fn note(news: &News, to: Destination, words: &Words) -> Note {
    let (title, body) = match news {
        News::NeedsPerson { things: 1, .. } => (words.needs_person.title.to_owned(), words.needs_person.body),
        News::NeedsPerson { things, .. } => ((words.needs_person_more)(*things), words.needs_person.body),
        News::RemovalAsked { .. } => (words.removal_asked.title.to_owned(), words.removal_asked.body),
        News::CopyEnds { .. } => (words.copy_ends.title.to_owned(), words.copy_ends.body),
    };
    Note { title, body: body.to_owned(), show: words.show.to_owned(), to }
}
