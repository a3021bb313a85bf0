//! Files fetched, and looked for after they should be gone.

use std::sync::{Arc, Mutex};

use custody_core::{
    Private, SignedDuration, Timestamp,
    ports::{AttachmentRef, Fault, Forum, ForumCopy, Witness},
};
use custody_practice::forum::{ForumOptions, PracticeFile, Scope, Storage};
use custody_remote::http::{Http, HttpSettings};

use crate::bench::{Bench, bytes, theirs, told};

const DAY: SignedDuration = SignedDuration::from_hours(24);

#[tokio::test]
async fn a_large_file_comes_in_pieces_and_whole() {
    let bench = Bench::start().await;
    let piece = bytes::Bytes::from(vec![7_u8; 1 << 20]);
    let file = PracticeFile::generated("big.log", move || Box::new(std::iter::repeat_n(piece.clone(), 24)));
    let topic = bench.case("Big", vec![file]).await;
    let attachment = bench.only_attachment(topic).await;
    let mut download = bench.client.download(&attachment).await.unwrap();
    assert_eq!(download.length, Some(24 << 20));
    let (mut count, mut largest) = (0, 0);
    while let Some(piece) = download.body.next().await.unwrap() {
        count += piece.len();
        largest = largest.max(piece.len());
    }
    assert_eq!(count, 24 << 20);
    assert!(largest < 4 << 20, "a piece of {largest} bytes");
    assert!(download.body.next().await.unwrap().is_none());
}

/// What a desk is told of the time.
#[derive(Default)]
struct Heard(Mutex<Vec<Timestamp>>);

impl Witness for Heard {
    fn heard(&self, date: Timestamp) {
        self.0.lock().unwrap().push(date);
    }
}

#[tokio::test]
async fn the_date_of_an_answer_is_told_and_that_of_a_file_is_not() {
    let bench = Bench::start().await;
    let topic = bench.case("A file", vec![PracticeFile::bytes("a.log", "a")]).await;
    let heard = Arc::new(Heard::default());
    let http = Http::new(&HttpSettings { witness: Some(heard.clone()), ..HttpSettings::default() }).unwrap();
    let client = bench.client_with(http);
    let thread = client.thread(topic).await.unwrap();
    let told = std::mem::take(&mut *heard.0.lock().unwrap());
    assert!(!told.is_empty() && told.iter().all(|date| *date == bench.practice.clock().now()), "{told:?}");
    // A file may come from a cache, with the date of another day.
    let attachment = &thread.posts[0].attachments[0].reference;
    bench.practice.forget_requests();
    bytes(client.download(attachment).await.unwrap()).await.unwrap();
    let requests = bench.practice.requests();
    let (questions, files) = requests.iter().partition::<Vec<_>, _>(|request| request.path.ends_with(".json"));
    assert_eq!((heard.0.lock().unwrap().len(), files.len()), (questions.len(), 1), "{requests:#?}");
}

#[tokio::test]
async fn an_empty_file_and_a_page_are_files_too() {
    let bench = Bench::start().await;
    let script = "<html><script>alert(1)</script></html>";
    for (name, content) in [("empty.log", ""), ("page.html", script)] {
        let topic = bench.case(name, vec![PracticeFile::bytes(name, content)]).await;
        let attachment = bench.only_attachment(topic).await;
        let download = bench.client.download(&attachment).await.unwrap();
        assert_eq!(bytes(download).await.unwrap(), content.as_bytes());
    }
}

#[tokio::test]
async fn only_uploads_of_the_forum_are_ever_asked_for() {
    let bench = Bench::start().await;
    bench.practice.forget_requests();
    for url in [
        "https://evil.example/payload.zip".to_owned(),
        "//evil.example/uploads/payload.zip".to_owned(),
        format!("{}/original/1X/x.zip", bench.practice.storage_url()),
        "/admin/backups/site.tar.gz".to_owned(),
        "/uploads/../admin/backups/site.tar.gz".to_owned(),
        "/t/5.json".to_owned(),
        "file:///etc/passwd".to_owned(),
    ] {
        let attachment = AttachmentRef { post: 1, upload: "x".into(), url: Private::new(url.clone()) };
        let refused = bench.client.download(&attachment).await.unwrap_err();
        assert_eq!(told(&refused), (Fault::NotAllowed, "not possible"), "{url}");
        assert_eq!(told(&bench.client.look(&attachment).await.unwrap_err()), (Fault::NotAllowed, "not possible"));
    }
    assert!(bench.practice.requests().is_empty());
    assert!(bench.practice.foreign_hits().is_empty());
}

