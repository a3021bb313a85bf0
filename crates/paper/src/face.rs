//! The letters: which are there, how wide they run, and what is written for those that are not.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, Face as Shaper, Feature, UnicodeBuffer, ttf_parser::Tag};

use crate::pdf::PaperError;

const REGULAR: &[u8] = include_bytes!("../fonts/Inter-Regular.otf");
const STRONG: &[u8] = include_bytes!("../fonts/Inter-SemiBold.otf");

/// No text of a document is longer: what is, is cut, and says so.
const LONGEST: usize = 600;

/// Which letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// For reading.
    Regular,
    /// For headings.
    Strong,
}

/// Both weights.
pub struct Faces {
    regular: Face,
    strong: Face,
}

struct Face {
    font: Font,
    shaper: Shaper<'static>,
}

/// A line of text, ready to be drawn.
#[derive(Clone, Debug)]
pub struct Run {
    /// The text, as it can be selected and copied.
    pub text: String,
    /// Its letters.
    pub glyphs: Vec<KrillaGlyph>,
    /// Which letters.
    pub weight: Weight,
    /// How high, in points.
    pub size: f32,
    /// How wide, in points.
    pub width: f32,
}

impl Faces {
    pub fn new() -> Result<Self, PaperError> {
        Ok(Self { regular: Face::new(REGULAR)?, strong: Face::new(STRONG)? })
    }

    /// The font to embed.
    pub fn font(&self, weight: Weight) -> Font {
        self.of(weight).font.clone()
    }

    fn of(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Strong => &self.strong,
        }
    }

    /// A text on one line, whatever it is made of.
    pub fn run(&self, text: &str, weight: Weight, size: f32) -> Run {
        self.shaped(self.written(text), weight, size)
    }

    fn shaped(&self, text: String, weight: Weight, size: f32) -> Run {
        let glyphs = self.of(weight).shape(&text);
        let width = glyphs.iter().map(|glyph| glyph.x_advance).sum::<f32>() * size;
        Run { text, glyphs, weight, size, width }
    }

    /// A text on as many lines as the width asks for. A word that is wider than a line is broken.
    pub fn lines(&self, text: &str, weight: Weight, size: f32, width: f32) -> Vec<Run> {
        let text = self.written(text);
        // Each letter's width in the whole text; letters that end a line may stand a hair wider than they did before.
        let room = width - size * 0.05;
        let run = self.shaped(text, weight, size);
        let widths: BTreeMap<usize, f32> = run.glyphs.iter().fold(BTreeMap::new(), |mut widths, glyph| {
            *widths.entry(glyph.text_range.start).or_default() += glyph.x_advance * size;
            widths
        });
        let mut lines = vec![String::new()];
        let (mut used, mut after_space, mut word) = (0.0, None, 0.0);
        for (at, letter) in run.text.char_indices() {
            let wide = widths.get(&at).copied().unwrap_or_default();
            let Some(line) = lines.last_mut() else { break };
            if letter == ' ' {
                if !line.is_empty() && !line.ends_with(' ') {
                    line.push(' ');
                    used += wide;
                    (after_space, word) = (Some(line.len()), 0.0);
                }
                continue;
            }
            if used + wide > room && !line.is_empty() {
                let next = after_space.map_or_else(String::new, |space| line.split_off(space));
                used = if after_space.is_some() { word } else { 0.0 };
                lines.push(next);
                after_space = None;
            }
            if let Some(line) = lines.last_mut() {
                line.push(letter);
            }
            used += wide;
            word += wide;
        }
        lines.into_iter().map(|line| self.shaped(line.trim_end().to_owned(), weight, size)).collect()
    }

    /// The text with everything that has no letter here written out as its number. That includes what turns the direction of
    /// a text or hides in it: the page shows what is there, in the order in which it is there.
    fn written(&self, text: &str) -> String {
        let mut written = String::new();
        for (count, letter) in text.chars().enumerate() {
            if count == LONGEST {
                written.push('…');
                break;
            }
            match letter {
                '\n' | '\r' | '\t' => written.push(' '),
                letter if self.has(letter) => written.push(letter),
                letter => written.push_str(&format!("[U+{:04X}]", u32::from(letter))),
            }
        }
        written
    }

    fn has(&self, letter: char) -> bool {
        // Marks that stack, joiners, signs of direction, private letters: none is needed for the scripts that this font has.
        let is_plain = !matches!(u32::from(letter),
            0..=0x1F | 0x7F..=0x9F | 0xAD | 0x300..=0x36F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x200B..=0x200F
            | 0x2028..=0x202E | 0x2060..=0x206F | 0x20D0..=0x20FF | 0xE000..=0xF8FF | 0xFE00..=0xFE0F | 0xFE20..=0xFE2F
            | 0xFEFF | 0xFFF0..=0xFFFF | 0xF0000..);
        is_plain && [&self.regular, &self.strong].iter().all(|face| face.shaper.glyph_index(letter).is_some())
    }
}

