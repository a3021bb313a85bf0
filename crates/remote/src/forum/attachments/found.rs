//! The files found in a post: each once, with the best name it was shown under.

use std::collections::HashMap;

use super::address::Upload;

/// Longer names are cut: no file system keeps them.
const LONGEST_NAME: usize = 1024;

/// A file of the post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct File {
    pub key: String,
    pub path: String,
    pub name: String,
    is_named: bool,
}

#[derive(Debug, Default)]
pub(super) struct Files {
    list: Vec<File>,
    places: HashMap<String, usize>,
}

/// What the markup calls a file.
#[derive(Clone, Copy, Debug)]
pub(super) enum Called<'a> {
    /// By its name.
    Name(&'a str),
    /// By a description, as images are: it carries no extension.
    Description(&'a str),
    Nothing,
}

impl Files {
    /// Notes a file. One that is shown twice keeps its place, and takes a name if it had none.
    pub(super) fn note(&mut self, upload: Upload, called: Called<'_>) {
        let name = name(&upload, called);
        if let Some(known) = self.places.get(&upload.key).and_then(|place| self.list.get_mut(*place)) {
            if !known.is_named
                && let Some(name) = name
            {
                known.name = name;
                known.is_named = true;
            }
            return;
        }
        let is_named = name.is_some();
        let name = name.unwrap_or(upload.last);
        self.places.insert(upload.key.clone(), self.list.len());
        self.list.push(File { key: upload.key, path: upload.path, name, is_named });
    }

    pub(super) fn into_list(self) -> Vec<File> {
        self.list
    }
}

fn name(upload: &Upload, called: Called<'_>) -> Option<String> {
    let (words, has_extension) = match called {
        Called::Name(words) => (words, true),
        Called::Description(words) => (words, false),
        Called::Nothing => return None,
    };
    let mut name = String::new();
    for word in words.split_whitespace() {
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(word);
    }
    // A link that shows its own address has no name.
    if name.is_empty() || (name.contains("://") && name.ends_with(&upload.last)) {
        return None;
    }
    if name.len() > LONGEST_NAME {
        name.truncate(name.floor_char_boundary(LONGEST_NAME));
    }
    if let Some(extension) = upload.extension.as_deref().filter(|_| !has_extension) {
        let ending = format!(".{}", extension.to_ascii_lowercase());
        if !name.to_ascii_lowercase().ends_with(&ending) {
            name.push('.');
            name.push_str(extension);
        }
    }
    Some(name)
}
