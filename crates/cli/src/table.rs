//! Tables for people: columns as wide as they need, the last one as long as it is.

use unicode_width::UnicodeWidthStr as _;

/// Which side a column is aligned to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// A table with its head.
#[derive(Debug)]
pub struct Table {
    columns: Vec<(&'static str, Side)>,
    rows: Vec<Vec<String>>,
}

const GAP: &str = "  ";

impl Table {
    /// A table with these columns and no row.
    pub fn new(columns: impl IntoIterator<Item = (&'static str, Side)>) -> Self {
        Self { columns: columns.into_iter().collect(), rows: Vec::new() }
    }

    /// Adds a row; what is missing at its end is empty.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The text; `empty` if there is no row.
    pub fn text(&self, styled: bool, empty: &str) -> String {
        if self.rows.is_empty() {
            return format!("{empty}\n");
        }
        let widths: Vec<usize> = (0..self.columns.len()).map(|column| self.width(column)).collect();
        let heads: Vec<&str> = self.columns.iter().map(|(head, _)| *head).collect();
        let head = self.line(&heads, &widths);
        let mut text = if styled { format!("\u{1b}[1m{head}\u{1b}[0m\n") } else { format!("{head}\n") };
        for row in &self.rows {
            let cells: Vec<&str> = row.iter().map(String::as_str).collect();
            text.push_str(&self.line(&cells, &widths));
            text.push('\n');
        }
        text
    }

    fn width(&self, column: usize) -> usize {
        let head = self.columns.get(column).map_or(0, |(head, _)| head.width());
        let cells = self.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width());
        cells.max().unwrap_or(0).max(head)
    }

    fn line(&self, cells: &[&str], widths: &[usize]) -> String {
        let mut line = String::new();
        for (at, ((_, side), width)) in self.columns.iter().zip(widths).enumerate() {
            let cell = cells.get(at).copied().unwrap_or_default();
            let space = " ".repeat(width.saturating_sub(cell.width()));
            if at > 0 {
                line.push_str(GAP);
            }
            match side {
                Side::Left => line.extend([cell, &space]),
                Side::Right => line.extend([&space, cell]),
            }
        }
        line.truncate(line.trim_end().len());
        line
    }
}

/// The beginning of a long text, for a column.
pub fn clipped(text: &str, most: usize) -> String {
    if text.width() <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    for letter in text.chars() {
        kept.push(letter);
        if kept.width() >= most {
            kept.pop();
            break;
        }
    }
    kept.push('…');
    kept
}

/// A size for people: "40 MB".
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let mut scaled = bytes;
    let mut unit = 0;
    while scaled >= 1_000_000 && unit + 1 < UNITS.len() {
        scaled /= 1000;
        unit += 1;
    }
    let (whole, tenth) = (scaled / 1000, scaled % 1000 / 100);
    let unit = UNITS[unit];
    if whole >= 10 { format!("{whole} {unit}") } else { format!("{whole}.{tenth} {unit}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_whatever_the_script() {
        let mut table = Table::new([("NAME", Side::Left), ("SIZE", Side::Right), ("NOTE", Side::Left)]);
        table.row(["見積書".into(), "9 B".into(), "x".into()]);
        table.row(["a".into(), "40 MB".into(), String::new()]);
        assert_eq!(table.text(false, "none"), "NAME     SIZE  NOTE\n見積書    9 B  x\na       40 MB\n");
    }

    #[test]
    fn an_empty_table_says_so() {
        assert_eq!(Table::new([("ID", Side::Left)]).text(true, "No case holds files."), "No case holds files.\n");
    }

    #[test]
    fn sizes_read_easily() {
        for (bytes, text) in
            [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (40_000_000, "40 MB"), (1_250_000_000, "1.2 GB")]
        {
            assert_eq!(size(bytes), text);
        }
        assert!(size(u64::MAX).ends_with(" PB"));
    }

    #[test]
    fn a_long_text_is_clipped_to_the_column() {
        assert_eq!(clipped("short", 10), "short");
        assert_eq!(clipped("見積書見積書", 7), "見積書…");
        assert_eq!(clipped("abcdefgh", 4), "abc…");
    }
}
