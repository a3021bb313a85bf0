//! The first run of a desk of one's own: the recovery kit comes before the first file, and what was done is found again.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::sync::Arc;

use custody_core::{Private, flow::Silent, ports::Fault};
use custody_desk::{
    Desk, DeskOptions, KeyStore, Places, WorkFactor,
    views::{AttentionKind, Connection, FoundView, KitStanding, SetupStanding, SetupStep},
};
use custody_practice::{World, WorldOptions, scenario::Story};
use custody_practice_desk::{PracticeDesk, forum_settings, mail_settings};
use tempfile::TempDir;

const PASSPHRASE: &str = "otter basalt lantern plum";

struct Own {
    desk: Desk,
    world: World,
    folder: TempDir,
}

impl Own {
    async fn make() -> Self {
        let options = WorldOptions { story: Story::Demo, log_size: 100_000, ..WorldOptions::default() };
        let world = World::start(options).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk::create(places(&folder), KeyStore::KeyFile, PASSPHRASE.into(), options_of(&world)).await;
        let desk = desk.unwrap();
        desk.begin_setup().await.unwrap();
        Self { desk, world, folder }
    }

    async fn connect(&self) {
        let key = self.world.keys.bob.as_str().into();
        self.desk.connect_forum(forum_settings(&self.world).unwrap(), key).await.unwrap();
    }

    /// Ends the desk and opens it again, as a restart does.
    async fn again(self) -> Self {
        let Self { desk, world, folder } = self;
        desk.close().await;
        let desk = Desk::open(places(&folder), options_of(&world)).await.unwrap();
        desk.unlock(PASSPHRASE.into()).await.unwrap();
        Self { desk, world, folder }
    }

    async fn faults(&self) -> Vec<Fault> {
        self.desk.round(&Silent).await.problems.iter().map(|met| met.problem.code).collect()
    }

    async fn held(&self) -> usize {
        let files = self.desk.files().await.unwrap();
        files.iter().filter(|file| format!("{:?}", file.state) == "Held").count()
    }

    async fn waits_for_kit(&self) -> bool {
        self.desk.attention().await.unwrap().iter().any(|it| it.kind == AttentionKind::KitNotSaved)
    }

    async fn standings(&self) -> Option<Vec<(SetupStep, SetupStanding)>> {
        let setup = self.desk.setup().await.unwrap()?;
        Some(setup.steps.iter().map(|it| (it.step, it.standing)).collect())
    }
}

fn places(folder: &TempDir) -> Places {
    Places::under(folder.path().join("desk")).unwrap()
}

fn options_of(world: &World) -> DeskOptions {
    DeskOptions {
        clock: Arc::new(world.clock.clone()),
        work_factor: WorkFactor::PRACTICE,
        person: "Robin Adler".into(),
        ..DeskOptions::default()
    }
}

fn typed(words: &[&str]) -> Vec<Private<String>> {
    words.iter().map(|word| Private::from(*word)).collect()
}

