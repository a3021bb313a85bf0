//! What a written document is, read back by another program's code.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use custody_paper::{Bars, Block, Column, Figure, Histogram, Paper, Section, Table, write};

const HOSTILE: &[&str] = &[
    "",
    " ",
    "\u{202E}fdp.exe\u{2066}\u{2069}",
    "<script>alert(1)</script> & ]]> (\\) %PDF endstream endobj",
    "山田太郎 🇯🇵 \u{1F469}\u{200D}\u{1F4BB}",
    "e\u{301}\u{301}\u{301}\u{301}",
    "\0\u{1}\u{7F}\u{85}\u{FFFE}\u{FEFF}\u{E000}\u{10FFFF}",
    "עברית العربية",
    "fi ffl -> 1/2 Ǆ ﬁ",
];

fn paper(rows: usize) -> Paper {
    let table = Table {
        columns: vec![Column::words("Rule", 2.0), Column::numbers("Files", 1.0)],
        rows: (0..rows).map(|row| vec![format!("rule {row}"), row.to_string()]).collect(),
        empty: "No file is held.".to_owned(),
    };
    let section = Section {
        heading: "Held now".to_owned(),
        blocks: vec![
            Block::Text("What is held by which rule.".to_owned()),
            Block::Figures(vec![Figure { value: "12".into(), label: "files".into(), stands_out: true }]),
            Block::Table(table),
            Block::Bars(Bars { caption: "Files".into(), bars: vec![("usual".into(), 3, "3 files".into())] }),
            Block::Histogram(Histogram {
                caption: "Hours from closing to erasure".into(),
                across: "hours".into(),
                up: "files".into(),
                bars: vec![(0, 24, 1), (24, 48, 0), (48, 72, 7)],
                mark: Some((72, "the rule: 72 h".into())),
            }),
            Block::Note("Whole hours.".to_owned()),
        ],
    };
    Paper {
        title: "Retention report".to_owned(),
        subtitle: "Größe Ελένη Олена".to_owned(),
        issuer: "Example support".to_owned(),
        facts: vec![("Desk".to_owned(), "0123".to_owned())],
        foot: "foot".to_owned(),
        made_at: (2026, 11, 2, 8, 30, 0),
        tool: "a test".to_owned(),
        sections: vec![section],
    }
}

fn text_of(pdf: &[u8]) -> (usize, String) {
    let document = lopdf::Document::load_mem(pdf).unwrap();
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    // The reader ends its lines where it likes.
    (pages.len(), document.extract_text(&pages).unwrap().replace('\n', ""))
}

#[test]
fn what_was_said_can_be_read_and_found_on_numbered_pages() {
    let (pages, text) = text_of(&write(&paper(120)).unwrap());
    assert!(pages >= 3, "{pages}");
    for said in
        ["Retention report", "Größe Ελένη Олена", "Held now", "rule 0", "rule 119", "the rule: 72 h", "Example support"]
    {
        assert!(text.contains(said), "{said:?} in {text}");
    }
    for page in 1..=pages {
        assert!(text.contains(&format!("Page {page} of {pages}")));
    }
}

#[test]
fn the_same_document_gives_the_same_bytes_and_another_one_others() {
    let first = write(&paper(40)).unwrap();
    assert_eq!(first, write(&paper(40)).unwrap());
    assert_ne!(first, write(&paper(41)).unwrap());
}

#[test]
fn the_fonts_are_inside_and_nothing_runs_or_points_elsewhere() {
    let pdf = write(&paper(3)).unwrap();
    let document = lopdf::Document::load_mem(&pdf).unwrap();
    let has =
        |key: &str| document.objects.values().any(|object| object.as_dict().is_ok_and(|dict| dict.has(key.as_bytes())));
    assert!(has("FontFile3") || has("FontFile2"), "a font is embedded");
    assert!(has("ToUnicode"), "letters say which they are");
    for key in ["JS", "JavaScript", "OpenAction", "AA", "URI", "Launch", "EmbeddedFiles", "AcroForm"] {
        assert!(!has(key), "{key}");
    }
}

#[test]
fn no_text_and_no_number_keeps_a_document_from_being_written() {
    for text in HOSTILE.iter().map(|text| (*text).to_owned()).chain(["W".repeat(50_000), "a ".repeat(50_000)]) {
        let mut paper = paper(2);
        println!("{}", text.chars().take(40).collect::<String>().escape_debug());
        paper.title = text.clone();
        paper.subtitle = text.clone();
        paper.issuer = text.clone();
        paper.tool = text.clone();
        paper.foot = text.clone();
        paper.facts = vec![(text.clone(), text.clone())];
        paper.sections = vec![Section {
            heading: text.clone(),
            blocks: vec![
                Block::Text(text.clone()),
                Block::Note(text.clone()),
                Block::Figures(vec![Figure { value: text.clone(), label: text.clone(), stands_out: false }; 9]),
                Block::Table(Table {
                    columns: vec![Column::words(&text, 0.0), Column::numbers(&text, 9.0)],
                    rows: vec![vec![text.clone()], vec![text.clone(), text.clone(), text.clone()], vec![]],
                    empty: text.clone(),
                }),
                Block::Table(Table { empty: text.clone(), ..Table::default() }),
                Block::Bars(Bars { caption: text.clone(), bars: vec![(text.clone(), u64::MAX, text.clone())] }),
                Block::Bars(Bars::default()),
                Block::Histogram(Histogram::default()),
                Block::Histogram(Histogram {
                    caption: text.clone(),
                    across: text.clone(),
                    up: text.clone(),
                    bars: vec![(0, u64::MAX, u64::MAX)],
                    mark: Some((u64::MAX, text.clone())),
                }),
            ],
        }];
        let (pages, _) = text_of(&write(&paper).unwrap());
        assert!(pages > 0);
    }
}
