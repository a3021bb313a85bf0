//! Looks for planted marks in every file below a folder.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use aho_corasick::AhoCorasick;

/// How much of a file is looked at at a time.
const PIECE: usize = 1 << 20;

/// What was looked through, and what was found.
#[derive(Debug, Default)]
pub struct Searched {
    /// How many files.
    pub files: usize,
    /// How many bytes.
    pub bytes: u64,
    /// Which file holds which mark.
    pub hits: Vec<(PathBuf, String)>,
}

/// Looks for these marks in every file below `folder`, byte by byte.
pub fn search(folder: &Path, marks: &[String]) -> io::Result<Searched> {
    let finder = AhoCorasick::new(marks).map_err(io::Error::other)?;
    let overlap = marks.iter().map(String::len).max().unwrap_or(1) - 1;
    let mut searched = Searched::default();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                searched.files += 1;
                look_into(&path, &finder, marks, overlap, &mut searched)?;
            }
        }
    }
    Ok(searched)
}

/// The marks that are in a text.
pub fn found_in(text: &str, marks: &[String]) -> Vec<String> {
    marks.iter().filter(|mark| text.contains(mark.as_str())).cloned().collect()
}

fn look_into(
    path: &Path,
    finder: &AhoCorasick,
    marks: &[String],
    overlap: usize,
    searched: &mut Searched,
) -> io::Result<()> {
    let mut file = File::open(path)?;
    let mut window = Vec::with_capacity(PIECE + overlap);
    loop {
        // The end of the last piece comes along, so that a mark across the seam is seen.
        window.drain(..window.len().saturating_sub(overlap));
        let read = file.by_ref().take(PIECE as u64).read_to_end(&mut window)?;
        if read == 0 {
            return Ok(());
        }
        searched.bytes += read as u64;
        for found in finder.find_overlapping_iter(&window) {
            let hit = (path.to_owned(), marks[found.pattern().as_usize()].clone());
            if !searched.hits.contains(&hit) {
                searched.hits.push(hit);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_found_in_any_folder_and_across_a_seam() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("a/b")).unwrap();
        let mut seam = vec![b'x'; PIECE - 3];
        seam.extend_from_slice(b"Carola Zebrafinch");
        fs::write(folder.path().join("a/b/seam"), seam).unwrap();
        fs::write(folder.path().join("clean"), "nothing here").unwrap();
        let marks = ["Carola Zebrafinch".to_owned(), "Zebra".to_owned()];
        let searched = search(folder.path(), &marks).unwrap();
        assert_eq!((searched.files, searched.hits.len()), (2, 2), "{:?}", searched.hits);
        assert!(search(folder.path(), &["Owen".to_owned()]).unwrap().hits.is_empty());
    }
}
