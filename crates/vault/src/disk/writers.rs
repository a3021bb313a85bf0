//! Which files a program still writes to.
//!
//! Neither the time of the last write nor a quiet size tells: a copy over a slow line rests for minutes. The operating
//! system knows who has a file open.

use std::{io, path::Path};

/// A program that has a file open for writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writer {
    /// Its name, if the system gives it.
    pub name: Option<String>,
}

/// Who writes to each of these files; this program itself does not count.
///
/// Programs of other users are seen where the system shows them.
#[cfg(target_os = "linux")]
pub(super) fn writers(paths: &[&Path]) -> io::Result<Vec<Option<Writer>>> {
    use std::{collections::BTreeMap, fs, os::unix::fs::MetadataExt as _};

    use super::processes;

    let mut found = vec![None; paths.len()];
    let mut wanted = BTreeMap::new();
    for (at, path) in paths.iter().enumerate() {
        match fs::symlink_metadata(path) {
            Ok(file) => drop(wanted.insert((file.dev(), file.ino()), at)),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
            Err(cause) => return Err(cause),
        }
    }
    if wanted.is_empty() {
        return Ok(found);
    }
    for process in processes::others()? {
        for handle in process.handles() {
            let Ok(file) = fs::metadata(&handle) else { continue };
            let Some(at) = wanted.get(&(file.dev(), file.ino())) else { continue };
            if opened_for_writing(&process.facts(&handle)) {
                found[*at] = Some(Writer { name: process.name() });
            }
        }
    }
    Ok(found)
}

/// Reads the `flags` of `/proc/<id>/fdinfo/<handle>` (proc(5)): octal, and the last two bits say how it was opened.
#[cfg(target_os = "linux")]
fn opened_for_writing(facts: &str) -> bool {
    const ACCESS_MODE: u32 = 0o3;
    let flags = facts.lines().find_map(|line| line.strip_prefix("flags:"));
    flags.and_then(|flags| u32::from_str_radix(flags.trim(), 8).ok()).is_some_and(|flags| flags & ACCESS_MODE != 0)
}

/// The same by `lsof`, which is part of macOS.
#[cfg(target_os = "macos")]
pub(super) fn writers(paths: &[&Path]) -> io::Result<Vec<Option<Writer>>> {
    paths.iter().map(|path| writer_of(path)).collect()
}

#[cfg(target_os = "macos")]
fn writer_of(path: &Path) -> io::Result<Option<Writer>> {
    // One field a line: p(rocess), c(ommand), and for each handle f(d) and a(ccess), which is r, w or u.
    let out = std::process::Command::new("/usr/sbin/lsof").args(["-F", "pcfa", "--"]).arg(path).output()?;
    let (mut is_us, mut name) = (false, None);
    for line in String::from_utf8_lossy(&out.stdout).lines() {
        match line.split_at_checked(1) {
            Some(("p", id)) => is_us = id.parse() == Ok(std::process::id()),
            Some(("c", command)) => name = Some(command.to_owned()),
            Some(("a", "w" | "u")) if !is_us => return Ok(Some(Writer { name })),
            _ => {}
        }
    }
    Ok(None)
}

/// Windows refuses to open a file for readers alone while somebody has it open for writing, and does not say who.
#[cfg(windows)]
pub(super) fn writers(paths: &[&Path]) -> io::Result<Vec<Option<Writer>>> {
    use std::{fs::OpenOptions, os::windows::fs::OpenOptionsExt as _};

    const FILE_SHARE_READ: u32 = 1;
    const ERROR_SHARING_VIOLATION: i32 = 32;
    paths
        .iter()
        .map(|path| match OpenOptions::new().read(true).share_mode(FILE_SHARE_READ).open(path) {
            Ok(_) => Ok(None),
            Err(cause) if cause.raw_os_error() == Some(ERROR_SHARING_VIOLATION) => Ok(Some(Writer { name: None })),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(cause),
        })
        .collect()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_way_a_handle_was_opened_is_read_from_its_flags() {
        for (facts, writes) in [
            ("pos:\t0\nflags:\t0100000\nmnt_id:\t29\n", false),
            ("pos:\t0\nflags:\t0100001\nmnt_id:\t29\n", true),
            ("pos:\t0\nflags:\t02100002\n", true),
            ("pos:\t0\n", false),
            ("flags:\tnonsense\n", false),
        ] {
            assert_eq!(opened_for_writing(facts), writes, "{facts:?}");
        }
    }
}
