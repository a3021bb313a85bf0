//! Marks planted in everything personal, so that a search for them finds what leaked.

use crate::forum::{KEY_MARK, PracticeFile};

use super::CUSTOMERS;

/// The mark in every thread's title.
pub const TITLE: &str = "ZX4471CNRY";
/// The mark in every post by a customer.
pub const POST: &str = "KD88213CNRY";
/// The mark in every file that has content; it is there in plain bytes, also inside archives and images.
pub const CONTENT: &str = "cnry-content-5e1f90ab";
/// The mark in file names, apart from those that are about the name itself.
pub const FILE_NAME: &str = "cnryfile";

/// The file under its name without the mark, as a customer would have it.
pub(super) fn unmarked(file: PracticeFile) -> PracticeFile {
    let name = file.name().replace(&format!("{FILE_NAME}-"), "");
    file.renamed(name)
}

/// Every mark, as bytes to search for: customers' names and addresses, titles, posts, file contents, keys.
/// File names are left out: a customer's receipt shows them; see [`FILE_NAME`].
pub fn canaries() -> Vec<String> {
    let mut marks: Vec<String> = [TITLE, POST, CONTENT, KEY_MARK].map(str::to_owned).to_vec();
    // The same title in an address.
    marks.push(TITLE.to_lowercase());
    for person in CUSTOMERS {
        marks.push(person.name.to_owned());
        marks.push(person.username.to_owned());
        marks.push(person.email.to_owned());
        // Surnames are nobody else's: a part of a name gives itself away too.
        if let Some((_, surname)) = person.username.split_once('_') {
            marks.push(surname.to_owned());
        }
    }
    marks
}
