//! Whatever the desk, the terminal and the window can do stands in docs/audit.md with what it records.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

#[test]
fn every_method_of_the_desk_stands_in_the_document_with_what_it_records() {
    let mut found = BTreeSet::from_iter(methods_in(&read("crates/desk/src/desk.rs")));
    methods(&root().join("crates/desk/src/desk"), &mut found);
    same("methods of the desk", &found, &table("The desk"));
}

#[test]
fn every_command_of_the_terminal_stands_in_the_document() {
    let text = read("crates/cli/src/args.rs");
    let groups = text.split("const GROUPS").nth(1).unwrap().split("];\n\n").next().unwrap();
    let quoted: Vec<&str> = groups.split('"').skip(1).step_by(2).collect();
    let commands = quoted.into_iter().filter(|word| word.chars().all(|sign| sign.is_ascii_lowercase()));
    same("commands of the terminal", &commands.map(str::to_owned).collect(), &table("The terminal"));
}

#[test]
fn every_command_of_the_window_stands_in_the_document() {
    let text = read("src-tauri/command-list.rs");
    let names = text.lines().filter_map(|line| line.trim().split_once('(')).filter(|(_, rest)| rest.contains("->"));
    same("commands of the window", &names.map(|(name, _)| name.to_owned()).collect(), &table("The window"));
}

#[test]
fn every_event_is_recorded_by_something_and_what_the_document_names_is_there() {
    let events = events();
    let desk = table("The desk");
    let mut told = BTreeSet::new();
    for (title, rows) in [("The desk", &desk), ("The steps", &table("The steps"))] {
        for (name, records) in rows {
            for word in quoted(records) {
                assert!(events.contains(word), "{title}, {name}: {word} is no event");
                told.insert(word.to_owned());
            }
        }
    }
    let untold: Vec<_> = events.difference(&told).collect();
    assert!(untold.is_empty(), "docs/audit.md names nothing that records {untold:?}");
    for title in ["The terminal", "The window"] {
        for (name, records) in table(title) {
            let Some(methods) = records.strip_prefix("as ") else { continue };
            for word in quoted(methods).filter(|word| !word.starts_with("--")) {
                let is_meant = |method: &String| method == word || (word.ends_with('_') && method.starts_with(word));
                assert!(desk.keys().any(is_meant), "{title}, {name}: the desk has no {word}");
            }
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The rows of one table of the document: what stands in its first column, and what it records.
fn table(title: &str) -> BTreeMap<String, String> {
    let document = read("docs/audit.md");
    let section = document.split("\n### ").find(|section| section.starts_with(title)).unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| ")).skip(2);
    let cells = rows.map(|row| row.trim_matches('|').split_once('|').unwrap());
    cells.map(|(name, records)| (name.trim().trim_matches('`').to_owned(), records.trim().to_owned())).collect()
}

#[track_caller]
fn same(what: &str, program: &BTreeSet<String>, table: &BTreeMap<String, String>) {
    assert!(program.len() > 20, "{what} are found: {program:?}");
    let missing: Vec<_> = program.iter().filter(|name| !table.contains_key(*name)).collect();
    assert!(
        missing.is_empty(),
        "docs/audit.md does not say what is recorded of {what} {missing:?}: add a row for each"
    );
    let gone: Vec<_> = table.keys().filter(|name| !program.contains(*name)).collect();
    assert!(gone.is_empty(), "docs/audit.md speaks of {what} that are not there: {gone:?}");
}

fn methods(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            methods(&path, found);
        } else {
            found.extend(methods_in(&fs::read_to_string(path).unwrap()));
        }
    }
}

/// The names behind `pub fn` and `pub async fn` in the `impl` blocks of a file.
fn methods_in(text: &str) -> Vec<String> {
    let name = |line: &str| {
        let rest = line.strip_prefix("    pub ")?;
        let rest = rest.strip_prefix("const ").or_else(|| rest.strip_prefix("async ")).unwrap_or(rest);
        Some(rest.strip_prefix("fn ")?.split(['(', '<']).next()?.to_owned())
    };
    text.lines().filter_map(name).collect()
}

/// The words of all events: the variants of their enum, as they stand in a row.
fn events() -> BTreeSet<String> {
    let source = read("crates/core/src/event.rs");
    let of_events = source.split("pub enum EventKind {\n").nth(1).unwrap().split("\n}").next().unwrap();
    let names = of_events.lines().filter_map(|line| {
        let name = line.strip_prefix("    ")?.split([' ', ',']).next()?;
        name.starts_with(|letter: char| letter.is_ascii_uppercase()).then(|| in_snake_case(name))
    });
    names.collect()
}

fn in_snake_case(name: &str) -> String {
    let mut word = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !word.is_empty() {
            word.push('_');
        }
        word.push(letter.to_ascii_lowercase());
    }
    word
}

fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}
