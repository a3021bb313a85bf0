//! What needs no desk.

use std::process::Stdio;

use crate::support::{custody, ran};

/// The commands as `custody --help` lists them.
fn commands() -> Vec<String> {
    let help = ran(&["--help"]).done();
    let known: Vec<String> = help
        .text()
        .lines()
        .skip_while(|line| !line.starts_with("Set up:"))
        .take_while(|line| !line.starts_with("Everywhere:"))
        .filter_map(|line| line.strip_prefix("  "))
        .filter(|line| line.starts_with(|letter: char| letter.is_ascii_lowercase()))
        .filter_map(|line| line.split("  ").next().map(str::to_owned))
        .filter(|word| !word.contains(' '))
        .collect();
    assert!(known.len() > 20, "{known:?}");
    known
}

#[test]
fn every_command_is_explained_with_an_example_and_help_says_the_same() {
    for name in commands() {
        let flag = ran(&[&name, "--help"]).done();
        let example = format!("custody {name}");
        let examples = flag.text().split("Examples:").nth(1).unwrap_or_else(|| panic!("{name} has no examples"));
        assert!(examples.contains(&example), "{name} has an example of itself");
        assert_eq!(flag.text().trim(), ran(&["help", &name]).done().text().trim());
    }
}

#[test]
fn exit_codes_are_explained() {
    let table = ran(&["help", "exit-codes"]).done();
    for code in ["  0  Done.", "  9  ", " 11  ", "130  "] {
        assert!(table.text().contains(code), "{code:?} in {}", table.text());
    }
    ran(&["help", "nonsense"]).failed(2);
}

#[test]
fn every_shell_gets_completions_that_know_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = ran(&["completions", shell]).done();
        for word in ["sync", "receipt", "passphrase-file"] {
            assert!(script.text().contains(word), "{shell} knows {word}");
        }
    }
}

#[test]
fn a_wrong_command_line_ends_with_2_and_two_lines() {
    for arguments in [&["hodl"][..], &["hold"], &["cases", "--nonsense"], &["sweep", "--plan", "--approve", "x"]] {
        ran(arguments).failed(2);
    }
    assert_eq!(ran(&[]).code, 2);
    let told = ran(&["hodl", "--json"]);
    let object: serde_json::Value = serde_json::from_str(&told.stderr).unwrap();
    assert_eq!((told.code, &object["error"]["code"]), (2, &"usage".into()));
}

#[test]
fn a_reader_who_leaves_is_no_failure() {
    let mut child = custody(&["completions", "zsh"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn a_folder_without_a_desk_is_said_to_be_one_and_stays_empty() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("nothing");
    let home = home.to_str().unwrap();
    for command in [&["cases"][..], &["sync"], &["key"], &["doctor"], &["audit", "verify"]] {
        ran(&[&["--home", home], command].concat()).failed(12);
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn without_a_terminal_or_a_file_there_is_nobody_to_ask() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("desk");
    ran(&["--home", home.to_str().unwrap(), "init", "--key-file"]).failed(3);
    assert!(!home.exists(), "nothing was made");
}

#[test]
fn no_option_takes_a_secret_itself() {
    for command in [&["init"][..], &["connect", "forum"], &["connect", "mail"], &["passphrase"]] {
        let help = ran(&[command, &["--help"]].concat()).done();
        for line in help.text().lines().map(str::trim).filter(|line| line.starts_with("--")) {
            // A file and the address of a server are no secrets, whatever they are called after.
            let takes_text = line.contains('<') && !["<PATH>", "<PEM>", "<URL>"].iter().any(|kind| line.contains(kind));
            let is_secret = ["pass", "key", "token", "secret"].iter().any(|word| line.contains(word));
            assert!(!(takes_text && is_secret), "{line}");
        }
    }
}
