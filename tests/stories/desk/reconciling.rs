//! Disk, ledger and keys against each other: whatever does not fit is found, told, and never removed in silence.

use custody_core::{
    event::EventKind,
    flow::{Silent, intake, reconcile},
    held_file::StateName,
    id::{CaseId, FileId, ViewingCopyId},
    ports::{Clock as _, Fault, Ledger as _},
};
use custody_desk::views::AttentionKind;
use custody_practice::scenario::{CAROLA, OWEN};
use custody_story_kit::memory::{MemoryWorld, policy};

use crate::support::Stage;

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_meddled_with_fits_and_bytes_are_counted_by_the_ledger_and_by_the_disk() {
    let stage = Stage::demo().await;
    stage.round().await;
    stage.desk().reconcile().await.unwrap();
    let found = stage.desk().view().await.unwrap().reconciled.unwrap();
    let sealed = std::fs::read_dir(stage.places().sealed()).unwrap();
    let lengths: u64 = sealed.map(|entry| entry.unwrap().metadata().unwrap().len()).sum();
    assert!(found.in_order, "{found:#?}");
    assert_eq!((found.whole, found.counted_bytes, found.physical_bytes), (5, lengths, lengths));
    assert!(found.occupied_bytes >= 5 * 512, "small files take whole blocks: {}", found.occupied_bytes);
    assert!(stage.waiting(AttentionKind::NotReconciled).await.is_empty());
    let now = stage.now();
    let report = stage.desk().report(now - jiff::SignedDuration::from_hours(1), now).await.unwrap();
    assert_eq!((report.counted_bytes, report.physical_bytes), (lengths, lengths));
    assert_eq!(report.reconciled.unwrap().found.whole, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lies_beside_the_files_is_told_and_what_was_set_aside_goes_only_by_a_person_with_a_row() {
    let stage = Stage::demo().await;
    stage.round().await;
    let (sealed, viewing) = (stage.places().sealed(), stage.places().viewing().to_owned());
    let (stranger, half) = (FileId::from_bytes([7; 16]), FileId::from_bytes([8; 16]));
    std::fs::write(sealed.join(format!("{stranger}.age")), b"not ours").unwrap();
    std::fs::write(sealed.join(format!("{half}.part")), b"half").unwrap();
    std::fs::write(sealed.join("notes.txt"), b"?").unwrap();
    let unleased = viewing.join(ViewingCopyId::from_bytes([9; 16]).to_string());
    std::fs::create_dir_all(&unleased).unwrap();
    std::fs::write(unleased.join("plain.txt"), b"plain").unwrap();
    std::fs::create_dir_all(stage.places().drop().join(CaseId::from_bytes([3; 16]).to_string())).unwrap();

    let before = stage.desk().head().await.unwrap();
    stage.desk().reconcile().await.unwrap();
    let found = stage.desk().reconciled().await.unwrap().unwrap();
    assert_eq!((found.whole, found.unknown, found.aside, found.aside_bytes), (5, 2, 2, 12), "{found:#?}");
    assert_eq!((found.foreign, found.stray_drop_folders, found.in_order), (1, 1, false));
    assert!(!unleased.exists(), "plaintext that nobody has a lease on does not stay");
    assert!(sealed.join("notes.txt").exists(), "what is not ours is left");
    assert_eq!(stage.waiting(AttentionKind::NotReconciled).await.len(), 1);
    let events = stage.desk().events(before, 10).await.unwrap();
    assert_eq!(events.iter().map(|event| event.event.as_str()).collect::<Vec<_>>(), ["unknown_set_aside"]);

    let aside = stage.desk().aside().await.unwrap();
    let names: Vec<_> = aside.iter().map(|thing| (thing.name.clone(), thing.size, thing.state)).collect();
    assert_eq!(names, [(format!("{stranger}.age"), 8, None), (format!("{half}.part"), 4, None)]);
    assert!(aside.iter().all(|thing| thing.since.is_some()), "each has an age");

    let head = stage.desk().head().await.unwrap();
    let error = stage.desk().erase_aside("../settings.toml").await.unwrap_err();
    assert_eq!(error.fault(), Fault::NotFound);
    assert_eq!(stage.desk().head().await.unwrap(), head, "nothing was erased, so nothing was recorded");
    for (name, ..) in names {
        stage.desk().erase_aside(&name).await.unwrap();
    }
    let events = stage.desk().events(head, 10).await.unwrap();
    assert_eq!(events.iter().map(|event| event.event.as_str()).collect::<Vec<_>>(), ["aside_erased"; 2]);
    assert!(events.iter().all(|event| event.who.to_string() == "Robin Adler"), "the record says who: {events:#?}");
    assert_eq!(std::fs::read_dir(stage.places().aside()).unwrap().count(), 0);
    std::fs::remove_file(sealed.join("notes.txt")).unwrap();
    std::fs::remove_dir(stage.places().drop().join(CaseId::from_bytes([3; 16]).to_string())).unwrap();
    stage.desk().reconcile().await.unwrap();
    assert!(stage.desk().reconciled().await.unwrap().unwrap().in_order);
    assert!(stage.waiting(AttentionKind::NotReconciled).await.is_empty());
    assert!(stage.chain_is_whole().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_file_that_somebody_put_back_is_set_aside_and_known_as_erased() {
    let stage = Stage::demo().await;
    stage.round().await;
    let case = stage.case_of(OWEN.name).await;
    let file = stage.files(case).await[0].id.clone();
    let path = stage.places().sealed().join(format!("{file}.age"));
    let copy = std::fs::read(&path).unwrap();
    stage.practice.customer_asks(case).await.unwrap();
    stage.round().await;
    assert_eq!(stage.states(case).await, ["erased", "erased"]);
    std::fs::write(&path, copy).unwrap();
    stage.desk().reconcile().await.unwrap();
    assert!(!path.exists());
    let aside = stage.desk().aside().await.unwrap();
    assert_eq!((aside.len(), aside[0].state), (1, Some(StateName::Erased)));
    assert_eq!(stage.states(case).await, ["erased", "erased"], "it does not come back");
    assert_eq!(stage.states(stage.case_of(CAROLA.name).await).await, ["held"; 3]);
}

/// Keys cannot be taken out of a real ledger without the ledger's own means, so this is told in memory.
#[tokio::test]
async fn keys_are_counted_against_files_and_part_files_against_what_arrives() {
    let world = MemoryWorld::default();
    let (ports, policy) = (world.ports(), policy());
    world.forum.customer_posts(1, "It crashes.", Some(b"one".to_vec()), world.clock.now());
    world.forum.customer_posts(1, "And this.", Some(b"two".to_vec()), world.clock.now());
    intake::discover(&ports, &policy).await.unwrap();
    let files: Vec<FileId> = world.ledger.all_files().iter().map(custody_core::held_file::HeldFile::id).collect();
    world.strongroom.leave_part(files[0]);
    let found = reconcile::compare(&ports).await.unwrap();
    assert_eq!((found.parts, found.unknown, found.remains), (1, 0, 0), "it arrives: {found:#?}");
    intake::receive(&ports, &policy, &Silent).await.unwrap();
    let found = reconcile::compare(&ports).await.unwrap();
    assert_eq!((found.whole, found.parts, found.is_in_order()), (2, 0, true), "{found:#?}");

    let lost = world.ledger.lose_wraps(files[0]);
    let found = reconcile::compare(&ports).await.unwrap();
    assert_eq!((found.without_key, found.is_in_order()), (1, false), "a held file that nobody can open");
    world.ledger.put_wraps(lost.clone());
    let stray =
        lost.iter().map(|wrap| custody_core::transition::Wrap { file: FileId::from_bytes([7; 16]), ..wrap.clone() });
    world.ledger.put_wraps(stray.collect());
    let found = reconcile::compare(&ports).await.unwrap();
    assert_eq!((found.without_key, found.stray_keys), (0, 1), "a key of a file that is not in custody");
    world.ledger.lose_wraps(FileId::from_bytes([7; 16]));

    world.strongroom.change_epoch_key(2, true);
    let found = reconcile::compare(&ports).await.unwrap();
    assert_eq!(found.old_epoch_keys, 0, "the next epoch's key is made before the ledger names it");
    world.strongroom.change_epoch_key(7, true);
    world.strongroom.change_epoch_key(1, false);
    let found = reconcile::compare(&ports).await.unwrap();
    assert_eq!((found.old_epoch_keys, found.epoch_key_missing), (1, true));
    world.strongroom.change_epoch_key(1, true);
    reconcile::at_start(&ports).await.unwrap();
    assert!(reconcile::last(&ports).await.unwrap().unwrap().found.is_in_order(), "old keys go at the start");
}

#[tokio::test]
async fn remains_of_what_was_refused_and_copies_without_a_lease_are_erased_and_recorded() {
    let world = MemoryWorld::default();
    let (ports, policy) = (world.ports(), policy());
    world.forum.customer_posts(1, "It crashes.", Some(Vec::new()), world.clock.now());
    intake::discover(&ports, &policy).await.unwrap();
    intake::receive(&ports, &policy, &Silent).await.unwrap();
    let refused = world.ledger.files_in(&[StateName::Refused]).await.unwrap();
    world.strongroom.leave_part(refused[0].id());
    world.strongroom.leave_copy(ViewingCopyId::from_bytes([9; 16]));
    let found = reconcile::compare(&ports).await.unwrap();
    assert_eq!((found.remains, found.unknown, found.aside), (2, 0, 0), "{found:#?}");
    let events = world.ledger.all_events();
    assert_eq!(events.last().map(|event| &event.kind), Some(&EventKind::RemainsErased { count: 2 }));
    let again = reconcile::compare(&ports).await.unwrap();
    assert_eq!((again.remains, world.ledger.all_events().len()), (0, events.len()), "and nothing is left to erase");
}
