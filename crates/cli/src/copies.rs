//! What is said of viewing copies, wherever they are shown.

use custody_desk::views::{EndedCopyView, ProgramView, ViewingCopyView};

use crate::{ids::short, table::clipped, times::local};

/// A viewing copy of a file, in a sentence or two.
pub fn exists(file: &str, copy: &ViewingCopyView) -> String {
    let mut text = format!("Viewing copy {} of {} exists until {}", short(&copy.id), short(file), local(&copy.until));
    if !copy.reason.is_empty() {
        text.push_str(&format!(" ({})", clipped(&copy.reason, 60)));
    }
    text.push('.');
    match copy.beside {
        0 => {}
        1 => text.push_str(" 1 more file lies beside it."),
        more => text.push_str(&format!(" {more} more files lie beside it.")),
    }
    if !copy.open_in.is_empty() {
        text.push_str(&format!(" Open in {}.", programs(&copy.open_in)));
    }
    if let Some(problem) = &copy.problem {
        text.push_str(&format!("\n  It was to end: {} {}", problem.what, problem.todo));
    }
    text
}

/// That a viewing copy is gone, and with what.
pub fn erased(copy: &EndedCopyView) -> String {
    let mut text = "The viewing copy is erased".to_owned();
    match copy.beside {
        0 => {}
        1 => text.push_str(", with 1 file beside it"),
        more => text.push_str(&format!(", with {more} files beside it")),
    }
    text.push('.');
    if copy.elsewhere > 0 {
        text.push_str(&format!(
            "\n{} of them have another name elsewhere: they are gone from here, were not overwritten, and stay there.",
            copy.elsewhere
        ));
    }
    if let Some(still) = still_open(&copy.open_in) {
        text.push('\n');
        text.push_str(&still);
    }
    text
}

/// Which programs have an erased copy open.
pub fn still_open(open_in: &[ProgramView]) -> Option<String> {
    let verb = if open_in.len() == 1 { "has" } else { "have" };
    (!open_in.is_empty())
        .then(|| format!("{} still {verb} it open. What is read there is zeros; close it.", programs(open_in)))
}

/// `LibreOffice (pid 4711), vim (pid 12)`.
fn programs(programs: &[ProgramView]) -> String {
    let named: Vec<String> = programs
        .iter()
        .map(|program| {
            let name = program.name.as_deref().map_or_else(|| "a program".to_owned(), |name| clipped(name, 40));
            program.id.map_or_else(|| name.clone(), |id| format!("{name} (pid {id})"))
        })
        .collect();
    named.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(name: &str, id: u32) -> ProgramView {
        ProgramView { name: Some(name.to_owned()), id: Some(id) }
    }

    #[test]
    fn programs_are_named_by_name_and_number_as_far_as_the_system_tells() {
        let unknown = ProgramView { name: None, id: None };
        assert_eq!(programs(&[program("soffice.bin", 4711), unknown]), "soffice.bin (pid 4711), a program");
        assert_eq!(still_open(&[]), None);
        let ended = EndedCopyView { beside: 2, elsewhere: 1, open_in: vec![program("tail", 7)] };
        assert_eq!(
            erased(&ended),
            "The viewing copy is erased, with 2 files beside it.\n1 of them have another name elsewhere: they are gone \
             from here, were not overwritten, and stay there.\ntail (pid 7) still has it open. What is read there is \
             zeros; close it."
        );
    }

    #[test]
    fn a_copy_says_why_it_exists_and_what_lies_beside_it() {
        let mut copy = ViewingCopyView {
            id: "5d20b7".repeat(6)[..32].to_owned(),
            by: "Robin".to_owned(),
            reason: "find the crash".to_owned(),
            until: "not a time".to_owned(),
            beside: 1,
            open_in: vec![program("vim", 12)],
            problem: None,
        };
        let file = "81f3c2".repeat(6)[..32].to_owned();
        assert_eq!(
            exists(&file, &copy),
            "Viewing copy 5d20b75d of 81f3c281 exists until not a time (find the crash). 1 more file lies beside it. \
             Open in vim (pid 12)."
        );
        copy.problem = Some(custody_desk::problem::problem(custody_core::ports::Fault::CopyInUse));
        assert!(exists(&file, &copy).contains("\n  It was to end: A program has the viewing copy open"));
    }
}
