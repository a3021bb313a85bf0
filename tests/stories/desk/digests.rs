//! The digest: staff are told what will be erased, once a day at the most, and nobody is named in it.

use custody_core::{own_date::OwnDateScope, period::Period, ports::Fault};
use custody_practice::{
    mailbox::{DropPoint, Letter, MailFault},
    scenario::{CAROLA, OWEN},
};
use jiff::SignedDuration;

use crate::support::Stage;

const PRIVACY: &str = "privacy@support.example";

/// Files are in, Carola's go in five days, and digests go to the staff who answer for it.
async fn with_digest() -> Stage {
    let stage = Stage::demo().await;
    stage.practice.world.mail.account(PRIVACY);
    stage.round().await;
    let carola = stage.case_of(CAROLA.name).await;
    let end = stage.now().checked_add(SignedDuration::from_hours(5 * 24)).unwrap();
    stage.desk().give_own_date(OwnDateScope::Case(carola), end, "The fix ships then".into()).await.unwrap();
    stage.change_settings(|settings| settings.digest.to = Some(PRIVACY.to_owned())).await;
    stage
}

fn digests(stage: &Stage) -> Vec<Letter> {
    stage.practice.world.mail.letters(PRIVACY)
}

#[tokio::test(flavor = "multi_thread")]
async fn one_digest_a_day_says_how_many_files_go_and_names_nobody() {
    let stage = with_digest().await;
    stage.round().await;
    stage.round().await;
    let stage = stage.restart().await;
    stage.round().await;
    let letters = digests(&stage);
    assert_eq!(letters.len(), 1, "however often the desk looks, and after a restart");
    let carola = stage.case_of(CAROLA.name).await;
    let text = String::from_utf8_lossy(&letters[0].raw).into_owned();
    assert!(text.contains(&carola.short()) && text.contains("3 files"), "{text}");
    let owen = stage.case_of(OWEN.name).await;
    assert!(!text.contains(&owen.short()), "Owen's files stay longer than a week");
    for private in [CAROLA.name, CAROLA.username, CAROLA.email, "ledger", "cnryfile"] {
        assert!(!text.contains(private), "{private} is in the digest");
    }
    stage.hours(25);
    stage.round().await;
    assert_eq!(digests(&stage).len(), 2, "the next day there is another");
    let notices = stage.desk().notices().await.unwrap();
    assert_eq!((notices.cases.len(), notices.cases[0].files), (1, 3), "and anybody at the desk may look");
    assert!(notices.mailed_at.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_to_say_is_not_said_and_no_setting_makes_it_more_than_one_a_day() {
    let stage = with_digest().await;
    let carola = stage.case_of(CAROLA.name).await;
    stage.desk().withdraw_own_date(OwnDateScope::Case(carola)).await.unwrap();
    stage.round().await;
    assert_eq!(digests(&stage).len(), 0, "no file goes within a week");
    stage
        .change_settings(|settings| {
            settings.digest.ahead = Period::days(100);
            settings.digest.every = Period::minutes(1);
        })
        .await;
    for _ in 0..4 {
        stage.round().await;
        stage.hours(5);
    }
    assert_eq!(digests(&stage).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_on_a_bad_day_gets_the_digest_later_and_once() {
    for (bad, fault) in [
        (MailFault::Greylist { tries: 1 }, Fault::ServerTrouble),
        // It arrived, and the desk cannot know it.
        (MailFault::DropSmtp { at: DropPoint::Answer, times: 1 }, Fault::Unreachable),
    ] {
        let stage = with_digest().await;
        stage.practice.world.mail.fault(&bad);
        stage.round_with(fault).await;
        stage.hours(2);
        stage.round().await;
        stage.round().await;
        assert_eq!(digests(&stage).len(), 1, "{bad:?}");
    }
}
