//! Sealed files come back as they were, or not at all.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use custody_core::ports::{ErrorKind, Fault, Found, PortError, Strongroom};
use custody_vault::{Recipient, Vault, VaultOptions};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use support::{NO_LIMIT, Pieces, content, desk, drain, file, files_below, opened, places, seal};

const CHUNK: usize = 64 << 10;
const SEALED_CHUNK: usize = CHUNK + 16;

#[tokio::test]
async fn every_size_around_a_chunk_comes_back_identical() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let sizes = [
        0,
        1,
        15,
        16,
        CHUNK - 1,
        CHUNK,
        CHUNK + 1,
        2 * CHUNK - 1,
        2 * CHUNK,
        2 * CHUNK + 1,
        (1 << 20) - 1,
        1 << 20,
        (3 << 20) + 7,
    ];
    for (number, size) in sizes.into_iter().enumerate() {
        let id = file(number as u8);
        let original = content(size);
        let sealed = seal(&vault, id, &original).await;
        assert_eq!(sealed.size, size as u64);
        assert_eq!(vault.look(id).await.unwrap(), Found::Sealed(sealed.sealed_size), "the look agrees with the seal");
        assert!(opened(&vault, id, &sealed.wraps).await.unwrap() == original, "{size} bytes came back changed");
    }
}

#[tokio::test]
async fn pieces_of_any_size_make_the_same_file() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let original = content(3_333_333);
    for (number, size) in [1_009, CHUNK, 600_000, 1 << 20, 3_333_333].into_iter().enumerate() {
        let id = file(number as u8);
        let sealed = vault.seal(id, 1, &mut Pieces::of(&original, size), NO_LIMIT).await.unwrap();
        assert!(opened(&vault, id, &sealed.wraps).await.unwrap() == original, "pieces of {size} bytes");
    }
}

#[tokio::test]
async fn digests_are_those_of_the_content_and_salts_differ() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let original = content(200_000);
    let (first, second) = (seal(&vault, file(1), &original).await, seal(&vault, file(2), &original).await);
    let salted = Sha256::new_with_prefix(first.salt.reveal()).chain_update(&original).finalize();
    assert_eq!(first.digest[..], salted[..]);
    assert_eq!(first.sha1.reveal()[..], Sha1::digest(&original)[..]);
    assert_ne!(first.salt, second.salt);
    assert_ne!(first.digest, second.digest, "equal files of two customers do not share a digest");
}

#[tokio::test]
async fn no_plaintext_is_anywhere_below_the_desk() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let canary = b"CANARY-the-customer-wrote-this".repeat(5_000);
    let sealed = seal(&vault, file(1), &canary).await;
    let _ = vault
        .seal(file(2), 1, &mut Pieces::of(&canary, 999).then(PortError::try_again(Fault::Unreachable)), NO_LIMIT)
        .await;
    assert!(opened(&vault, file(1), &sealed.wraps).await.unwrap() == canary);
    for (path, bytes) in files_below(folder.path()) {
        assert!(!bytes.windows(6).any(|six| six == b"CANARY"), "{} holds plaintext", path.display());
    }
}

#[tokio::test]
async fn an_error_of_the_source_is_returned_as_it_is_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let mut source = Pieces::of(&content(2_000_000), 50_000).then(PortError::needs_person(Fault::ContentChanged));
    let error = vault.seal(file(1), 1, &mut source, NO_LIMIT).await.unwrap_err();
    assert_eq!((error.fault, error.kind), (Fault::ContentChanged, ErrorKind::NeedsPerson));
    assert_eq!(vault.look(file(1)).await.unwrap(), Found::Nothing, "no part file stays");
}

#[tokio::test]
async fn one_byte_more_than_the_limit_is_too_large_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let original = content(100_000);
    assert!(vault.seal(file(1), 1, &mut Pieces::of(&original, 7_000), 100_000).await.is_ok());
    let error = vault.seal(file(2), 1, &mut Pieces::of(&original, 7_000), 99_999).await.unwrap_err();
    assert_eq!((error.fault, error.kind), (Fault::TooLarge, ErrorKind::NotPossible));
    assert_eq!(vault.look(file(2)).await.unwrap(), Found::Nothing);
}

