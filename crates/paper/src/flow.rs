//! What stands where: paragraphs, figures and tables, from page to page.

use crate::{
    Block, Column, Figure, Paper, Section, Table, charts,
    face::{Faces, Run, Weight},
};

/// A4, in points.
pub const WIDTH: f32 = 595.28;
/// A4, in points.
pub const HEIGHT: f32 = 841.89;
/// What is left free at both sides.
pub const SIDE: f32 = 54.0;
/// Where the first line may begin.
const TOP: f32 = 76.0;
/// Where the last line must end.
const BOTTOM: f32 = HEIGHT - 66.0;
/// How wide a line may be.
pub const MEASURE: f32 = WIDTH - 2.0 * SIDE;

pub type Colour = (u8, u8, u8);
pub const INK: Colour = (0x1C, 0x22, 0x2B);
pub const MUTED: Colour = (0x5B, 0x65, 0x72);
pub const RULE: Colour = (0xD5, 0xDB, 0xE1);
const WASH: Colour = (0xF3, 0xF6, 0xF8);
pub const ACCENT: Colour = (0x1F, 0x64, 0x87);
pub const WARNING: Colour = (0x9A, 0x3F, 0x12);

const BODY: f32 = 9.0;
const LEADING: f32 = 13.0;
const SMALL: f32 = 7.5;
const SMALL_LEADING: f32 = 10.5;
const GUTTER: f32 = 8.0;

/// Something on a page.
#[derive(Clone, Debug)]
pub enum Mark {
    /// Letters that begin at a point of their base line.
    Text { x: f32, y: f32, run: Run, colour: Colour },
    /// A filled rectangle; a line is a thin one.
    Box { x: f32, y: f32, width: f32, height: f32, colour: Colour },
}

/// All pages.
pub struct Pages {
    /// What stands on each.
    pub pages: Vec<Vec<Mark>>,
    /// The headings, with their page and place.
    pub headings: Vec<(String, usize, f32)>,
}

/// Lays a document out.
pub fn laid_out(paper: &Paper, faces: &Faces) -> Pages {
    let mut flow = Flow { faces, pages: vec![vec![]], headings: vec![], y: TOP };
    flow.title(paper);
    for section in &paper.sections {
        flow.section(section);
    }
    flow.frame(paper);
    Pages { pages: flow.pages, headings: flow.headings }
}

/// What of a block should stand beside what comes before it.
fn room(block: &Block) -> f32 {
    match block {
        Block::Histogram(_) => charts::HEIGHT,
        Block::Bars(bars) => charts::height(bars),
        Block::Table(table) if table.rows.is_empty() => 20.0,
        Block::Table(_) | Block::Figures(_) => 56.0,
        Block::Text(_) | Block::Note(_) => 30.0,
    }
}

/// Where the next thing goes.
pub struct Flow<'a> {
    pub faces: &'a Faces,
    pages: Vec<Vec<Mark>>,
    headings: Vec<(String, usize, f32)>,
    pub y: f32,
}

