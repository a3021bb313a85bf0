//! A desk that signs in to its forum, listens to it while somebody looks, and leaves it.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::sync::Arc;

use custody_core::{flow::Silent, ports::Fault};
use custody_desk::{
    Desk,
    sign_in::{SignIn, Wishes},
    views::ScopeName,
};
use custody_practice::{WorldOptions, forum::SignInRules, scenario::Story};
use custody_practice_desk::{PracticeDesk, forum_settings};
use tempfile::TempDir;

struct Stage {
    practice: PracticeDesk,
    _folder: TempDir,
}

impl Stage {
    async fn start(change: impl FnOnce(&mut SignInRules)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut options = WorldOptions { story: Story::Demo, log_size: 100_000, ..WorldOptions::default() };
        options.forum.sign_in.redirects = vec!["custody://forum/signed-in".to_owned()];
        change(&mut options.forum.sign_in);
        let practice = PracticeDesk::start(&folder.path().join("desk"), options).await.unwrap();
        // The desk begins with a key that an administrator of the world handed out: it is to be replaced.
        practice.world.forum.revoke_key(&practice.world.keys.bob).unwrap();
        assert_eq!(practice.desk.round(&Silent).await.problems[0].problem.code, Fault::CredentialsRefused);
        Self { practice, _folder: folder }
    }

    fn desk(&self) -> &Desk {
        &self.practice.desk
    }

    async fn begin(&self, wishes: Wishes) -> Result<SignIn, Fault> {
        let url = self.practice.world.forum.base_url().parse().unwrap();
        self.desk().begin_sign_in(url, wishes).await.map_err(|error| error.fault())
    }

    async fn finish(&self, sign_in: &SignIn, key: custody_desk::sign_in::NewKey) {
        let usual = forum_settings(&self.practice.world).unwrap();
        let account = self.desk().finish_sign_in(sign_in, key, |forum| {
            forum.sources = usual.sources;
            forum.staff_groups = usual.staff_groups;
            forum.requests_per_minute = usual.requests_per_minute;
            forum.requests_per_day = usual.requests_per_day;
        });
        let account = account.await.unwrap();
        assert_eq!((account.username.as_str(), account.staff), ("bob", true));
    }

    /// A round takes in what the forum has: the key works.
    async fn takes_in(&self) {
        let round = self.desk().round(&Silent).await;
        let met: Vec<Fault> = round.problems.iter().map(|met| met.problem.code).collect();
        assert!(!met.contains(&Fault::CredentialsRefused), "{met:?}");
        assert_eq!(self.desk().cases().await.unwrap().len(), 2);
    }
}

const EVERYTHING: Wishes = Wishes { news: true, replies: true };

#[tokio::test]
async fn a_desk_signs_in_with_a_code_and_takes_in_files_with_its_own_key() {
    let stage = Stage::start(|_| {}).await;
    let mut sign_in = stage.begin(Wishes { news: true, replies: false }).await.unwrap();
    let view = sign_in.view();
    assert!(view.device_codes);
    let names: Vec<ScopeName> = view.scopes.iter().map(|scope| scope.name).collect();
    assert_eq!(names, [ScopeName::Read, ScopeName::SessionInfo, ScopeName::MessageBus]);
    let code = sign_in.ask_code().await.unwrap();
    assert_eq!(code.lasts_seconds, 600);
    stage.practice.world.forum.approve_device(&code.code, "bob").unwrap();
    let key = sign_in.wait_for_code().await.unwrap();
    stage.finish(&sign_in, key).await;
    stage.takes_in().await;
    assert_eq!(stage.desk().settings().forum.unwrap().identity, format!("custody-{}", stage.desk().settings().desk));
}

#[tokio::test]
async fn a_desk_signs_in_by_what_a_person_brings_back_from_new_and_old_forums() {
    for old_server in [false, true] {
        let stage = Stage::start(|rules| rules.old_server = old_server).await;
        let sign_in = stage.begin(EVERYTHING).await.unwrap();
        let view = sign_in.view();
        assert_eq!(view.device_codes, !old_server);
        for page in [&view.page, &view.redirect_page] {
            let brought = stage.practice.world.forum.press_authorize(page, "bob").unwrap();
            let key = sign_in.open(&brought.into()).unwrap();
            stage.finish(&sign_in, key).await;
        }
        let other = stage.begin(EVERYTHING).await.unwrap();
        let brought = stage.practice.world.forum.press_authorize(&other.view().redirect_page, "bob").unwrap();
        assert_eq!(sign_in.open(&brought.as_str().into()).unwrap_err().fault(), Fault::AnswerNotUnderstood);
        stage.finish(&other, other.open(&brought.into()).unwrap()).await;
        stage.takes_in().await;
    }
}