#[tokio::test]
async fn a_seal_that_is_given_up_leaves_nothing_and_the_next_one_succeeds() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    for _ in 0..20 {
        let mut stuck = Stuck(Pieces::of(&content(3_000_000), 500_000));
        let seal = vault.seal(file(1), 1, &mut stuck, NO_LIMIT);
        // The source never ends: the seal is dropped while its writer is at work.
        tokio::select! {
            biased;
            _ = seal => panic!("a seal without an end ended"),
            () = yields(50) => (),
        }
        let original = content(10_000);
        let sealed = vault.seal(file(1), 1, &mut Pieces::of(&original, 999), NO_LIMIT).await.unwrap();
        assert!(opened(&vault, file(1), &sealed.wraps).await.unwrap() == original);
    }
    assert!(vault.inventory().await.unwrap().parts.is_empty());
}

async fn yields(times: usize) {
    for _ in 0..times {
        tokio::task::yield_now().await;
    }
}

struct Stuck(Pieces);

#[async_trait::async_trait]
impl custody_core::ports::ByteSource for Stuck {
    async fn next(&mut self) -> custody_core::ports::PortResult<Option<bytes::Bytes>> {
        match self.0.next().await? {
            Some(piece) => Ok(Some(piece)),
            None => std::future::pending().await,
        }
    }
}

#[tokio::test]
async fn a_left_over_part_file_and_a_finished_file_are_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let sealed = vault.places().sealed();
    std::fs::write(sealed.join(format!("{}.part", file(1))), "half").unwrap();
    std::fs::write(sealed.join(format!("{}.age", file(1))), "its key was never recorded").unwrap();
    let original = content(70_000);
    let result = seal(&vault, file(1), &original).await;
    assert!(opened(&vault, file(1), &result.wraps).await.unwrap() == original);
    let inventory = vault.inventory().await.unwrap();
    assert_eq!((inventory.sealed.len(), inventory.parts.len(), inventory.foreign), (1, 0, 0));
}

#[tokio::test]
async fn every_truncation_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let original = content(2 * CHUNK + 100);
    let sealed = seal(&vault, file(1), &original).await;
    let path = vault.places().sealed().join(format!("{}.age", file(1)));
    let whole = std::fs::read(&path).unwrap();
    let header = whole.len() - original.len() - 3 * 16;
    let ends = [
        0,
        1,
        header - 17,
        header - 1,
        header,
        header + 1,
        header + SEALED_CHUNK - 1,
        header + SEALED_CHUNK,
        header + 2 * SEALED_CHUNK,
        whole.len() - 1,
    ];
    for end in ends {
        std::fs::write(&path, &whole[..end]).unwrap();
        let error = opened(&vault, file(1), &sealed.wraps).await.unwrap_err();
        assert_eq!((error.fault, error.kind), (Fault::Damaged, ErrorKind::NeedsPerson), "cut after {end} bytes");
    }
    std::fs::write(&path, [&whole[..], b"x"].concat()).unwrap();
    assert_eq!(opened(&vault, file(1), &sealed.wraps).await.unwrap_err().fault, Fault::Damaged, "one byte more");
}

#[tokio::test]
async fn swapped_and_changed_chunks_are_found_and_only_what_came_before_is_given() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let original = content(20 * CHUNK);
    let sealed = seal(&vault, file(1), &original).await;
    let path = vault.places().sealed().join(format!("{}.age", file(1)));
    let whole = std::fs::read(&path).unwrap();
    let header = whole.len() - 20 * SEALED_CHUNK;
    let chunk = |number: usize| header + number * SEALED_CHUNK..header + (number + 1) * SEALED_CHUNK;

    let mut swapped = whole.clone();
    swapped[chunk(12)].copy_from_slice(&whole[chunk(13)]);
    swapped[chunk(13)].copy_from_slice(&whole[chunk(12)]);
    let mut changed = whole.clone();
    changed[header + 12 * SEALED_CHUNK + 5_000] ^= 1;
    for (what, bytes) in [("swapped", swapped), ("changed", changed)] {
        std::fs::write(&path, bytes).unwrap();
        let (given, end) = drain(vault.open(file(1), sealed.wraps.clone()).await.unwrap()).await;
        assert_eq!(end.unwrap_err().fault, Fault::Damaged, "{what}");
        assert!(given == original[..12 * CHUNK], "{what}: {} bytes were given", given.len());
    }
    let mut header_changed = whole.clone();
    header_changed[40] ^= 1;
    std::fs::write(&path, header_changed).unwrap();
    assert_eq!(opened(&vault, file(1), &sealed.wraps).await.unwrap_err().fault, Fault::Damaged, "header");
}

