//! The life of a file, from a private thread to a confirmed receipt.

use custody_core::ports::ChainVerdict;
use custody_practice::scenario::{CAROLA, OWEN};

use crate::support::Stage;

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_ticket_erases_its_files_and_the_customer_gets_one_receipt() {
    let stage = Stage::demo().await;
    stage.round().await;
    let case = stage.case_of(CAROLA.name).await;
    assert_eq!(stage.states(case).await, ["held", "held", "held"]);

    stage.practice.close_ticket(case).await.unwrap();
    stage.round().await;
    assert_eq!(stage.states(case).await, ["due", "due", "due"]);
    stage.days(2);
    stage.round().await;
    assert_eq!(stage.states(case).await, ["due", "due", "due"], "grace is three days");
    stage.days(1);
    stage.round().await;
    assert_eq!(stage.states(case).await, ["erased", "erased", "erased"]);

    let receipt = stage.only_receipt(case).await;
    let letters = stage.practice.world.mail.letters(CAROLA.email);
    assert_eq!(letters.len(), 1);
    stage.practice.customer_confirms(receipt).await.unwrap();
    stage.round().await;
    let view = stage.practice.desk.receipt(receipt).await.unwrap();
    assert_eq!(view.signature_fits, Some(true));
    for letter in [&view.letter, &view.letter_html] {
        assert!(letter.contains(CAROLA.name) && letter.contains(&view.row.token), "{letter}");
    }
    assert!(view.letter_html.contains("<table"), "as the customer saw it: {}", view.letter_html);
    assert_eq!(serde_json::to_value(view.row.standing).unwrap(), "confirmed");
    assert_eq!(serde_json::to_value(view.row.grade).unwrap(), "replied_with_dkim");
    stage.round().await;
    assert_eq!(stage.practice.world.mail.letters(CAROLA.email).len(), 1, "no second letter");
    assert!(matches!(stage.practice.desk.verify_chain().await.unwrap(), ChainVerdict::Whole(_)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_who_asks_in_the_thread_gets_the_files_erased_at_once() {
    let stage = Stage::demo().await;
    stage.round().await;
    let case = stage.case_of(OWEN.name).await;
    stage.practice.customer_asks(case).await.unwrap();
    stage.round().await;
    assert_eq!(stage.states(case).await, ["erased", "erased"]);
    assert_eq!(stage.practice.world.mail.letters(OWEN.email).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_held_file_opens_byte_for_byte_as_the_customer_sent_it() {
    let stage = Stage::demo().await;
    stage.round().await;
    for case in &stage.practice.world.cases {
        let id = stage.case_of(case.customer.name).await;
        let files = stage.files(id).await;
        assert_eq!(files.len(), case.files.len());
        for (held, sent) in files.iter().zip(&case.files) {
            let bytes = stage.read(held.id.parse().unwrap()).await;
            assert!(bytes == sent.chunks().collect::<Vec<_>>().concat(), "{} differs", held.name);
        }
    }
}