impl Face {
    fn new(data: &'static [u8]) -> Result<Self, PaperError> {
        Ok(Self {
            font: Font::new(data.into(), 0).ok_or(PaperError::Font)?,
            shaper: Shaper::from_slice(data, 0).ok_or(PaperError::Font)?,
        })
    }

    fn shape(&self, text: &str) -> Vec<KrillaGlyph> {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(Direction::LeftToRight);
        // Numbers line up in columns; letters stay one for one, so that what is copied is what was written.
        let features = [(b"tnum", 1), (b"liga", 0), (b"calt", 0), (b"ccmp", 0)]
            .map(|(tag, value)| Feature::new(Tag::from_bytes(tag), value, ..));
        let shaped = rustybuzz::shape(&self.shaper, &features, buffer);
        let em = self.font.units_per_em();
        let starts: BTreeSet<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        let end_of = |start: usize| starts.range(start + 1..).next().copied().unwrap_or(text.len());
        let each = shaped.glyph_infos().iter().zip(shaped.glyph_positions());
        each.map(|(info, at)| {
            let start = info.cluster as usize;
            let range: Range<usize> = start..end_of(start);
            let scaled = |units: i32| units as f32 / em;
            KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                scaled(at.x_advance),
                scaled(at.x_offset),
                scaled(at.y_offset),
                scaled(at.y_advance),
                range,
                None,
            )
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_letter_or_turns_the_text_is_written_out_as_its_number() {
        let faces = Faces::new().unwrap();
        for (text, written) in [
            ("Müller, Ελένη, Олена: 3 d", "Müller, Ελένη, Олена: 3 d"),
            ("a\u{202E}gpj.exe", "a[U+202E]gpj.exe"),
            ("山田", "[U+5C71][U+7530]"),
            ("a\0b\u{7}c\nd", "a[U+0000]b[U+0007]c d"),
            ("e\u{301}\u{301}", "e[U+0301][U+0301]"),
            ("\u{FEFF}\u{E000}\u{10FFFF}😀", "[U+FEFF][U+E000][U+10FFFF][U+1F600]"),
        ] {
            assert_eq!(faces.written(text), written);
        }
        let long = faces.written(&"x".repeat(10_000));
        assert_eq!(long.chars().count(), LONGEST + 1);
        assert!(long.ends_with('…'));
    }

    #[test]
    fn no_line_is_wider_than_its_column_and_nothing_is_left_out() {
        let faces = Faces::new().unwrap();
        let text = format!("a few words and {} at the end", "wwwwwwwwww".repeat(9));
        let lines = faces.lines(&text, Weight::Regular, 9.0, 80.0);
        assert!(lines.len() > 5);
        assert!(lines.iter().all(|line| line.width <= 80.0), "{lines:?}");
        let whole: String = lines.iter().flat_map(|line| line.text.chars()).filter(|letter| *letter != ' ').collect();
        assert_eq!(whole, text.replace(' ', ""));
        assert_eq!(faces.lines("", Weight::Regular, 9.0, 80.0).len(), 1);
    }

    #[test]
    fn every_letter_of_a_run_stands_for_its_part_of_the_text() {
        let faces = Faces::new().unwrap();
        let run = faces.run("Öffnen: 12 fi ffi -> x", Weight::Strong, 10.0);
        let parts: String = run.glyphs.iter().map(|glyph| run.text.get(glyph.text_range.clone()).unwrap()).collect();
        assert_eq!(parts, run.text);
        assert!(run.glyphs.iter().all(|glyph| glyph.glyph_id.to_u32() != 0));
    }
}