#[tokio::test]
async fn a_wrap_opens_its_own_file_and_epoch_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let (one, two) = (seal(&vault, file(1), b"one").await, seal(&vault, file(2), b"two").await);
    vault.make_epoch(2).await.unwrap();

    let of_another_file = opened(&vault, file(1), &two.wraps).await.unwrap_err();
    assert_eq!((of_another_file.fault, of_another_file.kind), (Fault::Damaged, ErrorKind::NeedsPerson));

    let mut relabelled = two.wraps.clone();
    relabelled[0].file = file(1);
    assert_eq!(opened(&vault, file(1), &relabelled).await.unwrap_err().fault, Fault::Damaged);

    let mut wrong_epoch = one.wraps.clone();
    wrong_epoch[0].epoch = 2;
    assert_eq!(opened(&vault, file(1), &wrong_epoch).await.unwrap_err().fault, Fault::Damaged);

    let mut missing_epoch = one.wraps.clone();
    missing_epoch[0].epoch = 3;
    assert_eq!(opened(&vault, file(1), &missing_epoch).await.unwrap_err().fault, Fault::KeyMissing);

    let mut cut = one.wraps.clone();
    cut[0].sealed.truncate(10);
    assert_eq!(opened(&vault, file(1), &cut).await.unwrap_err().fault, Fault::Damaged);

    for at in 0..one.wraps[0].sealed.len() {
        let mut changed = one.wraps.clone();
        changed[0].sealed[at] ^= 0x80;
        assert_eq!(opened(&vault, file(1), &changed).await.unwrap_err().fault, Fault::Damaged, "byte {at}");
    }

    assert_eq!(opened(&vault, file(1), &[]).await.unwrap_err().fault, Fault::KeyMissing, "erased wraps open nothing");
    assert_eq!(opened(&vault, file(9), &one.wraps).await.unwrap_err().fault, Fault::Damaged);
    assert_eq!(opened(&vault, file(1), &one.wraps).await.unwrap(), b"one");
}

#[tokio::test]
async fn a_sealed_file_put_in_the_place_of_another_does_not_open() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let (one, _) = (seal(&vault, file(1), b"one").await, seal(&vault, file(2), b"two").await);
    let sealed = vault.places().sealed();
    std::fs::copy(sealed.join(format!("{}.age", file(2))), sealed.join(format!("{}.age", file(1)))).unwrap();
    assert_eq!(opened(&vault, file(1), &one.wraps).await.unwrap_err().fault, Fault::Damaged);
}

#[tokio::test]
async fn a_file_that_is_gone_is_not_found() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let one = seal(&vault, file(1), b"one").await;
    vault.erase(file(1)).await.unwrap();
    let error = opened(&vault, file(1), &one.wraps).await.unwrap_err();
    assert_eq!((error.fault, error.kind), (Fault::NotFound, ErrorKind::NeedsPerson));
}

#[tokio::test]
async fn another_desk_cannot_open_what_was_sealed_here() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (ours, theirs) = (desk(here.path()).await, desk(there.path()).await);
    let mut sealed = seal(&ours, file(1), b"one").await;
    let name = format!("{}.age", file(1));
    std::fs::copy(ours.places().sealed().join(&name), theirs.places().sealed().join(&name)).unwrap();
    assert_eq!(opened(&theirs, file(1), &sealed.wraps).await.unwrap_err().fault, Fault::KeyMissing);
    sealed.wraps[0].recipient = theirs.recipient().to_string();
    assert_eq!(opened(&theirs, file(1), &sealed.wraps).await.unwrap_err().fault, Fault::Damaged);
}

#[tokio::test]
async fn every_further_recipient_gets_one_wrap_and_nobody_two() {
    let folder = tempfile::tempdir().unwrap();
    let recipient = desk(folder.path()).await.recipient().clone();
    let escrow: Recipient = age::x25519::Identity::generate().to_public().to_string().parse().unwrap();
    let further_recipients = vec![escrow.clone(), recipient.clone(), escrow.clone()];
    let vault =
        Vault::open(places(folder.path()), VaultOptions { further_recipients, ..support::options() }).await.unwrap();
    let sealed = seal(&vault, file(1), b"one").await;
    let recipients: Vec<&str> = sealed.wraps.iter().map(|wrap| wrap.recipient.as_str()).collect();
    assert_eq!(recipients, [recipient.to_string(), escrow.to_string()]);
}

#[test]
fn only_age_recipients_are_recipients() {
    for text in ["", "age1", "AGE-SECRET-KEY-1", "ssh-ed25519 AAAA", "age1qqqq"] {
        assert!(text.parse::<Recipient>().is_err(), "{text:?} is none");
    }
}