#[tokio::test]
async fn a_key_that_cannot_be_kept_is_given_back() {
    let stage = Stage::start(|_| {}).await;
    let sign_in = stage.begin(EVERYTHING).await.unwrap();
    let brought = stage.practice.world.forum.press_authorize(&sign_in.view().page, "bob").unwrap();
    let key = sign_in.open(&brought.into()).unwrap();
    let kept = stage.desk().finish_sign_in(&sign_in, key, |forum| forum.name = "another".to_owned()).await;
    assert_eq!(kept.unwrap_err().fault(), Fault::Conflict);
    let revoked = stage.practice.world.forum.requests();
    let last = revoked.last().unwrap();
    assert_eq!((last.path.as_str(), last.status), ("/user-api-key/revoke.json", Some(200)));
}

#[tokio::test]
async fn a_forum_where_nobody_may_issue_keys_says_so() {
    let stage = Stage::start(|rules| rules.enabled = false).await;
    assert_eq!(stage.begin(EVERYTHING).await.unwrap_err(), Fault::NotFound);
}

#[tokio::test]
async fn leaving_a_forum_gives_the_key_back_or_keeps_it_there() {
    for revoke in [true, false] {
        let stage = Stage::start(|_| {}).await;
        let sign_in = stage.begin(EVERYTHING).await.unwrap();
        let brought = stage.practice.world.forum.press_authorize(&sign_in.view().page, "bob").unwrap();
        stage.finish(&sign_in, sign_in.open(&brought.into()).unwrap()).await;
        stage.takes_in().await;
        stage.practice.world.forum.forget_requests();
        stage.desk().disconnect_forum(revoke).await.unwrap();
        let calls = stage.practice.world.forum.requests();
        assert_eq!(calls.iter().any(|call| call.path == "/user-api-key/revoke.json"), revoke);
        assert!(!stage.desk().view().await.unwrap().connected);
        // What is in custody stays.
        assert_eq!(stage.desk().cases().await.unwrap().len(), 2);
        assert_eq!(stage.desk().disconnect_forum(revoke).await.unwrap_err().fault(), Fault::NotConnected);
    }
}

#[tokio::test]
async fn a_key_that_is_gone_already_does_not_keep_a_desk_from_leaving() {
    let stage = Stage::start(|_| {}).await;
    stage.desk().disconnect_forum(true).await.unwrap();
    assert!(stage.desk().settings().forum.is_none());
}

#[tokio::test]
async fn a_desk_stays_with_a_forum_that_does_not_answer_when_the_key_is_given_back() {
    let stage = Stage::start(|_| {}).await;
    stage.practice.world.forum.unplug().await;
    assert_eq!(stage.desk().disconnect_forum(true).await.unwrap_err().fault(), Fault::Unreachable);
    assert!(stage.desk().settings().forum.is_some());
    stage.desk().disconnect_forum(false).await.unwrap();
}

#[tokio::test]
async fn while_somebody_looks_a_new_thread_is_taken_in_without_waiting_for_the_next_round() {
    let stage = Stage::start(|_| {}).await;
    let sign_in = stage.begin(Wishes { news: true, replies: false }).await.unwrap();
    let brought = stage.practice.world.forum.press_authorize(&sign_in.view().page, "bob").unwrap();
    stage.finish(&sign_in, sign_in.open(&brought.into()).unwrap()).await;
    let mut settings = stage.desk().settings();
    settings.times.round_every = custody_core::period::Period::days(1);
    stage.desk().save_settings(settings).await.unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn({
        let desk = stage.desk().clone();
        async move { desk.run(Arc::new(Silent), async { drop(stopped.await) }).await }
    });
    stage.desk().focus(true);
    // Each has to be heard of: rounds come once a day, and the first ones may fall into the rounds of the start.
    for number in 0..4 {
        let mut changes = stage.desk().changes();
        let forum = &stage.practice.world.forum;
        let customer = stage.practice.world.cases[0].customer.username;
        let title = format!("A thread that nobody waits for {number}");
        let file = custody_practice::forum::PracticeFile::bytes(format!("{number}.log"), format!("log {number}"));
        forum.private_thread(customer, &["support"], &title, "It crashes.", vec![file]).await.unwrap();
        while stage.desk().cases().await.unwrap().len() < 3 + number {
            changes.changed().await.unwrap();
        }
    }
    stop.send(()).unwrap();
    running.await.unwrap().unwrap();
    let polls = stage.practice.world.forum.requests();
    assert!(polls.iter().any(|request| request.path.starts_with("/message-bus/")));
}

#[tokio::test]
async fn while_nobody_looks_the_desk_does_not_listen() {
    let stage = Stage::start(|_| {}).await;
    let desk = stage.desk().clone();
    let connecting = stage.practice.world.forum.requests().len();
    let mut changes = desk.changes();
    // The start's own round, with the key that is good for nothing, and a second one.
    let rounds = async {
        for _ in 0..2 {
            changes.changed().await.unwrap();
            desk.wake();
        }
    };
    desk.run(Arc::new(Silent), rounds).await.unwrap();
    // Connecting itself asks once what the key is good for.
    let requests = stage.practice.world.forum.requests().split_off(connecting);
    assert!(requests.iter().all(|request| !request.path.starts_with("/message-bus/")));
}
