//! Takes a text apart into sentences, so that a phrase is found where a customer really says it.
//!
//! Mail programs wrap lines: "please do not" and "delete my files" may stand on two of them and are still one sentence.

use std::collections::HashSet;

/// From this length on a line without an end mark may have been wrapped.
const WRAPPED_FROM: usize = 25;
/// The most words that a `*` of a courtesy stands for.
const WILD_WORDS_MOST: usize = 3;

/// One sentence.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sentence {
    /// In small letters, with single blanks and without punctuation at the ends.
    pub(super) text: String,
    /// The same without courtesies.
    pub(super) core: String,
    /// Whether it ends in a question mark.
    pub(super) asks: bool,
    /// In which paragraph it stands.
    pub(super) paragraph: usize,
}

impl Sentence {
    /// Whether it holds one of these texts, as [`plain`] gives them.
    pub(super) fn holds(&self, texts: &[String]) -> bool {
        texts.iter().any(|text| self.text.contains(text))
    }
}

/// Words that turn a sentence into its opposite, or may.
pub(super) struct Negations(Vec<String>);

impl Negations {
    pub(super) fn new(words: &[String]) -> Self {
        let words = words.iter().map(|word| straight(word.trim()));
        Self(words.filter(|word| !word.trim_matches('*').is_empty()).collect())
    }

    /// Whether one of them stands in this sentence.
    pub(super) fn stand_in(&self, sentence: &Sentence) -> bool {
        let own: Vec<&str> = words_of(&sentence.text).collect();
        self.0.iter().any(|word| {
            let stem = word.trim_matches('*');
            match (word.starts_with('*'), word.ends_with('*')) {
                // Where words are not parted by blanks, they are looked for in the whole.
                (true, true) => sentence.text.contains(stem),
                (true, false) => own.iter().any(|one| one.ends_with(stem)),
                (false, true) => own.iter().any(|one| one.starts_with(stem)),
                (false, false) => own.contains(&stem),
            }
        })
    }
}

/// What may stand around a phrase.
pub(super) struct Courtesies {
    whole: HashSet<String>,
    starts: Vec<String>,
}

impl Courtesies {
    pub(super) fn new(words: &[String]) -> Self {
        let starts = words.iter().filter_map(|word| word.trim().strip_suffix(" *")).map(plain).collect();
        let whole = words.iter().filter(|word| !word.trim().ends_with(" *")).map(|word| plain(word)).collect();
        Self { whole, starts }
    }

    fn include(&self, clause: &str) -> bool {
        self.whole.contains(clause)
            || self.starts.iter().any(|start| {
                clause.strip_prefix(start.as_str()).is_some_and(|rest| {
                    rest.is_empty() || (rest.starts_with(' ') && rest.split(' ').count() <= WILD_WORDS_MOST + 1)
                })
            })
    }
}

/// The sentences of a text.
pub(super) fn sentences(text: &str, courtesies: &Courtesies) -> Vec<Sentence> {
    let mut found = Vec::new();
    let (mut paragraph, mut open) = (0, String::new());
    let mut finish = |open: &mut String, paragraph| {
        for (said, asks) in cut(&std::mem::take(open)) {
            let text = plain(said);
            if !text.is_empty() {
                found.push(Sentence { core: without_courtesies(said, courtesies), text, asks, paragraph });
            }
        }
    };
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            finish(&mut open, paragraph);
            paragraph += 1;
            continue;
        }
        if !goes_on(&open, line, courtesies) {
            finish(&mut open, paragraph);
        }
        if !open.is_empty() {
            open.push(' ');
        }
        open.push_str(line);
    }
    finish(&mut open, paragraph);
    found
}

/// Whether the next line belongs to the sentence that is open.
fn goes_on(open: &str, next: &str, courtesies: &Courtesies) -> bool {
    let ended = open.is_empty() || open.ends_with(|c: char| is_end(c) || is_pause(c) || matches!(c, ':' | '：'));
    if ended || courtesies.include(&plain(open)) || courtesies.include(&plain(next)) {
        return false;
    }
    next.starts_with(|c: char| c.is_lowercase()) || open.chars().count() >= WRAPPED_FROM
}

/// Cuts at the marks that end a sentence, and tells which of them ask.
fn cut(text: &str) -> Vec<(&str, bool)> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = at + c.len_utf8();
        // A dot within a word (a file name, a version) ends nothing; the wide marks need no blank after them.
        let alone = !c.is_ascii() || chars.peek().is_none_or(|(_, next)| next.is_whitespace() || is_end(*next));
        if is_end(c) && alone {
            sentences.push((&text[start..after], matches!(c, '?' | '？')));
            start = after;
        }
    }
    sentences.push((&text[start..], false));
    sentences
}

const fn is_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '．')
}

const fn is_pause(c: char) -> bool {
    matches!(c, ',' | ';' | '、' | '，')
}

/// Small letters, straight apostrophes, single blanks, no punctuation at the ends.
pub(super) fn plain(text: &str) -> String {
    let spaced = straight(text).split_whitespace().collect::<Vec<_>>().join(" ");
    spaced.trim_matches(|edge: char| !edge.is_alphanumeric()).to_owned()
}

/// The same without the clauses that are courtesies.
pub(super) fn without_courtesies(text: &str, courtesies: &Courtesies) -> String {
    let clauses: Vec<String> = text.split(is_pause).map(plain).filter(|clause| !clause.is_empty()).collect();
    let kept: Vec<&str> = clauses.iter().filter(|clause| !courtesies.include(clause)).map(String::as_str).collect();
    // A sentence that is nothing but a courtesy stays what it is.
    if kept.is_empty() { clauses.join(", ") } else { kept.join(", ") }
}

fn straight(text: &str) -> String {
    text.to_lowercase().replace(['’', 'ʼ', '`'], "'")
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty())
}
