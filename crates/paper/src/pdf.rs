//! Pages as PDF/A-2u: the fonts are inside, and every letter says which it is, so that text can be found and copied.

use krilla::{
    Document, SerializeSettings,
    color::rgb,
    configure::{Archival, ConfigurationBuilder, Validator},
    destination::XyzDestination,
    geom::{PathBuilder, Point, Rect},
    metadata::{DateTime, Metadata},
    num::NormalizedF32,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::{Fill, FillRule},
};

use crate::{
    Paper,
    face::Faces,
    flow::{HEIGHT, Mark, Pages, WIDTH, laid_out},
};

/// Why a document could not be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    /// A font that was built in cannot be read.
    #[error("a font of the program cannot be read")]
    Font,
    /// What was laid out is no document.
    #[error("the document cannot be written")]
    Unwritable,
}

/// Writes a document.
///
/// # Errors
/// Nothing that a text or a number could bring about; a program that was not built well.
pub fn write(paper: &Paper) -> Result<Vec<u8>, PaperError> {
    let faces = Faces::new()?;
    let Pages { pages, headings } = laid_out(paper, &faces);
    let configuration = ConfigurationBuilder::new()
        .set_validator(Validator::A(Archival::A2_U))
        .finish()
        .map_err(|_| PaperError::Unwritable)?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    document.set_metadata(metadata(paper));
    for marks in &pages {
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or(PaperError::Unwritable)?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for mark in marks {
            match mark {
                Mark::Text { x, y, run, colour } => {
                    surface.set_fill(Some(fill(*colour)));
                    let font = faces.font(run.weight);
                    surface.draw_glyphs(Point::from_xy(*x, *y), &run.glyphs, font, &run.text, run.size, false);
                }
                Mark::Box { x, y, width, height, colour } => {
                    let rect = Rect::from_xywh(*x, *y, *width, *height).ok_or(PaperError::Unwritable)?;
                    let mut path = PathBuilder::new();
                    path.push_rect(rect);
                    if let Some(path) = path.finish() {
                        surface.set_fill(Some(fill(*colour)));
                        surface.draw_path(&path);
                    }
                }
            }
        }
        surface.finish();
        page.finish();
    }
    let mut outline = Outline::new();
    for (heading, page, y) in headings {
        outline.push_child(OutlineNode::new(heading, XyzDestination::new(page, Point::from_xy(0.0, y))));
    }
    document.set_outline(outline);
    document.finish().map_err(|_| PaperError::Unwritable)
}

fn fill((red, green, blue): (u8, u8, u8)) -> Fill {
    Fill { paint: rgb::Color::new(red, green, blue).into(), opacity: NormalizedF32::ONE, rule: FillRule::default() }
}

fn metadata(paper: &Paper) -> Metadata {
    let (year, month, day, hour, minute, second) = paper.made_at;
    let date = DateTime::new(year)
        .month(month)
        .day(day)
        .hour(hour)
        .minute(minute)
        .second(second)
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(plain(&paper.title))
        .description(plain(&paper.subtitle))
        .authors(vec![plain(&paper.issuer)])
        .creator(plain(&paper.tool))
        .language("en".to_owned())
        .creation_date(date)
}

/// What stands in XML must not break it.
fn plain(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control() && !matches!(letter, '\u{FFFE}' | '\u{FFFF}')).take(200).collect()
}
