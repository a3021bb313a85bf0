//! Whole lives on a desk with marked names, titles, contents and keys, and a search for the marks wherever the desk leaves
//! anything.

use std::{collections::BTreeSet, error::Error};

use custody_core::{flow::Silent, hold::HoldScope, id::FileId, period::Period};
use custody_desk::{DeskError, Tables};
use custody_practice::{
    PracticeClock, WorldOptions,
    forum::{Fault, Scope},
    mailbox::{MailFault, TokenAnswer, TokenEndpoint},
    scenario::{CUSTOMERS, Story, canaries, canary},
};
use custody_practice_desk::{PRACTICE_PASSPHRASE, PracticeDesk, oauth_mail_settings};
use custody_story_kit::search::Marks;
use jiff::SignedDuration;
use tempfile::TempDir;

const PASSPHRASE: &str = "cnry zebrawood passphrase 77";
const WRONG_PASSPHRASE: &str = "cnry wrong passphrase 78";
const HOLD_REASON: &str = "cnry hold reason 79";
const REQUEST_REASON: &str = "cnry request reason 80";
const VIEWING_REASON: &str = "cnry viewing reason 81";
const CLIENT_SECRET: &str = "cnry client secret 81";

/// A desk with its world, and every error that was met at it.
pub struct Tale {
    pub practice: PracticeDesk,
    pub marks: Marks,
    _folder: TempDir,
    errors: String,
}

