//! What the name of a file in a drop folder tells.

/// By whom, or for when, a file is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// By whoever saved it.
    ByPerson,
    /// By a program that has not saved all of it yet.
    Unfinished,
    /// By the system, for its own use: icons, previews and places of windows. It goes with the folder.
    BySystem,
    /// By us, for an original whose erasure has begun: it is sealed, and what is left of it may be nothing but zeros.
    Erasing,
    /// By us, for a copy that is being made: its original lies where it lay until the copy is whole and has its own name.
    Copying,
}

const ERASING: &str = ".custody-erasing-";
const COPYING: &str = ".custody-copying-";
/// Nobody else comes upon such a name.
const MARK: usize = 16;

/// The name of an original whose erasure begins.
pub(super) fn erasing(mark: [u8; MARK]) -> String {
    format!("{ERASING}{}", hex::encode(mark))
}

/// The name of a copy that is being made.
pub(super) fn copying(mark: [u8; MARK]) -> String {
    format!("{COPYING}{}", hex::encode(mark))
}

fn is_of(prefix: &str, name: &str) -> bool {
    let mark = name.strip_prefix(prefix);
    mark.is_some_and(|mark| {
        mark.len() == 2 * MARK && mark.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// What programs append while they save: Chromium, Firefox, Opera, Safari, WinSCP and FileZilla, wget and aria2, and others.
const UNFINISHED: [&str; 10] = [
    ".crdownload",
    ".part",
    ".partial",
    ".opdownload",
    ".download",
    ".filepart",
    ".tmp",
    ".temp",
    ".aria2",
    ".unconfirmed",
];
/// What they put before: Chromium, GNOME, office programs, LibreOffice, rsync.
const BEFORE: [&str; 6] = [".com.google.chrome.", ".org.chromium.", ".goutputstream-", "~$", ".~", "unconfirmed "];

/// Tells by the name, and by the other names beside it.
pub(super) fn named(name: &str, beside: &[String]) -> Named {
    if is_of(ERASING, name) {
        return Named::Erasing;
    }
    if is_of(COPYING, name) {
        return Named::Copying;
    }
    let lower = name.to_lowercase();
    if matches!(lower.as_str(), ".ds_store" | "thumbs.db" | "desktop.ini" | ".directory" | ".localized")
        || lower.starts_with("._")
    {
        return Named::BySystem;
    }
    let is_unfinished =
        UNFINISHED.iter().any(|end| lower.ends_with(end)) || BEFORE.iter().any(|begin| lower.starts_with(begin));
    // Firefox and aria2 make the file itself at once, and keep what tells of it beside it.
    let is_announced = beside
        .iter()
        .any(|other| other.strip_prefix(name).is_some_and(|end| UNFINISHED.contains(&end.to_lowercase().as_str())));
    if is_unfinished || is_announced { Named::Unfinished } else { Named::ByPerson }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alone(name: &str) -> Named {
        named(name, &[name.to_owned()])
    }

    #[test]
    fn names_of_programs_that_still_save_are_told_from_those_of_people() {
        for name in [
            "dump.zip.crdownload",
            "DUMP.ZIP.PART",
            "archive.download",
            ".com.google.Chrome.x7Rt2",
            ".goutputstream-9WQ1P2",
            "~$report.docx",
            "Unconfirmed 481516.crdownload",
            "core.tmp",
        ] {
            assert_eq!(alone(name), Named::Unfinished, "{name}");
        }
        for name in ["dump.zip", "archive.part1.rar", "tmp", ".bashrc", "part", "temp.log", "日本語.log"] {
            assert_eq!(alone(name), Named::ByPerson, "{name}");
        }
        assert_eq!(alone(&erasing([7; MARK])), Named::Erasing);
        assert_eq!(alone(".custody-erasing-mine"), Named::ByPerson);
        assert_eq!(alone(&copying([7; MARK])), Named::Copying);
        for name in [".DS_Store", "Thumbs.db", "._dump.zip", "desktop.ini"] {
            assert_eq!(alone(name), Named::BySystem, "{name}");
        }
    }

    #[test]
    fn a_file_that_a_part_file_stands_beside_is_not_complete() {
        let beside = ["dump.zip".to_owned(), "dump.zip.part".to_owned(), "other.zip".to_owned()];
        assert_eq!(named("dump.zip", &beside), Named::Unfinished);
        assert_eq!(named("other.zip", &beside), Named::ByPerson);
    }
}
