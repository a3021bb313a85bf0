//! A machine that was lost: the record says exactly what was readable there, and whose it was.

use std::collections::BTreeSet;

use custody_core::{Timestamp, incident::Form, report::Span};
use custody_desk::views::IncidentView;
use custody_practice::scenario::{CAROLA, OWEN};
use custody_practice_desk::PRACTICE_PASSPHRASE;

use crate::support::{HALF_AN_HOUR, Stage};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_readable_is_told_file_by_file_with_a_letter_for_each_customer() {
    let stage = Stage::demo().await;
    let before = stage.now();
    stage.hours(1);
    stage.round().await;
    let (owen, carola) = (stage.case_of(OWEN.name).await, stage.case_of(CAROLA.name).await);
    let all = held(&stage).await;
    let held_at = stage.now();

    stage.hours(1);
    let opened: String = stage.files(carola).await[0].id.clone();
    stage.desk().make_viewing_copy(opened.parse().unwrap(), HALF_AN_HOUR, "find the crash".into()).await.unwrap();
    let opened_at = stage.now();
    stage.hours(1);
    stage.desk().lock().await.unwrap();
    stage.hours(1);
    stage.practice.customer_asks(owen).await.unwrap();
    stage.round().await;
    let left = held(&stage).await;
    assert_eq!((all.len(), left.len()), (5, 3));
    stage.hours(1);
    let at_the_end = stage.now();

    let nothing = incident(&stage, before, before).await;
    assert!(nothing.customers.is_empty() && nothing.copies.is_empty(), "before the first file: {nothing:#?}");

    let early = incident(&stage, held_at, held_at).await;
    assert_eq!(named(&early), all, "exactly what the desk held then");
    assert!(early.unlocked && early.copies.is_empty());
    assert!(early.customers.iter().flat_map(|customer| &customer.files).all(|file| file.form == Form::Sealed));

    let open = incident(&stage, opened_at, opened_at).await;
    assert_eq!(open.copies.iter().map(|copy| &copy.file).collect::<Vec<_>>(), [&opened]);
    assert_eq!(open.copies[0].person, "Robin Adler");
    assert_eq!(named(&open), all);

    let late = incident(&stage, at_the_end, at_the_end).await;
    assert_eq!(named(&late), left, "what was erased before the loss was not lost with it");
    assert!(!late.unlocked && late.copies.is_empty());

    let over_all = incident(&stage, before, at_the_end).await;
    assert_eq!(named(&over_all), all, "whatever was there at some moment");
    let erased = over_all.customers.iter().flat_map(|customer| &customer.files).filter(|file| file.erased_at.is_some());
    assert_eq!(erased.count(), 2);
    for customer in &over_all.customers {
        let person = [OWEN, CAROLA].into_iter().find(|person| person.name == customer.name).unwrap();
        assert_eq!(customer.email.as_deref(), Some(person.email));
        let letter = customer.letter.as_ref().unwrap();
        assert!(letter.text.contains(person.name), "{}", letter.text);
        for file in &customer.files {
            assert!(letter.text.contains(&file.name), "{} in\n{}", file.name, letter.text);
        }
        let foreign = over_all.customers.iter().filter(|other| other.name != customer.name);
        for file in foreign.flat_map(|other| &other.files) {
            assert!(!letter.text.contains(&file.name), "nobody is told of another customer's {}", file.name);
        }
    }
    assert!(stage.letters(OWEN).len() + stage.letters(CAROLA).len() == 1, "the receipt went out, and no other letter");
    let last = stage.desk().events(stage.desk().head().await.unwrap() - 1, 1).await.unwrap();
    assert_eq!(last[0].event, "incident_prepared");
    assert!(
        last[0].what.to_string().contains("5 files of 2 customers, 1 of them in viewing copies"),
        "{}",
        last[0].what
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_that_was_ended_was_locked_and_one_that_was_killed_counts_as_it_was_last_seen() {
    let stage = Stage::demo().await;
    stage.round().await;
    stage.hours(1);
    let stage = stage.restart().await;
    stage.hours(1);
    let closed = incident(&stage, stage.now(), stage.now()).await;
    assert!(!closed.unlocked, "whoever ends the desk locks it");
    stage.desk().unlock(PRACTICE_PASSPHRASE.into()).await.unwrap();
    stage.hours(1);
    let open = incident(&stage, stage.now(), stage.now()).await;
    assert!(open.unlocked && open.unlocked_since.is_some());
}

async fn incident(stage: &Stage, from: Timestamp, to: Timestamp) -> IncidentView {
    stage.desk().prepare_incident(Span { from, to }, None).await.unwrap()
}

/// The truth: what the desk itself shows as held.
async fn held(stage: &Stage) -> BTreeSet<String> {
    let files = stage.desk().files().await.unwrap();
    files.into_iter().filter(|file| crate::support::word(file.state) == "held").map(|file| file.id).collect()
}

fn named(incident: &IncidentView) -> BTreeSet<String> {
    incident.customers.iter().flat_map(|customer| &customer.files).map(|file| file.file.clone()).collect()
}