#[tokio::test]
async fn a_hundred_seals_at_once_all_succeed() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let mut seals = tokio::task::JoinSet::new();
    for number in 0..100 {
        let vault = vault.clone();
        seals.spawn(async move { (number, seal(&vault, file(number), &content(50_000 + usize::from(number))).await) });
    }
    while let Some(done) = seals.join_next().await {
        let (number, sealed) = done.unwrap();
        let whole = opened(&vault, file(number), &sealed.wraps).await.unwrap();
        assert!(whole == content(50_000 + usize::from(number)));
    }
    assert_eq!(vault.inventory().await.unwrap().sealed.len(), 100);
}

#[tokio::test]
async fn erasing_nothing_is_success_and_erasing_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    vault.erase(file(1)).await.unwrap();
    seal(&vault, file(1), b"one").await;
    std::fs::write(vault.places().sealed().join(format!("{}.part", file(1))), "half").unwrap();
    vault.erase(file(1)).await.unwrap();
    assert_eq!(vault.look(file(1)).await.unwrap(), Found::Nothing);
    assert!(files_below(&vault.places().sealed()).is_empty());
}

#[tokio::test]
async fn the_inventory_tells_sealed_files_parts_and_foreign_things_apart() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let sealed = seal(&vault, file(1), b"one").await;
    let room = vault.places().sealed();
    std::fs::write(room.join(format!("{}.part", file(2))), "half").unwrap();
    for foreign in [
        "notes.txt",
        "x.age",
        &format!("{}.age.bak", file(3)),
        &format!("{}.AGE", file(3)),
        &"AB".repeat(16),
        &format!("{}.age", "AB".repeat(16)),
    ] {
        std::fs::write(room.join(foreign), "?").unwrap();
    }
    std::fs::create_dir(room.join(format!("{}.age", file(4)))).unwrap();
    let inventory = vault.inventory().await.unwrap();
    assert_eq!(inventory.sealed, [(file(1), sealed.sealed_size)]);
    assert_eq!(inventory.parts, [file(2)]);
    assert_eq!(inventory.foreign, 7);
}

#[tokio::test]
async fn what_is_set_aside_is_kept_and_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    vault.set_aside(file(1)).await.unwrap();
    for _ in 0..3 {
        seal(&vault, file(1), b"one").await;
        vault.set_aside(file(1)).await.unwrap();
        assert_eq!(vault.look(file(1)).await.unwrap(), Found::Nothing);
    }
    assert_eq!(files_below(&vault.places().aside()).len(), 3);
}

#[tokio::test]
async fn what_is_set_aside_is_listed_and_erased_by_its_name_and_by_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    for content in [&b"one"[..], b"another"] {
        seal(&vault, file(1), content).await;
        vault.set_aside(file(1)).await.unwrap();
    }
    let aside = vault.places().aside();
    std::fs::write(aside.join("notes.txt"), "?").unwrap();
    let listed = vault.aside().await.unwrap();
    let names: Vec<_> = listed.iter().map(|thing| thing.name.clone()).collect();
    assert_eq!(names, [format!("{}.2.age", file(1)), format!("{}.age", file(1))]);
    for thing in &listed {
        assert_eq!(thing.file, file(1));
        assert_eq!(thing.size, std::fs::metadata(aside.join(&thing.name)).unwrap().len());
        assert!(thing.since.is_some(), "the file system says since when");
    }
    let secret = vault.places().keys().join("desk-identity.age");
    for no_name in ["", "notes.txt", "../keys/desk-identity.age", "/etc/hostname", &format!("{}.3.age", file(1))] {
        assert_eq!(vault.erase_aside(no_name).await.unwrap_err().fault, Fault::NotFound, "{no_name:?}");
    }
    assert!(secret.exists() && aside.join("notes.txt").exists());
    vault.erase_aside(&names[0]).await.unwrap();
    let left: Vec<_> = vault.aside().await.unwrap().into_iter().map(|thing| thing.name).collect();
    assert_eq!(left, names[1..]);
}

#[cfg(unix)]
#[tokio::test]
async fn bytes_are_counted_as_the_disk_gives_them_room() {
    use std::os::unix::fs::MetadataExt as _;
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    seal(&vault, file(1), &vec![7; 100_000]).await;
    let room = vault.places().sealed();
    // A file with a hole has a length that the disk does not give room for.
    std::fs::File::create(room.join(format!("{}.part", file(2)))).unwrap().set_len(50_000_000).unwrap();
    let by_the_system: u64 =
        std::fs::read_dir(&room).unwrap().map(|entry| entry.unwrap().metadata().unwrap().blocks() * 512).sum();
    let inventory = vault.inventory().await.unwrap();
    assert_eq!(inventory.occupied, by_the_system);
    assert!(inventory.occupied < 50_000_000, "a hole is no room: {}", inventory.occupied);
}