impl Flow<'_> {
    fn put(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    pub fn rect(&mut self, x: f32, y: f32, width: f32, height: f32, colour: Colour) {
        // A width of nothing is no rectangle.
        self.put(Mark::Box { x, y, width: width.max(0.1), height: height.max(0.1), colour });
    }

    pub fn run(&mut self, x: f32, y: f32, run: Run, colour: Colour) {
        self.put(Mark::Text { x, y, run, colour });
    }

    pub fn text(&mut self, x: f32, y: f32, text: &str, weight: Weight, size: f32, colour: Colour) {
        let run = self.faces.run(text, weight, size);
        self.run(x, y, run, colour);
    }

    /// A text that ends at `x`.
    pub fn text_to(&mut self, x: f32, y: f32, text: &str, weight: Weight, size: f32, colour: Colour) {
        let run = self.faces.run(text, weight, size);
        self.run(x - run.width, y, run, colour);
    }

    /// As much of a text as fits into one line.
    pub fn first_line(&self, text: &str, weight: Weight, size: f32, width: f32) -> Run {
        let mut lines = self.faces.lines(text, weight, size, width);
        if lines.len() <= 1 {
            return lines.pop().unwrap_or_else(|| self.faces.run("", weight, size));
        }
        let mut kept: String = lines.swap_remove(0).text;
        loop {
            let run = self.faces.run(&format!("{kept}…"), weight, size);
            if run.width <= width || kept.pop().is_none() {
                return run;
            }
        }
    }

    /// Begins a new page unless there is room for this much.
    pub fn need(&mut self, height: f32) {
        if self.y + height > BOTTOM && self.y > TOP {
            self.pages.push(vec![]);
            self.y = TOP;
        }
    }

    fn title(&mut self, paper: &Paper) {
        self.y += 14.0;
        for line in self.faces.lines(&paper.title, Weight::Strong, 22.0, MEASURE) {
            self.run(SIDE, self.y, line, INK);
            self.y += 26.0;
        }
        for line in self.faces.lines(&paper.subtitle, Weight::Regular, 11.0, MEASURE) {
            self.run(SIDE, self.y - 4.0, line, MUTED);
            self.y += 16.0;
        }
        self.y += 8.0;
        self.rect(SIDE, self.y, MEASURE, 0.75, RULE);
        self.y += 18.0;
        for (name, value) in &paper.facts {
            let lines = self.faces.lines(value, Weight::Regular, BODY, MEASURE - 96.0);
            self.need(lines.len() as f32 * LEADING);
            self.text(SIDE, self.y, name, Weight::Regular, BODY, MUTED);
            for line in lines {
                self.run(SIDE + 96.0, self.y, line, INK);
                self.y += LEADING;
            }
            self.y += 1.5;
        }
    }

    fn section(&mut self, section: &Section) {
        self.y += 20.0;
        // A heading does not stand alone at the foot of a page, nor does the sentence before a chart.
        let first: f32 = section.blocks.iter().take(2).map(room).sum();
        self.need(28.0 + first.min(HEIGHT / 3.0));
        let heading = self.first_line(&section.heading, Weight::Strong, 12.5, MEASURE);
        self.headings.push((heading.text.clone(), self.pages.len() - 1, self.y - 16.0));
        self.run(SIDE, self.y, heading, INK);
        self.y += 20.0;
        for block in &section.blocks {
            match block {
                Block::Text(text) => self.paragraph(text, BODY, LEADING, INK),
                Block::Note(text) => self.paragraph(text, SMALL, SMALL_LEADING, MUTED),
                Block::Figures(figures) => self.figures(figures),
                Block::Table(table) => self.table(table),
                Block::Bars(bars) => charts::bars(self, bars),
                Block::Histogram(histogram) => charts::histogram(self, histogram),
            }
        }
    }

    fn paragraph(&mut self, text: &str, size: f32, leading: f32, colour: Colour) {
        for line in self.faces.lines(text, Weight::Regular, size, MEASURE) {
            self.need(leading);
            self.run(SIDE, self.y, line, colour);
            self.y += leading;
        }
        self.y += 4.0;
    }

    fn figures(&mut self, figures: &[Figure]) {
        const HEIGHT: f32 = 46.0;
        for row in figures.chunks(4) {
            self.need(HEIGHT + 8.0);
            let width = (MEASURE - 3.0 * GUTTER) / 4.0;
            for (at, figure) in row.iter().enumerate() {
                let x = SIDE + at as f32 * (width + GUTTER);
                let colour = if figure.stands_out { WARNING } else { INK };
                self.rect(x, self.y - 10.0, width, HEIGHT, WASH);
                self.rect(x, self.y - 10.0, 2.0, HEIGHT, if figure.stands_out { WARNING } else { ACCENT });
                let value = self.first_line(&figure.value, Weight::Strong, 15.0, width - 20.0);
                self.run(x + 10.0, self.y + 9.0, value, colour);
                let label = self.first_line(&figure.label, Weight::Regular, SMALL, width - 16.0);
                self.run(x + 10.0, self.y + 26.0, label, MUTED);
            }
            self.y += HEIGHT + 8.0;
        }
        self.y += 4.0;
    }

    fn table(&mut self, table: &Table) {
        if table.rows.is_empty() {
            return self.paragraph(&table.empty, BODY, LEADING, MUTED);
        }
        let all: f32 = table.columns.iter().map(|column| column.share.max(0.1)).sum();
        let room = MEASURE - GUTTER * (table.columns.len().saturating_sub(1)) as f32;
        let widths: Vec<f32> = table.columns.iter().map(|column| room * column.share.max(0.1) / all).collect();
        self.need(3.0 * LEADING);
        self.heads(&table.columns, &widths);
        for row in &table.rows {
            let cells: Vec<Vec<Run>> = widths
                .iter()
                .enumerate()
                .map(|(at, width)| {
                    let cell = row.get(at).map_or("", String::as_str);
                    self.faces.lines(cell, Weight::Regular, BODY - 0.5, *width)
                })
                .collect();
            let lines = cells.iter().map(Vec::len).max().unwrap_or(1);
            let page = self.pages.len();
            // A row of more lines than a page has is broken where the page ends.
            self.need((lines.min(12) as f32) * 11.5 + 6.0);
            if self.pages.len() > page {
                self.heads(&table.columns, &widths);
            }
            for line in 0..lines {
                self.need(11.5);
                let mut x = SIDE;
                for ((cell, width), column) in cells.iter().zip(&widths).zip(&table.columns) {
                    if let Some(run) = cell.get(line) {
                        let at = if column.numbers { x + width - run.width } else { x };
                        self.run(at, self.y, run.clone(), INK);
                    }
                    x += width + GUTTER;
                }
                self.y += 11.5;
            }
            self.rect(SIDE, self.y - 6.5, MEASURE, 0.4, RULE);
            self.y += 5.0;
        }
        self.y += 6.0;
    }

    fn heads(&mut self, columns: &[Column], widths: &[f32]) {
        let mut x = SIDE;
        for (column, width) in columns.iter().zip(widths) {
            let run = self.first_line(&column.head, Weight::Strong, SMALL, *width);
            let at = if column.numbers { x + width - run.width } else { x };
            self.run(at, self.y, run, MUTED);
            x += width + GUTTER;
        }
        self.rect(SIDE, self.y + 4.5, MEASURE, 0.75, MUTED);
        self.y += 17.0;
    }

    /// Head and foot of every page, once it is known how many there are.
    fn frame(&mut self, paper: &Paper) {
        let count = self.pages.len();
        for at in 0..count {
            let mut marks = Vec::new();
            let mut say = |x: f32, y: f32, run: Run, right: bool| {
                let x = if right { x - run.width } else { x };
                marks.push(Mark::Text { x, y, run, colour: MUTED });
            };
            let small = |text: &str| self.first_line(text, Weight::Regular, SMALL, MEASURE * 0.62);
            say(SIDE, 44.0, self.first_line(&paper.issuer, Weight::Strong, SMALL, MEASURE * 0.5), false);
            if at > 0 {
                say(WIDTH - SIDE, 44.0, self.first_line(&paper.title, Weight::Regular, SMALL, MEASURE * 0.45), true);
            }
            say(SIDE, HEIGHT - 38.0, small(&paper.foot), false);
            say(WIDTH - SIDE, HEIGHT - 38.0, small(&format!("Page {} of {count}", at + 1)), true);
            marks.push(Mark::Box { x: SIDE, y: HEIGHT - 52.0, width: MEASURE, height: 0.4, colour: RULE });
            if let Some(page) = self.pages.get_mut(at) {
                page.append(&mut marks);
            }
        }
    }
}
