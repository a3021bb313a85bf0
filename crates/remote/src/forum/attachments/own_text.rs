//! The author's own words, written down line by line.

/// Indented or fenced code up to this many bytes counts as words: somebody indented a sentence. Longer code is a log or a
/// listing, and what stands in a log is nobody's wish.
const SHORT_CODE: usize = 200;

#[derive(Debug, Default)]
pub(super) struct OwnText {
    text: String,
    needs_space: bool,
    /// Where the current block of code began.
    code_from: Option<usize>,
}

impl OwnText {
    /// Adds text as HTML means it: white space of any length is one space.
    pub(super) fn push(&mut self, text: &str) {
        if self.code_from.is_some() {
            self.text.push_str(text);
            return;
        }
        for piece in text.split_inclusive(char::is_whitespace) {
            let word = piece.trim_end();
            if !word.is_empty() {
                if self.needs_space && !self.text.is_empty() && !self.text.ends_with('\n') {
                    self.text.push(' ');
                }
                self.text.push_str(word);
                self.needs_space = false;
            }
            self.needs_space |= word.len() < piece.len();
        }
    }

    /// Something that parts words, such as the end of a table's cell.
    pub(super) fn space(&mut self) {
        self.needs_space = true;
    }

    /// Starts a new line.
    pub(super) fn line(&mut self) {
        if self.code_from.is_some() || (!self.text.is_empty() && !self.text.ends_with('\n')) {
            self.text.push('\n');
        }
        self.needs_space = false;
    }

    pub(super) fn begin_code(&mut self) {
        if self.code_from.is_none() {
            self.line();
            self.code_from = Some(self.text.len());
        }
    }

    pub(super) fn end_code(&mut self) {
        if let Some(from) = self.code_from.take() {
            if self.text.len() - from > SHORT_CODE {
                self.text.truncate(from);
            }
            self.line();
        }
    }

    pub(super) fn finish(mut self) -> String {
        self.end_code();
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_one_space_and_lines_are_kept_apart() {
        let mut text = OwnText::default();
        text.push(" \n Please ");
        text.push("erase\u{a0}\tmy");
        text.push(" files");
        text.line();
        text.line();
        text.push("thank you");
        assert_eq!(text.finish(), "Please erase my files\nthank you");
    }

    #[test]
    fn short_code_is_words_and_long_code_is_not() {
        let mut text = OwnText::default();
        text.push("Look:");
        text.begin_code();
        text.push("please erase my files");
        text.end_code();
        text.begin_code();
        text.push(&"please erase my files\n".repeat(20));
        text.end_code();
        text.push("Thanks");
        assert_eq!(text.finish(), "Look:\nplease erase my files\nThanks");
    }
}