#[tokio::test]
async fn the_forums_copy_is_served_until_its_own_clean_up_and_then_gone() {
    let bench = Bench::start().await;
    let topic = bench.case("Crash", vec![PracticeFile::bytes("a.log", "content")]).await;
    let attachment = bench.only_attachment(topic).await;
    assert_eq!(bench.client.look(&attachment).await.unwrap(), ForumCopy::Served);
    let post = bench.practice.posts(theirs(topic)).remove(0);
    bench.practice.strip_attachment("carol", post.id, post.attachments.first().unwrap().id).unwrap();
    assert_eq!(bench.client.look(&attachment).await.unwrap(), ForumCopy::Served);
    bench.clock.advance(DAY * 3);
    bench.practice.run_clean_up();
    assert_eq!(bench.client.look(&attachment).await.unwrap(), ForumCopy::Gone);
    assert_eq!(told(&bench.client.download(&attachment).await.unwrap_err()), (Fault::NotFound, "not possible"));
}

#[tokio::test]
async fn nothing_is_called_gone_while_the_forum_does_not_know_us() {
    let bench =
        Bench::with(ForumOptions { prevent_anons_from_downloading_files: true, ..ForumOptions::default() }).await;
    let topic = bench.case("Crash", vec![PracticeFile::bytes("a.log", "content")]).await;
    let attachment = bench.only_attachment(topic).await;
    let lost = AttachmentRef { url: "/uploads/short-url/r3AYqESanERjladb4vBB7VsMBm6.zip".into(), ..attachment.clone() };
    bench.practice.revoke_key(&bench.key).unwrap();
    bench.clock.advance(SignedDuration::from_mins(2));
    for attachment in [&attachment, &lost] {
        let refused = bench.client.look(attachment).await.unwrap_err();
        assert_eq!(told(&refused), (Fault::CredentialsRefused, "needs a person"));
        let refused = bench.client.download(attachment).await.unwrap_err();
        assert_eq!(told(&refused), (Fault::CredentialsRefused, "needs a person"));
    }
}

#[tokio::test]
async fn nothing_is_called_gone_when_its_post_is_out_of_sight() {
    let bench = Bench::start().await;
    let topic = bench.case("Crash", vec![]).await;
    let reply =
        bench.practice.reply("carol", theirs(topic), "log", vec![PracticeFile::bytes("a.log", "x")]).await.unwrap();
    let attachment = bench.only_attachment(topic).await;
    bench.practice.destroy_post(reply).unwrap();
    bench.clock.advance(DAY * 3);
    bench.practice.run_clean_up();
    assert_eq!(told(&bench.client.look(&attachment).await.unwrap_err()), (Fault::NotProven, "needs a person"));
}

#[tokio::test]
async fn a_storage_that_refuses_proves_nothing() {
    let storage = Storage::ObjectStore { secure: true };
    let bench = Bench::with(ForumOptions { storage, ..ForumOptions::default() }).await;
    let topic = bench.case("Crash", vec![PracticeFile::bytes("a.log", "content")]).await;
    let attachment = bench.only_attachment(topic).await;
    assert_eq!(bench.client.look(&attachment).await.unwrap(), ForumCopy::Served);
    bench.practice.faults().switch_on(custody_practice::forum::Fault::InternalError, Scope::Storage);
    assert_eq!(told(&bench.client.look(&attachment).await.unwrap_err()), (Fault::NotProven, "needs a person"));
    bench.practice.unplug_storage().await;
    assert_eq!(told(&bench.client.look(&attachment).await.unwrap_err()), (Fault::Unreachable, "try again"));
    assert_eq!(told(&bench.client.download(&attachment).await.unwrap_err()), (Fault::Unreachable, "try again"));
}

#[tokio::test]
async fn a_guarded_file_whose_post_we_lost_is_refused_without_blaming_the_key() {
    let storage = Storage::ObjectStore { secure: true };
    let bench = Bench::with(ForumOptions { storage, ..ForumOptions::default() }).await;
    let topic = bench.case("Crash", vec![PracticeFile::bytes("a.log", "content")]).await;
    let attachment = bench.only_attachment(topic).await;
    bench.practice.leave_group("bob", "support").unwrap();
    assert_eq!(told(&bench.client.download(&attachment).await.unwrap_err()), (Fault::NotAllowed, "not possible"));
}
