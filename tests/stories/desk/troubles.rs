//! Servers on bad days. Whatever they answer: nothing is erased by it, nothing is lost, no receipt claims anything, a person
//! is told, and once it is over the next round goes on by itself.

use custody_core::ports::{Fault, Job};
use custody_desk::views::{AttentionKind, ReceiptStanding};
use custody_practice::{
    forum::{Fault as Bad, Scope, UserScope},
    mailbox::{DropPoint, MailFault},
    scenario::{CAROLA, OWEN},
};
use custody_practice_desk::forum_settings;

use crate::support::{Stage, assert_told, word};

/// A bad day of the forum, and what a person is told of it.
#[derive(Clone, Debug)]
enum Trouble {
    Unplugged,
    RevokedKey,
    Answers(Bad),
}

/// Longer than any pause before another attempt.
const LATER: i64 = 7;

fn bad_days() -> Vec<(Trouble, Fault)> {
    use Trouble::{Answers, RevokedKey, Unplugged};
    vec![
        (Unplugged, Fault::Unreachable),
        (Answers(Bad::Hangup), Fault::Unreachable),
        (Answers(Bad::InternalError), Fault::ServerTrouble),
        (Answers(Bad::BadGateway), Fault::ServerTrouble),
        (Answers(Bad::ReadOnly), Fault::ServerTrouble),
        (Answers(Bad::TooManyRequests { wait_seconds: 600 }), Fault::RateLimited),
        (Answers(Bad::FirewallChallenge), Fault::Blocked),
        (Answers(Bad::BadCsrf), Fault::CredentialsRefused),
        (RevokedKey, Fault::CredentialsRefused),
        (Answers(Bad::BrokenJson), Fault::AnswerNotUnderstood),
        (Answers(Bad::RedirectLoop), Fault::BadRedirect),
        (Answers(Bad::HttpDowngradeRedirect), Fault::BadRedirect),
        (Answers(Bad::ForeignRedirect), Fault::BadRedirect),
    ]
}

impl Trouble {
    async fn begin(&self, stage: &Stage) {
        let world = &stage.practice.world;
        match self {
            Self::Unplugged => world.forum.unplug().await,
            Self::RevokedKey => world.forum.revoke_key(&world.keys.bob).unwrap(),
            Self::Answers(bad) => drop(world.forum.faults().switch_on(bad.clone(), Scope::All)),
        }
    }