impl Tale {
    pub async fn begin(story: Story) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = PracticeClock::frozen_at("2026-03-02T09:00:00Z".parse().unwrap());
        let options = WorldOptions { clock, story, log_size: 300_000, ..WorldOptions::default() };
        let practice = PracticeDesk::start(&folder.path().join("desk"), options).await.unwrap();
        practice.desk.change_passphrase(PRACTICE_PASSPHRASE.into(), PASSPHRASE.into()).await.unwrap();
        let world = &practice.world;
        let mut marks = canaries();
        marks.extend(
            [canary::FILE_NAME, PASSPHRASE, WRONG_PASSPHRASE, HOLD_REASON, REQUEST_REASON, VIEWING_REASON]
                .map(str::to_owned),
        );
        marks.extend(TokenEndpoint::MARKS.map(str::to_owned));
        marks.push(CLIENT_SECRET.to_owned());
        marks.extend([&world.keys.bob, &world.mail.desk_account().password].map(|secret| secret.clone()));
        Self { practice, marks: Marks::new(marks), _folder: folder, errors: String::new() }
    }

    /// Every mark is found where it is.
    pub fn the_search_finds_every_mark(&self) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("deep")).unwrap();
        for (at, mark) in self.marks.iter().enumerate() {
            let mut bytes = vec![0xfe; 70_000];
            bytes.extend_from_slice(mark.as_bytes());
            bytes.push(0);
            std::fs::write(folder.path().join("deep").join(format!("{at}.bin")), bytes).unwrap();
        }
        let found: BTreeSet<_> = self.marks.in_folder(folder.path()).unwrap().into_iter().map(|hit| hit.mark).collect();
        assert_eq!(found, self.marks.iter().map(str::to_owned).collect());
    }

    /// Intake, viewing copies, holds, requests, erasures, receipts, confirmations, and everything that may go wrong on the
    /// way. At the end every ticket is closed, and the time for answers is over.
    pub async fn play(&mut self) {
        self.go_wrong().await;
        self.rounds(2).await;
        self.look().await;
        let cases = self.practice.desk.cases().await.unwrap();
        let review = self.practice.desk.now() + SignedDuration::from_hours(24);
        let mut holds = Vec::new();
        for row in &cases {
            let scope = HoldScope::Case(row.id.parse().unwrap());
            holds.push(self.practice.desk.place_hold(scope, HOLD_REASON.into(), review).await.unwrap());
        }
        for (at, row) in cases.iter().enumerate() {
            let case = row.id.parse().unwrap();
            match at % 3 {
                0 => self.practice.customer_asks(case).await.unwrap(),
                // One without files in custody has nothing to be erased.
                1 => self.note(self.practice.desk.ask_erasure(case, None, REQUEST_REASON.into()).await.err()),
                _ => self.practice.close_ticket(case).await.unwrap(),
            }
        }
        self.rounds(1).await;
        self.practice.world.mail.fault(&MailFault::Greylist { tries: 1 });
        for hold in holds {
            self.practice.desk.lift_hold(hold, HOLD_REASON.into()).await.unwrap();
        }
        self.rounds(1).await;
        self.nothing_leaked("with files on their way").await;
        for topic in self.practice.world.forum.topics() {
            self.practice.world.forum.close(topic.id).unwrap();
        }
        self.rounds(1).await;
        self.practice.world.clock.advance(SignedDuration::from_hours(24 * 4));
        self.rounds(2).await;
        let receipts = self.practice.desk.receipts().await.unwrap();
        assert!(!receipts.is_empty());
        for (at, row) in receipts.iter().enumerate() {
            let receipt = row.id.parse().unwrap();
            self.practice.desk.receipt_file(receipt).await.unwrap();
            if at % 2 == 0 {
                self.practice.customer_confirms(receipt).await.unwrap();
            }
        }
        self.answer_with_everything();
        self.rounds(1).await;
        // What came back waits for a person, and keeps what it needs to be sent again.
        for row in &receipts {
            self.practice.desk.resend_receipt(row.id.parse().unwrap()).await.unwrap();
        }
        self.rounds(1).await;
        let now = self.practice.desk.now();
        self.practice.desk.report(now - SignedDuration::from_hours(24 * 30), now).await.unwrap();
        self.practice.desk.lock().await.unwrap();
        self.nothing_leaked("with receipts out").await;
        self.practice.world.clock.advance(SignedDuration::from_hours(24 * 31));
        self.rounds(3).await;
    }

    /// Once nothing more is expected of any case, no table names anybody.
    pub async fn everything_is_forgotten(&self) {
        let states = self.practice.desk.files().await.unwrap();
        assert!(states.is_empty(), "everything is erased or refused: {states:#?}");
        let dump = self.dump(Tables::All).await;
        let found = self.marks.in_bytes(dump.as_bytes());
        let lines: Vec<_> = dump.lines().filter(|line| found.iter().any(|mark| line.contains(mark))).collect();
        assert!(found.is_empty(), "{found:?} in {lines:#?}");
    }

    /// Files, file names, errors and the kept tables.
    pub async fn nothing_leaked(&self, when: &str) {
        let root = self.practice.desk.places().root().to_owned();
        let hits = self.marks.in_folder(&root).unwrap();
        assert!(hits.is_empty(), "{when}: {hits:?}");
        let found = self.marks.in_bytes(self.errors.as_bytes());
        assert!(found.is_empty(), "{when}: {found:?} in errors:\n{}", self.errors);
        let dump = self.dump(Tables::Kept).await;
        let found = self.marks.in_bytes(dump.as_bytes());
        let lines: Vec<_> = dump.lines().filter(|line| found.iter().any(|mark| line.contains(mark))).collect();
        assert!(found.is_empty(), "{when}: {found:?} in {lines:#?}");
    }

    pub async fn end(self) {
        let root = self.practice.desk.places().root().to_owned();
        let Self { practice: PracticeDesk { desk, .. }, _folder, marks, .. } = self;
        desk.close().await;
        // With the log of writes ended, too.
        assert_eq!(marks.in_folder(&root).unwrap(), []);
    }

    /// Errors of all kinds are met while there is something to leak.
    async fn go_wrong(&mut self) {
        let desk = self.practice.desk.clone();
        desk.lock().await.unwrap();
        self.note(desk.unlock(WRONG_PASSPHRASE.into()).await.err());
        desk.unlock(PASSPHRASE.into()).await.unwrap();
        self.note(desk.change_passphrase(WRONG_PASSPHRASE.into(), PASSPHRASE.into()).await.err());
        let faults = self.practice.world.forum.faults().clone();
        for bad in [
            Fault::BadGateway,
            Fault::BrokenJson,
            Fault::ForeignRedirect,
            Fault::RedirectLoop,
            Fault::FirewallChallenge,
            Fault::BadCsrf,
            Fault::Hangup,
        ] {
            for scope in [Scope::All, Scope::Path("/uploads/".to_owned()), Scope::Path("/t/".to_owned())] {
                let id = faults.switch_on(bad.clone(), scope);
                self.note(desk.connect_forum(desk.settings().forum.unwrap(), canary_key()).await.err());
                let _ = desk.round(&Silent).await;
                let _ = desk.doctor().await;
                faults.switch_off(id);
                self.practice.world.clock.advance(SignedDuration::from_hours(7));
            }
        }
        let mail = desk.settings().mail.unwrap();
        let wrong: custody_core::Private<String> = PASSPHRASE.into();
        self.note(desk.connect_mail(mail.clone(), wrong.clone(), wrong).await.err());
        let mut unknown = mail;
        unknown.smtp.user = CUSTOMERS[0].email.to_owned();
        let wrong: custody_core::Private<String> = WRONG_PASSPHRASE.into();
        self.note(desk.connect_mail(unknown, wrong.clone(), wrong).await.err());
        self.go_wrong_with_tokens().await;
        self.note(desk.open_file(FileId::from_bytes([1; 16])).await.err());
        assert!(self.errors.lines().count() > 20, "errors were met:\n{}", self.errors);
    }

    /// The same with access tokens, by which mail goes from here on.
    async fn go_wrong_with_tokens(&mut self) {
        let desk = self.practice.desk.clone();
        let mail = oauth_mail_settings(&self.practice.world).unwrap();
        let secret = || Some(CLIENT_SECRET.into());
        let [refresh, access] = TokenEndpoint::MARKS;
        self.note(desk.connect_mail_by_oauth(mail.clone(), refresh.into(), secret()).await.err());
        self.note(desk.connect_mail(mail.clone(), access.into(), access.into()).await.err());
        let endpoint = self.practice.world.mail.token_endpoint();
        endpoint.require_client_secret(CLIENT_SECRET);
        let token = endpoint.grant(&self.practice.world.mail.desk_account().user);
        desk.connect_mail_by_oauth(mail.clone(), token.into(), secret()).await.unwrap();
        for (status, body) in [
            (400, format!(r#"{{"error":"invalid_grant","error_description":"{refresh} {CLIENT_SECRET}"}}"#)),
            (200, format!(r#"{{"access_token":["{access}"]}}"#)),
            (200, format!(r#"{{"access_token":"{access}\r\nx"}}"#)),
            (500, format!("{refresh} {access}")),
        ] {
            self.practice.world.clock.advance(SignedDuration::from_hours(7));
            let endpoint = self.practice.world.mail.token_endpoint();
            endpoint.answer_with(Some(TokenAnswer::new(status, &body)));
            let _ = desk.round(&Silent).await;
            for check in desk.doctor().await {
                self.errors.push_str(&format!("{check:?}\n"));
            }
            self.note(desk.connect_mail_by_oauth(mail.clone(), refresh.into(), secret()).await.err());
        }
        self.practice.world.mail.token_endpoint().answer_with(None);
        self.errors.push_str(&format!("{:?} {:?}", desk, desk.settings()));
    }

    /// Opens every file, and looks at one through a viewing copy, which is found and then gone.
    async fn look(&mut self) {
        let desk = self.practice.desk.clone();
        for file in desk.files().await.unwrap() {
            let id: FileId = file.id.parse().unwrap();
            match desk.open_file(id).await {
                Ok(mut body) => while body.next().await.unwrap().is_some() {},
                Err(error) => self.note(Some(error)),
            }
            match desk.open_viewer(id).await {
                Ok(viewer) => {
                    let _ = viewer.search(0, canary::CONTENT, false);
                    // Of a text the rows, of an archive the entries; what it is not is refused.
                    self.note(viewer.rows(0, 0, false, 100).await.err());
                    if let Ok(listing) = viewer.entries(0).await {
                        for at in 0..listing.entries.len() {
                            viewer.open_entry(0, at as u32).await.unwrap();
                        }
                    }
                }
                Err(error) => self.note(Some(error)),
            }
            let Ok((view, _)) = desk.make_viewing_copy(id, Period::minutes(30), VIEWING_REASON.into()).await else {
                continue;
            };
            let viewing = desk.places().viewing().to_owned();
            let seen = self.marks.in_folder(&viewing).unwrap();
            assert!(
                seen.iter().any(|hit| hit.mark == canary::CONTENT),
                "a viewing copy is plaintext, and would be found"
            );
            desk.end_viewing_copy(view.id.parse().unwrap()).await.unwrap();
            assert_eq!(self.marks.in_folder(&viewing).unwrap(), []);
        }
    }

    /// Every customer writes to the desk about everything, and somebody else does in their name.
    fn answer_with_everything(&self) {
        let mail = &self.practice.world.mail;
        for person in CUSTOMERS {
            for letter in mail.letters(person.email) {
                mail.vacation_reply(person.email, &letter);
                mail.forged_reply(person.email, &letter, &format!("I am {} of {}.", person.name, canary::POST));
                mail.bounce(person.email, &letter);
            }
        }
    }

    async fn rounds(&mut self, count: u32) {
        for _ in 0..count {
            let _ = self.practice.desk.round(&Silent).await;
            let _ = self.practice.desk.reconcile().await.unwrap();
            self.practice.world.clock.advance(SignedDuration::from_hours(7));
        }
    }

    async fn dump(&self, tables: Tables) -> String {
        let mut dump = String::new();
        let mut line = |text: &str| {
            dump.push_str(text);
            dump.push('\n');
        };
        self.practice.desk.dump(tables, &mut line).await.unwrap();
        dump
    }

    /// Everything a log or a terminal could show of an error.
    fn note(&mut self, error: Option<DeskError>) {
        let Some(error) = error else { return };
        let told = error.problem();
        self.errors.push_str(&format!("{error}\n{error:?}\n{error:#?}\n{}\n{}\n", told.what, told.todo));
        let mut cause = error.source();
        while let Some(error) = cause {
            self.errors.push_str(&format!("  {error}\n  {error:?}\n"));
            cause = error.source();
        }
    }
}

fn canary_key() -> custody_core::Private<String> {
    format!("{}00000000000000000000", canaries().into_iter().find(|mark| mark.starts_with("6361")).unwrap()).into()
}
