//! The forum's own copy: taken out of posts and quotes, its history hidden or purged, and what is said of what remains.

use custody_core::ports::{EarlierTexts, Fault, Forum, ForumCopy, Stripped};
use custody_practice::forum::{ForumOptions, PracticeFile, Storage, UserScope};
use custody_remote::forum::ForumKey;
use jiff::SignedDuration;

use crate::bench::{Bench, client_at, sources, theirs, told};

fn file() -> Vec<PracticeFile> {
    vec![PracticeFile::bytes("crash [1].log", "content")]
}

#[tokio::test]
async fn an_attachment_is_taken_out_of_its_post_and_of_quotes_and_the_clean_up_ends_it_in_time() {
    let bench = Bench::start().await;
    let topic = bench.case("Crash", file()).await;
    let attachment = bench.only_attachment(topic).await;
    let quoted = bench.practice.posts(theirs(topic)).remove(0).raw;
    let link = quoted.lines().find(|line| line.contains("upload://")).unwrap().to_owned();
    bench.practice.reply("bob", theirs(topic), &format!("You sent {link}, thanks."), Vec::new()).await.unwrap();

    let stripped = bench.client.strip(topic, &attachment).await.unwrap();
    let Stripped::TakenOut { earlier_texts: EarlierTexts::Hidden, ends_by: Some(ends_by) } = stripped else {
        panic!("{stripped:?}")
    };
    for post in bench.practice.posts(theirs(topic)) {
        assert!(!post.raw.contains("upload://") && post.attachments.is_empty(), "{}", post.raw);
        assert!(post.raw.contains("(attachment erased)"));
    }
    assert_eq!(bench.client.look(&attachment).await.unwrap(), ForumCopy::Served, "the clean-up has not run");

    // Again, as after a crash: nothing more is changed, and the same is said.
    let versions =
        |bench: &Bench| bench.practice.posts(theirs(topic)).iter().map(|post| post.version).collect::<Vec<_>>();
    let before = versions(&bench);
    assert!(matches!(bench.client.strip(topic, &attachment).await.unwrap(), Stripped::TakenOut { .. }));
    assert_eq!(versions(&bench), before);

    for _ in 0..3 {
        bench.clock.advance(SignedDuration::from_hours(25));
        bench.practice.run_clean_up();
    }
    assert_eq!(bench.client.look(&attachment).await.unwrap(), ForumCopy::Gone);
    bench.clock.set(ends_by);
    bench.practice.run_clean_up();
    assert_eq!(bench.practice.files_on_disk(), 0, "the bytes are gone by the date that was named");
}

#[tokio::test]
async fn where_the_site_lets_staff_purge_the_history_is_gone() {
    let bench = Bench::with(ForumOptions { can_permanently_delete: true, ..ForumOptions::default() }).await;
    let topic = bench.case("Crash", file()).await;
    let attachment = bench.only_attachment(topic).await;
    let stripped = bench.client.strip(topic, &attachment).await.unwrap();
    assert!(matches!(stripped, Stripped::TakenOut { earlier_texts: EarlierTexts::Purged, .. }), "{stripped:?}");
}

#[tokio::test]
async fn a_guarded_upload_has_no_date_as_no_clean_up_ends_it() {
    let storage = Storage::ObjectStore { secure: true };
    let bench = Bench::with(ForumOptions { storage, ..ForumOptions::default() }).await;
    let topic = bench.case("Crash", file()).await;
    let attachment = bench.only_attachment(topic).await;
    let stripped = bench.client.strip(topic, &attachment).await.unwrap();
    assert!(matches!(stripped, Stripped::TakenOut { ends_by: None, .. }), "{stripped:?}");
}

#[tokio::test]
async fn an_account_without_the_right_changes_nothing() {
    let bench = Bench::start().await;
    let topic = bench.case("Crash", file()).await;
    let attachment = bench.only_attachment(topic).await;
    let raw = bench.practice.posts(theirs(topic)).remove(0).raw;
    for scopes in [&[UserScope::Read, UserScope::Write][..], &[UserScope::Read][..]] {
        let key = bench.practice.issue_user_key("erin", scopes).unwrap();
        let key = ForumKey::User { key: key.as_str().into(), client_id: None };
        let erin =
            client_at(&bench.practice.base_url(), key, sources(), std::sync::Arc::new(bench.clock.clone()), |_| {});
        assert_eq!(erin.strip(topic, &attachment).await.unwrap(), Stripped::NotAllowed, "{scopes:?}");
    }
    assert_eq!(bench.practice.posts(theirs(topic)).remove(0).raw, raw);
}

#[tokio::test]
async fn a_revoked_key_is_told_and_not_taken_for_a_missing_right() {
    let bench = Bench::start().await;
    let topic = bench.case("Crash", file()).await;
    let attachment = bench.only_attachment(topic).await;
    bench.practice.revoke_key(&bench.key).unwrap();
    bench.clock.advance(SignedDuration::from_mins(2));
    let refused = bench.client.strip(topic, &attachment).await.unwrap_err();
    assert_eq!(told(&refused), (Fault::CredentialsRefused, "needs a person"));
}

#[tokio::test]
async fn a_forum_without_a_guard_serves_private_files_to_anyone_and_the_probe_carries_no_key() {
    for (options, open) in [
        (ForumOptions::default(), true),
        (ForumOptions { prevent_anons_from_downloading_files: true, ..ForumOptions::default() }, false),
        (ForumOptions { storage: Storage::ObjectStore { secure: true }, ..ForumOptions::default() }, false),
        (ForumOptions { storage: Storage::ObjectStore { secure: false }, ..ForumOptions::default() }, true),
    ] {
        let bench = Bench::with(options).await;
        let topic = bench.case("Crash", file()).await;
        let attachment = bench.only_attachment(topic).await;
        bench.practice.forget_requests();
        assert_eq!(bench.client.is_open_to_anyone(&attachment).await.unwrap(), open);
        let requests = bench.practice.requests();
        assert!(!requests.is_empty() && requests.iter().all(|request| !request.had_key), "{requests:?}");
        assert!(bench.practice.foreign_hits().iter().all(|hit| hit.secrets.is_empty()));
    }
}

#[tokio::test]
async fn links_to_large_file_services_are_listed_and_never_fetched() {
    let bench = Bench::start().await;
    let text = "The dump is too large: https://www.dropbox.com/s/abc/dump.zip?dl=0 and \
                [here](https://we.tl/t-Ab12). Our site is https://customer.example/x.";
    let topic = bench.case_saying("Crash", text, Vec::new()).await;
    let thread = bench.read(topic).await;
    let links: Vec<_> =
        thread.posts.iter().flat_map(|post| &post.links).map(|link| link.url.reveal().as_str()).collect();
    assert_eq!(links, ["https://www.dropbox.com/s/abc/dump.zip?dl=0", "https://we.tl/t-Ab12"]);
}