#[tokio::test]
async fn no_file_is_sealed_before_the_recovery_kit_was_shown_to_be_saved() {
    let own = Own::make().await;
    own.connect().await;
    assert_eq!(own.desk.kit_standing().await.unwrap(), KitStanding::None);
    assert!(own.faults().await.contains(&Fault::KitNotSaved));
    assert_eq!(own.held().await, 0);
    assert_eq!(own.desk.files().await.unwrap().len(), 5, "what waits is known and shown");
    assert!(own.waits_for_kit().await);
    let case = own.desk.files().await.unwrap()[0].case.parse().unwrap();
    let outside = tempfile::NamedTempFile::new().unwrap();
    let refused = own.desk.look_at_files(case, vec![outside.path().to_owned()]).await;
    assert_eq!(refused.unwrap_err().fault(), Fault::KitNotSaved, "nothing is moved here either");

    // Made is not saved, and wrong words show nothing.
    let kit = own.desk.show_new_kit().await.unwrap();
    assert_eq!((kit.words.len(), kit.asked.len()), (24, 3));
    assert_eq!(own.desk.kit_standing().await.unwrap(), KitStanding::Made);
    for wrong in [&["zoo", "zoo", "zoo"][..], &[], &["zoo"]] {
        assert!(!own.desk.answer_kit_words(&typed(wrong)).await.unwrap(), "{wrong:?}");
    }
    assert!(own.faults().await.contains(&Fault::KitNotSaved));
    assert_eq!(own.held().await, 0);

    // A restart forgets the words, and with them the question.
    let own = own.again().await;
    assert_eq!(own.desk.answer_kit_words(&typed(&["zoo"])).await.unwrap_err().fault(), Fault::NoRecoveryKit);
    let kit = own.desk.show_new_kit().await.unwrap();
    let asked: Vec<String> =
        kit.asked.iter().map(|number| format!(" {} ", kit.words[*number as usize - 1].to_uppercase())).collect();
    let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
    assert!(own.desk.answer_kit_words(&typed(&asked)).await.unwrap(), "however they are typed");
    assert_eq!(own.desk.kit_standing().await.unwrap(), KitStanding::Saved);
    assert!(!own.waits_for_kit().await);
    assert!(!own.faults().await.contains(&Fault::KitNotSaved));
    assert_eq!(own.held().await, 5);
    assert_eq!(own.desk.answer_kit_words(&typed(&asked)).await.unwrap_err().fault(), Fault::NoRecoveryKit);
}

#[tokio::test]
async fn locking_forgets_the_words_that_were_shown() {
    let own = Own::make().await;
    let kit = own.desk.show_new_kit().await.unwrap();
    let asked: Vec<&str> = kit.asked.iter().map(|number| kit.words[*number as usize - 1].as_str()).collect();
    own.desk.lock().await.unwrap();
    own.desk.unlock(PASSPHRASE.into()).await.unwrap();
    assert_eq!(own.desk.answer_kit_words(&typed(&asked)).await.unwrap_err().fault(), Fault::NoRecoveryKit);
    assert_eq!(own.desk.kit_standing().await.unwrap(), KitStanding::Made);
}

#[tokio::test]
async fn a_kit_that_was_sealed_for_somebody_counts_once_it_is_in_their_hands() {
    let own = Own::make().await;
    assert_eq!(own.desk.kit_was_handed_over().await.unwrap_err().fault(), Fault::NoRecoveryKit);
    let escrow = "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa".parse().unwrap();
    let sealed = own.desk.seal_new_kit(&escrow).await.unwrap();
    assert!(sealed.starts_with("-----BEGIN AGE ENCRYPTED FILE-----"));
    assert_eq!(own.desk.kit_standing().await.unwrap(), KitStanding::Made);
    own.desk.kit_was_handed_over().await.unwrap();
    assert_eq!(own.desk.kit_standing().await.unwrap(), KitStanding::Saved);
}

#[tokio::test]
async fn a_desk_that_holds_files_goes_on_without_a_saved_kit_and_says_so() {
    let own = Own::make().await;
    own.connect().await;
    let kit = own.desk.make_recovery_kit().await.unwrap();
    assert!(own.desk.confirm_recovery_kit(&kit).await.unwrap());
    assert!(!own.faults().await.contains(&Fault::KitNotSaved));
    // Another kit, of which nobody has shown anything yet.
    own.desk.make_recovery_kit().await.unwrap();
    assert_eq!(own.desk.kit_standing().await.unwrap(), KitStanding::Made);
    assert!(!own.desk.confirm_recovery_kit(&kit).await.unwrap(), "the earlier one opens nothing any more");
    assert!(!own.faults().await.contains(&Fault::KitNotSaved));
    assert!(own.waits_for_kit().await);
}

