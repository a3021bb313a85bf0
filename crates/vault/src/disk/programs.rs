//! Which programs have something open below a folder, for reading too.

use std::{
    collections::BTreeSet,
    ffi::OsString,
    io,
    path::{Component, Path},
};

use custody_core::ports::Program;

type Found = BTreeSet<(OsString, Program)>;

/// All of them but this one, each with the name in the folder under which it has something open.
///
/// Files that were removed meanwhile count as long as a program has them: the system remembers where they were.
#[cfg(target_os = "linux")]
pub(super) fn open_below(folder: &Path) -> io::Result<Vec<(OsString, Program)>> {
    use std::{fs, os::unix::fs::MetadataExt as _};

    use super::processes;

    let folder = match fs::canonicalize(folder) {
        Ok(folder) => folder,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => return Err(cause),
    };
    // A program in a box of its own sees the same file at another path.
    let numbers = numbers_below(&folder);
    let text = folder.to_string_lossy();
    let mut found = Found::new();
    for process in processes::others()? {
        let mut under = BTreeSet::new();
        for handle in process.handles() {
            let Some(path) = fs::read_link(&handle).ok().filter(|path| path.is_absolute()) else { continue };
            under.extend(first_below(&folder, &path).or_else(|| {
                let file = (!numbers.is_empty()).then(|| fs::metadata(&handle).ok()).flatten()?;
                numbers.get(&(file.dev(), file.ino())).cloned()
            }));
        }
        let mapped = process.mapped();
        if mapped.contains(&*text) {
            let paths = mapped.lines().filter_map(|line| line.find('/').map(|at| Path::new(&line[at..])));
            under.extend(paths.filter_map(|path| first_below(&folder, path)));
        }
        if !under.is_empty() {
            let program = Program { name: process.name(), id: Some(process.id) };
            found.extend(under.into_iter().map(|name| (name, program.clone())));
        }
    }
    Ok(found.into_iter().collect())
}

/// Device and number of every file below a folder, with the name in the folder under which it lies.
#[cfg(target_os = "linux")]
fn numbers_below(folder: &Path) -> std::collections::BTreeMap<(u64, u64), OsString> {
    use std::os::unix::fs::MetadataExt as _;

    let mut numbers = std::collections::BTreeMap::new();
    each_file_below(folder, &mut |path, file| {
        numbers.extend(first_below(folder, path).map(|name| ((file.dev(), file.ino()), name)));
    });
    numbers
}

/// Gives every file below a folder. What cannot be read is left out: nobody else of this user can have it open either.
#[cfg(any(target_os = "linux", windows))]
fn each_file_below(folder: &Path, give: &mut impl FnMut(&Path, &std::fs::Metadata)) {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            // Of the entry itself: links are not followed.
            match entry.metadata() {
                Ok(found) if found.is_dir() => folders.push(entry.path()),
                Ok(found) if found.is_file() => give(&entry.path(), &found),
                _ => {}
            }
        }
    }
}

/// The first name below `folder` on the way to `path`.
fn first_below(folder: &Path, path: &Path) -> Option<OsString> {
    match path.strip_prefix(folder).ok()?.components().next()? {
        Component::Normal(name) => Some(name.to_owned()),
        _ => None,
    }
}

/// The same by `lsof`, which is part of macOS. It forgets where a removed file was.
#[cfg(target_os = "macos")]
pub(super) fn open_below(folder: &Path) -> io::Result<Vec<(OsString, Program)>> {
    let folder = match std::fs::canonicalize(folder) {
        Ok(folder) => folder,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => return Err(cause),
    };
    let out = std::process::Command::new("/usr/sbin/lsof").args(["-F", "pcn", "+D"]).arg(&folder).output()?;
    Ok(listed(&folder, &String::from_utf8_lossy(&out.stdout)).into_iter().collect())
}

/// Reads what `lsof -F pcn` says. One field a line: p(rocess), c(ommand), and for each handle f(d) and n(ame).
#[cfg(any(target_os = "macos", test))]
fn listed(folder: &Path, text: &str) -> Found {
    let mut found = Found::new();
    let (mut id, mut name) = (None, None);
    for line in text.lines() {
        match line.split_at_checked(1) {
            Some(("p", number)) => (id, name) = (number.parse().ok(), None),
            Some(("c", command)) => name = Some(command.to_owned()),
            Some(("n", path)) if id.is_some_and(|id: u32| id != std::process::id()) => {
                let program = Program { name: name.clone(), id };
                found.extend(first_below(folder, Path::new(path)).map(|under| (under, program)));
            }
            _ => {}
        }
    }
    found
}

/// Windows refuses to open a file for ourselves alone while somebody has it open, and does not say who.
#[cfg(windows)]
pub(super) fn open_below(folder: &Path) -> io::Result<Vec<(OsString, Program)>> {
    use std::{fs::OpenOptions, os::windows::fs::OpenOptionsExt as _};

    const ERROR_SHARING_VIOLATION: i32 = 32;
    let mut found = Found::new();
    each_file_below(folder, &mut |path, _| {
        let refused = OpenOptions::new().read(true).share_mode(0).open(path).err();
        if refused.is_some_and(|cause| cause.raw_os_error() == Some(ERROR_SHARING_VIOLATION)) {
            let somebody = Program { name: None, id: None };
            found.extend(first_below(folder, path).map(|under| (under, somebody)));
        }
    });
    Ok(found.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_lsof_names_programs_and_the_copy_they_have_open() {
        let text = "p4711\ncsoffice.bin\nf12\nn/v/0a/report.odt\nf13\nn/v/0a/.~lock.report.odt#\nf14\nn/home/me/x\n\
                    p12\nctail\nf3\nn/v/0b/deep/er/a.log\n";
        let program = |name: &str, id| Program { name: Some(name.to_owned()), id: Some(id) };
        let expected = [("0a".into(), program("soffice.bin", 4711)), ("0b".into(), program("tail", 12))];
        assert_eq!(listed(Path::new("/v"), text), Found::from(expected));
        let us = format!("p{}\nccustody\nf3\nn/v/0a/a.log\n", std::process::id());
        assert_eq!(listed(Path::new("/v"), &us), Found::new(), "we do not count");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_program_is_named_that_has_a_file_open_also_when_the_file_is_gone() {
        use std::{
            io::{BufRead as _, BufReader},
            process::{Command, Stdio},
        };

        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("0a/deep");
        std::fs::create_dir_all(&copy).unwrap();
        std::fs::write(copy.join("a.log"), "text").unwrap();
        std::fs::create_dir(folder.path().join("0b")).unwrap();
        let mut reader = Command::new("sh")
            .args(["-c", "exec 7< \"$0\"; echo open; read done"])
            .arg(copy.join("a.log"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(reader.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let expected = [(OsString::from("0a"), Program { name: Some("sh".to_owned()), id: Some(reader.id()) })];
        assert_eq!(open_below(folder.path()).unwrap(), expected);
        std::fs::remove_dir_all(folder.path().join("0a")).unwrap();
        assert_eq!(open_below(folder.path()).unwrap(), expected, "removed, and still open");
        drop(reader.stdin.take());
        reader.wait().unwrap();
        assert_eq!(open_below(folder.path()).unwrap(), []);
    }
}
