//! A sealed file that is read at any place gives its own bytes, and nothing after it was locked, erased or damaged.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use custody_core::ports::{Fault, RangeSource, Strongroom};
use support::{content, desk, file, places, seal};

const CHUNK: usize = 64 << 10;

/// What a reader has at this place.
fn read(source: &dyn RangeSource, offset: usize, len: usize) -> Result<Vec<u8>, Fault> {
    let mut into = vec![0; len];
    let count = source.read_at(offset as u64, &mut into).map_err(|error| error.fault)?;
    into.truncate(count);
    Ok(into)
}

#[tokio::test]
async fn every_range_around_the_edges_of_chunks_is_that_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let sizes = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 17];
    for (number, size) in sizes.into_iter().enumerate() {
        let original = content(size);
        let sealed = seal(&vault, file(number as u8), &original).await;
        let source = vault.open_at_will(file(number as u8), sealed.wraps).await.unwrap();
        assert_eq!(source.size(), size as u64);
        let edges = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK - 1, 2 * CHUNK, 3 * CHUNK, size, size + 1];
        // Forwards, backwards and across: where the reader stood before must not show.
        for from in edges.into_iter().chain(edges.into_iter().rev()) {
            for len in [0, 1, 15, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK + 5] {
                let fits = &original[from.min(size)..(from + len).min(size).max(from.min(size))];
                assert!(read(&*source, from, len).unwrap() == fits, "{len} bytes from {from} of {size}");
            }
        }
    }
}

#[tokio::test]
async fn a_file_that_was_cut_off_is_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let sealed = seal(&vault, file(1), &content(3 * CHUNK + 100)).await;
    let path = places(folder.path()).sealed().join(format!("{}.age", file(1)));
    let whole = std::fs::read(&path).unwrap();
    let header = whole.len() - 3 * (CHUNK + 16) - 116;
    // Within the last chunk, exactly before it, at the end of the first one, and right behind the header.
    for length in [whole.len() - 1, whole.len() - 116, header + CHUNK + 16, header + 5, header] {
        std::fs::write(&path, &whole[..length]).unwrap();
        let error = vault.open_at_will(file(1), sealed.wraps.clone()).await.map(|_| ()).unwrap_err();
        assert_eq!(error.fault, Fault::Damaged, "cut to {length} of {}", whole.len());
    }
}

#[tokio::test]
async fn a_changed_byte_is_met_where_it_is_read_and_ends_the_reader() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let original = content(4 * CHUNK);
    let sealed = seal(&vault, file(1), &original).await;
    let path = places(folder.path()).sealed().join(format!("{}.age", file(1)));
    let mut bytes = std::fs::read(&path).unwrap();
    let header = bytes.len() - 4 * (CHUNK + 16);
    bytes[header + CHUNK + 16 + 500] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    let source = vault.open_at_will(file(1), sealed.wraps).await.unwrap();
    assert!(read(&*source, 0, CHUNK).unwrap() == original[..CHUNK], "what was not changed is given");
    assert!(read(&*source, 3 * CHUNK, 10).unwrap() == original[3 * CHUNK..3 * CHUNK + 10]);
    assert_eq!(read(&*source, CHUNK + 10, 1), Err(Fault::Damaged));
    assert_eq!(read(&*source, 0, 1), Err(Fault::Damaged), "the whole is not trusted any more");
    assert_eq!(source.check().unwrap_err().fault, Fault::Damaged);
}

#[tokio::test]
async fn swapped_chunks_are_not_taken_for_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let sealed = seal(&vault, file(1), &content(4 * CHUNK)).await;
    let path = places(folder.path()).sealed().join(format!("{}.age", file(1)));
    let mut bytes = std::fs::read(&path).unwrap();
    let header = bytes.len() - 4 * (CHUNK + 16);
    let (first, second) = bytes[header..header + 2 * (CHUNK + 16)].split_at_mut(CHUNK + 16);
    first.swap_with_slice(second);
    std::fs::write(&path, &bytes).unwrap();
    let source = vault.open_at_will(file(1), sealed.wraps).await.unwrap();
    assert_eq!(read(&*source, 10, 10), Err(Fault::Damaged));
}

#[tokio::test]
async fn locking_the_desk_ends_every_reader() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let sealed = seal(&vault, file(1), &content(1000)).await;
    let source = vault.open_at_will(file(1), sealed.wraps.clone()).await.unwrap();
    source.check().unwrap();
    vault.lock();
    assert_eq!(source.check().unwrap_err().fault, Fault::Locked);
    assert_eq!(read(&*source, 0, 10), Err(Fault::Locked));
    let refused = vault.open_at_will(file(1), sealed.wraps).await.map(|_| ()).unwrap_err();
    assert_eq!(refused.fault, Fault::Locked);
    vault.unlock(support::PASSPHRASE.into()).await.unwrap();
    assert_eq!(read(&*source, 0, 10), Err(Fault::Locked), "unlocking does not bring a reader back");
}

#[tokio::test]
async fn an_erased_file_leaves_no_open_reader_behind() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    for (number, aside) in [(1, false), (2, true)] {
        let sealed = seal(&vault, file(number), &content(200_000)).await;
        let other = seal(&vault, file(number + 10), &content(10)).await;
        let source = vault.open_at_will(file(number), sealed.wraps).await.unwrap();
        let untouched = vault.open_at_will(file(number + 10), other.wraps).await.unwrap();
        read(&*source, 0, 10).unwrap();
        if aside {
            vault.set_aside(file(number)).await.unwrap();
        } else {
            vault.erase(file(number)).await.unwrap();
        }
        assert_eq!(source.check().unwrap_err().fault, Fault::NotFound);
        assert_eq!(read(&*source, 100_000, 10), Err(Fault::NotFound));
        read(&*untouched, 0, 10).unwrap();
        #[cfg(target_os = "linux")]
        assert!(!is_open(&file(number).to_string()), "the system holds no removed file open for us");
    }
}

/// Whether this process has a file of this name open, one that was removed too.
#[cfg(target_os = "linux")]
fn is_open(name: &str) -> bool {
    let entries = std::fs::read_dir("/proc/self/fd").unwrap();
    entries
        .flatten()
        .filter_map(|entry| std::fs::read_link(entry.path()).ok())
        .any(|path| path.to_string_lossy().contains(name))
}