#[tokio::test]
async fn a_practice_desk_asks_for_no_kit_and_has_no_first_run() {
    let folder = tempfile::tempdir().unwrap();
    let options = WorldOptions { story: Story::Demo, log_size: 100_000, ..WorldOptions::default() };
    let practice = PracticeDesk::start(&folder.path().join("desk"), options).await.unwrap();
    let round = practice.desk.round(&Silent).await;
    assert_eq!((round.sealed, round.problems.len()), (5, 0));
    assert!(practice.desk.setup().await.unwrap().is_none());
    assert!(practice.desk.attention().await.unwrap().is_empty());
}

#[tokio::test]
async fn the_first_run_is_left_and_found_again_as_it_was() {
    use SetupStanding::{Done, Later, Open};
    use SetupStep::{Forum, Kit, Rule, Servers};
    let own = Own::make().await;
    assert_eq!(own.standings().await, Some(vec![(Kit, Open), (Forum, Open), (Servers, Open), (Rule, Open)]));
    own.desk.pass_setup_step(Kit).await.unwrap();
    own.connect().await;
    let own = own.again().await;
    assert_eq!(own.standings().await, Some(vec![(Kit, Later), (Forum, Done), (Servers, Open), (Rule, Open)]));

    let password: Private<String> = own.world.mail.desk_account().password.into();
    let mail = mail_settings(&own.world);
    let found = own.desk.try_mail(&mail, "wrong".into()).await.unwrap();
    assert_eq!(found.out.unwrap().fault, Some(Fault::CredentialsRefused));
    assert!(own.desk.settings().mail.is_none(), "a test keeps nothing");
    let found = own.desk.try_mail(&mail, password.clone()).await.unwrap();
    assert_eq!((found.out.unwrap().fault, found.r#in.unwrap().fault), (None, None));
    own.desk.connect_mail(mail, password.clone(), password).await.unwrap();
    own.desk.pass_setup_step(Rule).await.unwrap();
    assert_eq!(own.standings().await, Some(vec![(Kit, Later), (Forum, Done), (Servers, Done), (Rule, Done)]));
    own.desk.end_setup().await.unwrap();
    let own = own.again().await;
    assert_eq!(own.standings().await, None);
}

#[tokio::test]
async fn a_test_says_what_was_found_and_leaving_destroys_the_key() {
    let own = Own::make().await;
    assert_eq!(own.desk.test_connection(&Connection::Forum).await.unwrap_err().fault(), Fault::NotConnected);
    own.connect().await;
    let FoundView::Forum(found) = own.desk.test_connection(&Connection::Forum).await.unwrap() else {
        unreachable!("a forum was asked");
    };
    assert_eq!((found.username.as_str(), found.staff, found.threads), ("bob", true, 2));
    assert!(found.inboxes.contains(&"support".to_owned()) && found.left_today > 0);

    own.desk.choose_inboxes(false, vec!["support".to_owned()]).await.unwrap();
    let forum = own.desk.connections().forum.unwrap();
    assert_eq!((forum.personal, forum.groups), (false, vec!["support".to_owned()]));

    let password: Private<String> = own.world.mail.desk_account().password.into();
    own.desk.connect_mail(mail_settings(&own.world), password.clone(), password).await.unwrap();
    let FoundView::Mail(found) = own.desk.test_connection(&Connection::Mail).await.unwrap() else {
        unreachable!("mail was asked");
    };
    assert_eq!((found.out.unwrap().fault, found.r#in.unwrap().fault), (None, None));
    own.desk.disconnect_mail().await.unwrap();
    assert!(own.desk.connections().mail.is_none());
    assert_eq!(own.desk.test_connection(&Connection::Mail).await.unwrap_err().fault(), Fault::NotConnected);
    let tracker = Connection::Tracker("rt".to_owned());
    assert_eq!(own.desk.test_connection(&tracker).await.unwrap_err().fault(), Fault::NotConnected);
    assert_eq!(own.desk.disconnect_tracker("rt").await.unwrap_err().fault(), Fault::NotFound);
}
