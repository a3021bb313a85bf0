use custody_practice::forum::{ForumOptions, PracticeForum, Storage};
use jiff::SignedDuration;

use crate::client::{Client, forum, report, thread};

fn object_store(secure: bool) -> ForumOptions {
    ForumOptions { storage: Storage::ObjectStore { secure }, ..ForumOptions::default() }
}

fn secure_path(forum: &PracticeForum, topic: custody_practice::forum::TopicId) -> String {
    let cooked = forum.posts(topic)[0].cooked.clone();
    let start = cooked.find("/secure-uploads/").unwrap();
    cooked[start..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn an_object_store_is_another_origin_that_notes_what_reaches_it() {
    let forum = forum(object_store(false)).await;
    let topic = thread(&forum, vec![report()]).await;
    let path = forum.posts(topic)[0].attachments[0].short_path.clone();
    let bob = Client::user(&forum, "bob");
    let sent = bob.get(&path).await;
    assert_eq!(sent.status, 302);
    let there = sent.header("location").to_owned();
    assert!(there.starts_with(&forum.storage_url()) && !there.contains('?'));
    assert_eq!(Client::anonymous(&forum).get(&there).await.ok().text(), "PK not really an archive");
    // A careless client takes its key along.
    bob.get(&there).await.ok();
    let hits = forum.foreign_hits();
    assert_eq!((hits[0].secrets.len(), hits[0].status), (0, 200));
    assert_eq!(hits[1].secrets, ["user-api-key"]);
    let forced = bob.get(&format!("{path}?dl=1")).await;
    assert!(forced.header("location").contains("X-Amz-Signature="));
}

#[tokio::test]
async fn secure_files_have_random_names_and_share_nothing() {
    let forum = forum(object_store(true)).await;
    let (one, other) = (thread(&forum, vec![report()]).await, thread(&forum, vec![report()]).await);
    let (one, other) = (&forum.posts(one)[0].attachments[0], &forum.posts(other)[0].attachments[0]);
    assert_ne!((&one.id, &one.sha1), (&other.id, &other.sha1));
    let digest = hex::encode(<sha1::Sha1 as sha1::Digest>::digest("PK not really an archive"));
    assert_ne!(one.sha1, digest);
}

#[tokio::test]
async fn a_secure_file_goes_only_to_those_who_see_its_post() {
    let forum = forum(object_store(true)).await;
    let topic = thread(&forum, vec![report()]).await;
    let path = secure_path(&forum, topic);
    let short = forum.posts(topic)[0].attachments[0].short_path.clone();
    let bob = Client::user(&forum, "bob");
    for path in [&path, &short, &path.replace("secure-uploads", "secure-media-uploads")] {
        let sent = bob.get(path).await;
        assert_eq!(sent.status, 302, "{path}");
        assert_eq!(sent.header("cache-control"), "max-age=295, private");
        let there = sent.header("location").to_owned();
        assert_eq!(Client::anonymous(&forum).get(&there).await.ok().text(), "PK not really an archive");
        assert_eq!(Client::user(&forum, "dave").get(path).await.status, 403);
        assert_eq!(Client::anonymous(&forum).get(path).await.status, 403);
    }
    // Without a signature the store gives nothing.
    let bare = path.replace("/secure-uploads", &forum.storage_url());
    assert_eq!(Client::anonymous(&forum).get(&bare).await.status, 403);
    // Once its post is destroyed nobody gets it.
    let post = forum.posts(topic)[0].id;
    forum.destroy_post(post).unwrap();
    assert_eq!(bob.get(&path).await.status, 403);
}

#[tokio::test]
async fn a_signed_address_works_for_five_minutes_and_for_one_file() {
    let forum = forum(object_store(true)).await;
    let topic = thread(&forum, vec![report()]).await;
    let there = Client::user(&forum, "bob").get(&secure_path(&forum, topic)).await.header("location").to_owned();
    let nobody = Client::anonymous(&forum);
    forum.clock().advance(SignedDuration::from_secs(299));
    nobody.get(&there).await.ok();
    let forged = there.replace("X-Amz-Expires=300", "X-Amz-Expires=900");
    assert_eq!(nobody.get(&forged).await.status, 403);
    forum.clock().advance(SignedDuration::from_secs(1));
    let late = nobody.get(&there).await;
    assert!(late.status == 403 && late.text().contains("AccessDenied"));
}

#[tokio::test]
async fn the_object_store_serves_parts() {
    let forum = forum(object_store(false)).await;
    let topic = thread(&forum, vec![report()]).await;
    let path = forum.posts(topic)[0].attachments[0].short_path.clone();
    let there = Client::anonymous(&forum).get(&path).await.header("location").to_owned();
    let part = Client::anonymous(&forum).with("range", "bytes=3-").get(&there).await;
    assert_eq!((part.status, part.text()), (206, "not really an archive"));
}
