//! A document laid out on A4 and written as PDF: words and numbers in, bytes out.
//!
//! It knows nothing of custody. It has no file, no clock, no key and no network, and none of our other crates: whatever a hostile
//! name makes of the machinery of fonts and pages, there is nothing here that it could reach. The same document gives the same bytes.

mod charts;
mod face;
mod flow;
mod pdf;

pub use pdf::{PaperError, write};

/// A document.
#[derive(Clone, Debug, Default)]
pub struct Paper {
    /// What it is.
    pub title: String,
    /// Below the title.
    pub subtitle: String,
    /// Who gives it out; at the top of every page.
    pub issuer: String,
    /// Names and values, in two columns below the title.
    pub facts: Vec<(String, String)>,
    /// At the foot of every page, beside the page's number.
    pub foot: String,
    /// When it was made: year, month, day, hour, minute, second, in UTC.
    pub made_at: (u16, u8, u8, u8, u8, u8),
    /// The program that made it.
    pub tool: String,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// A part of a document under a heading.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// What stands below it.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Clone, Debug)]
pub enum Block {
    /// A paragraph.
    Text(String),
    /// A paragraph in small letters: what a figure means.
    Note(String),
    /// A few numbers that are to be seen at once.
    Figures(Vec<Figure>),
    /// Rows and columns.
    Table(Table),
    /// A bar for each of a few things.
    Bars(Bars),
    /// How often something took how long.
    Histogram(Histogram),
}

/// A number that is to be seen at once.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The number, with its unit.
    pub value: String,
    /// What it counts.
    pub label: String,
    /// Whether somebody should look at it.
    pub stands_out: bool,
}

/// Rows and columns.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows; what is missing at the end of one is empty.
    pub rows: Vec<Vec<String>>,
    /// What is said where there is no row.
    pub empty: String,
}

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its head.
    pub head: String,
    /// Its part of the width, against those of the others.
    pub share: f32,
    /// Whether it holds numbers, which end at one line.
    pub numbers: bool,
}

impl Column {
    /// A column of words.
    pub fn words(head: &str, share: f32) -> Self {
        Self { head: head.to_owned(), share, numbers: false }
    }

    /// A column of numbers.
    pub fn numbers(head: &str, share: f32) -> Self {
        Self { head: head.to_owned(), share, numbers: true }
    }
}

/// A bar for each of a few things.
#[derive(Clone, Debug, Default)]
pub struct Bars {
    /// What the bars show, with the unit.
    pub caption: String,
    /// What each is of, how long it is, and what is written at its end.
    pub bars: Vec<(String, u64, String)>,
}

/// How often something took how long. The bars begin at zero, have one width and leave nothing out.
#[derive(Clone, Debug, Default)]
pub struct Histogram {
    /// What is shown.
    pub caption: String,
    /// What stands along the bottom, with its unit.
    pub across: String,
    /// What stands along the side.
    pub up: String,
    /// Where each bar begins and ends, and how high it is.
    pub bars: Vec<(u64, u64, u64)>,
    /// A line across, and what it is.
    pub mark: Option<(u64, String)>,
}