    /// The trouble is over, and some hours go by.
    async fn end(&self, stage: &Stage) {
        let world = &stage.practice.world;
        match self {
            Self::Unplugged => world.forum.plug_in().await,
            Self::RevokedKey => {
                let all = [UserScope::Read, UserScope::Write, UserScope::SessionInfo];
                let key = world.forum.issue_user_key("bob", &all).unwrap();
                stage.desk().connect_forum(forum_settings(world).unwrap(), key.into()).await.unwrap();
            }
            Self::Answers(_) => world.forum.faults().clear(),
        }
        stage.hours(LATER);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forum_on_a_bad_day_delays_intake_and_loses_nothing() {
    for (trouble, fault) in bad_days() {
        let stage = Stage::demo().await;
        trouble.begin(&stage).await;
        let round = stage.round_with(fault).await;
        round.problems.iter().for_each(|met| assert_told(&met.problem));
        assert_eq!(round.sealed, 0, "{trouble:?}");
        trouble.end(&stage).await;
        stage.round().await;
        for customer in [OWEN, CAROLA] {
            let files = stage.files(stage.case_of(customer.name).await).await;
            for (held, sent) in files.iter().zip(&stage.told(customer).files) {
                let bytes = stage.read(held.id.parse().unwrap()).await;
                assert!(bytes == sent.chunks().collect::<Vec<_>>().concat(), "{trouble:?}: {} differs", held.name);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forum_on_a_bad_day_erases_nothing_even_where_grace_is_over() {
    for (trouble, fault) in bad_days() {
        let stage = Stage::demo().await;
        stage.round().await;
        let case = stage.case_of(CAROLA.name).await;
        stage.practice.close_ticket(case).await.unwrap();
        stage.round().await;
        trouble.begin(&stage).await;
        stage.days(4);
        let round = stage.round_with(fault).await;
        assert_eq!(round.erased, 0, "{trouble:?}");
        let states = stage.states(case).await;
        assert!(states.iter().all(|state| state == "due" || state == "held"), "{trouble:?}: {states:?}");
        assert!(stage.receipts(case).await.is_empty(), "{trouble:?}");
        assert_eq!(word(stage.desk().case(case).await.unwrap().row.ticket_state), "in_doubt", "{trouble:?}");

        trouble.end(&stage).await;
        stage.round().await;
        stage.days(4);
        stage.round().await;
        assert_eq!(stage.states(case).await, ["erased", "erased", "erased"], "{trouble:?}");
        assert_eq!(stage.letters(CAROLA).len(), 1, "{trouble:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_that_goes_wrong_is_thrown_away_and_fetched_again_by_itself() {
    let bad = [
        // Whether what came before the end of the connection is still read is the network's choice.
        (Bad::ResetAfter { bytes: 70 }, &[Fault::WrongLength, Fault::Unreachable][..]),
        (Bad::TruncatedAfter { bytes: 70 }, &[Fault::WrongLength, Fault::Unreachable][..]),
        (Bad::WrongContentLength { extra: 10 }, &[Fault::WrongLength, Fault::Unreachable][..]),
        (Bad::ShortAfter { bytes: 70 }, &[Fault::ContentChanged][..]),
        (Bad::ChangedContent, &[Fault::ContentChanged][..]),
        (Bad::BadGateway, &[Fault::ServerTrouble][..]),
        (Bad::FirewallChallenge, &[Fault::Blocked][..]),
        (Bad::TooManyRequests { wait_seconds: 600 }, &[Fault::RateLimited][..]),
        (Bad::RedirectLoop, &[Fault::BadRedirect][..]),
        (Bad::HttpDowngradeRedirect, &[Fault::BadRedirect][..]),
    ];
    for (bad, told) in bad {
        let stage = Stage::demo().await;
        let faults = stage.practice.world.forum.faults();
        faults.switch_on(bad.clone(), Scope::Path("/uploads/".to_owned()));
        let round = stage.practice.desk.round(&custody_core::flow::Silent).await;
        let codes: Vec<_> = round.problems.iter().map(|met| met.problem.code).collect();
        assert!(codes.iter().any(|code| told.contains(code)), "{bad:?}: {codes:?}");
        let case = stage.case_of(OWEN.name).await;
        for file in stage.files(case).await {
            assert_eq!(word(file.state), "arriving", "{bad:?}");
            let problem = file.problem.unwrap_or_else(|| panic!("{bad:?} is not shown at the file"));
            assert!(told.contains(&problem.code), "{bad:?}: {:?}", problem.code);
            assert_told(&problem);
        }
        assert_eq!(sealed_on_disk(&stage), 0, "{bad:?}");

        faults.clear();
        stage.hours(LATER);
        stage.round().await;
        let files = stage.files(case).await;
        for (held, sent) in files.iter().zip(&stage.told(OWEN).files) {
            let bytes = stage.read(held.id.parse().unwrap()).await;
            assert!(bytes == sent.chunks().collect::<Vec<_>>().concat(), "{bad:?}: {} differs", held.name);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_on_a_bad_day_delays_the_letter_and_not_the_erasure() {
    let bad = [
        (MailFault::Greylist { tries: 1 }, Fault::ServerTrouble),
        (MailFault::FullDisk(true), Fault::ServerTrouble),
        (MailFault::HideStartTls(true), Fault::Tls),
        (MailFault::BreakTls { times: 99 }, Fault::Tls),
        (MailFault::DropSmtp { at: DropPoint::Greeting, times: 9 }, Fault::Unreachable),
        (MailFault::DropSmtp { at: DropPoint::Data, times: 9 }, Fault::Unreachable),
        // The letter arrived, and the desk cannot know it.
        (MailFault::DropSmtp { at: DropPoint::Answer, times: 1 }, Fault::Unreachable),
    ];
    for (bad, fault) in bad {
        let stage = Stage::demo().await;
        stage.round().await;
        let case = stage.case_of(OWEN.name).await;
        let mail = &stage.practice.world.mail;
        mail.fault(&bad);
        stage.practice.customer_asks(case).await.unwrap();
        let round = stage.round_with(fault).await;
        round.problems.iter().for_each(|met| assert_told(&met.problem));
        assert_eq!(stage.states(case).await, ["erased", "erased"], "{bad:?}");
        let waiting = stage.receipts(case).await;
        assert_eq!(waiting.len(), 1, "{bad:?}");
        assert_eq!(waiting[0].standing, ReceiptStanding::Waiting, "{bad:?}");

        mail.clear_faults();
        stage.hours(LATER);
        stage.round().await;
        assert_eq!(stage.standing(stage.only_receipt(case).await).await, "sent", "{bad:?}");
        assert_eq!(stage.letters(OWEN).len(), 1, "{bad:?}");
        let twice = u64::from(matches!(bad, MailFault::DropSmtp { at: DropPoint::Answer, .. }));
        assert_eq!(mail.duplicates(OWEN.email), twice, "{bad:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_is_refused_for_good_waits_for_a_person_and_is_kept() {
    let stage = Stage::demo().await;
    stage.round().await;
    let case = stage.case_of(OWEN.name).await;
    stage.practice.world.mail.fault(&MailFault::RefuseLetter { times: 1 });
    stage.practice.customer_asks(case).await.unwrap();
    let round = stage.round_with(Fault::AddressRefused).await;
    assert_told(&round.problems[0].problem);
    let receipt = stage.only_receipt(case).await;
    assert_eq!(stage.standing(receipt).await, "bounced");
    assert_eq!(stage.waiting(AttentionKind::ReceiptBounced).await.len(), 1);
    stage.hours(LATER);
    stage.round().await;
    assert!(stage.letters(OWEN).is_empty(), "it is not tried again by itself");
    stage.desk().resend_receipt(receipt).await.unwrap();
    stage.round().await;
    assert_eq!(stage.letters(OWEN).len(), 1);
}

fn sealed_on_disk(stage: &Stage) -> usize {
    let entries = std::fs::read_dir(stage.places().sealed()).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.extension().is_some_and(|kind| kind == "age")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_that_is_made_public_before_the_download_is_not_taken_in() {
    let stage = Stage::demo().await;
    let forum = &stage.practice.world.forum;
    forum.faults().switch_on(Bad::BadGateway, Scope::Path("/uploads/".to_owned()));
    stage.practice.desk.round(&custody_core::flow::Silent).await;
    let case = stage.case_of(OWEN.name).await;
    assert_eq!(stage.states(case).await, ["arriving", "arriving"]);
    forum.make_public(stage.topic(OWEN), None).unwrap();
    forum.faults().clear();
    stage.hours(LATER);
    stage.round().await;
    for file in stage.files(case).await {
        assert_eq!((word(file.state), file.refused.map(word).as_deref()), ("refused".to_owned(), Some("not_private")));
    }
    assert_eq!(stage.waiting(AttentionKind::CaseExposed).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_that_is_made_public_later_is_shown_and_what_is_held_of_it_stays() {
    let stage = Stage::demo().await;
    stage.round().await;
    let case = stage.case_of(OWEN.name).await;
    let forum = &stage.practice.world.forum;
    forum.make_public(stage.topic(OWEN), None).unwrap();
    stage.desk().round(&custody_core::flow::Silent).await;
    let exposed = stage.waiting(AttentionKind::CaseExposed).await;
    assert_eq!(exposed.iter().map(|view| view.case.as_deref().unwrap()).collect::<Vec<_>>(), [case.to_string()]);
    assert_eq!(stage.states(case).await, ["held", "held"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sweep_that_cannot_read_the_ticket_right_before_erasing_says_so() {
    let stage = Stage::demo().await;
    stage.round().await;
    let case = stage.case_of(CAROLA.name).await;
    stage.practice.close_ticket(case).await.unwrap();
    stage.round().await;
    stage.days(3);
    stage.practice.world.forum.unplug().await;
    // The sweep alone: nothing else asks the forum.
    let round = stage.desk().sweep().await;
    let told: Vec<_> = round.problems.iter().map(|met| (met.job, met.problem.code)).collect();
    assert!(told.contains(&(Job::Sweep, Fault::Unreachable)), "{told:?}");
    assert_eq!((round.erased, stage.states(case).await), (0, vec!["due".to_owned(); 3]));
    stage.practice.world.forum.plug_in().await;
    stage.hours(LATER);
    stage.round().await;
    assert_eq!(stage.states(case).await, ["erased"; 3]);
}
