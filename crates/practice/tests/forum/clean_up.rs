use custody_practice::forum::{AttachmentLook, ForumOptions, PostId, PracticeForum, Storage, TopicId};
use jiff::SignedDuration;

use crate::client::{Client, forum, report, thread};

async fn with_file(options: ForumOptions) -> (PracticeForum, TopicId, PostId, AttachmentLook) {
    let forum = forum(options).await;
    let topic = thread(&forum, vec![report()]).await;
    let post = forum.posts(topic).remove(0);
    (forum, topic, post.id, post.attachments.into_iter().next().unwrap())
}

#[tokio::test]
async fn a_stripped_file_goes_once_it_is_48_hours_old_and_then_at_every_address() {
    let (forum, _, post, file) = with_file(ForumOptions::default()).await;
    let direct = format!("/uploads/default/original/2X/{}/{}.zip", &file.sha1[..1], file.sha1);
    forum.strip_attachment("bob", post, file.id).unwrap();
    forum.clock().advance(SignedDuration::from_hours(48));
    assert!(forum.run_clean_up().destroyed.is_empty());
    // A run does nothing when the last one was less than a day ago.
    forum.clock().advance(SignedDuration::from_hours(1));
    assert!(!forum.run_clean_up().ran);
    let nobody = Client::anonymous(&forum);
    nobody.get(&file.short_path).await.ok();
    forum.clock().advance(SignedDuration::from_hours(23));
    let run = forum.run_clean_up();
    assert_eq!((run.ran, run.destroyed.as_slice()), (true, &[file.id][..]));
    for path in [file.short_path.as_str(), &direct, &format!("/uploads/default/{}", file.sha1)] {
        assert_eq!(nobody.get(path).await.status, 404, "{path}");
    }
    // The bytes lie in the tombstone for another thirty days.
    assert_eq!(forum.files_on_disk(), 1);
    forum.clock().advance(SignedDuration::from_hours(30 * 24));
    assert_eq!(forum.run_clean_up().purged, 0);
    forum.clock().advance(SignedDuration::from_secs(1));
    assert_eq!(forum.run_clean_up().purged, 1);
    assert_eq!(forum.files_on_disk(), 0);
}

#[tokio::test]
async fn files_in_use_stay_whoever_uses_them() {
    let (forum, topic, post, file) = with_file(ForumOptions::default()).await;
    forum.clock().advance(SignedDuration::from_hours(24 * 30));
    assert!(forum.run_clean_up().destroyed.is_empty());
    // A soft-deleted thread keeps its hold.
    forum.soft_delete_topic(topic).unwrap();
    forum.clock().advance(SignedDuration::from_hours(25));
    assert!(forum.run_clean_up().destroyed.is_empty());
    // So does a half-written reply.
    forum.save_draft("erin", topic, &[file.id]).unwrap();
    forum.strip_attachment("bob", post, file.id).unwrap();
    forum.clock().advance(SignedDuration::from_hours(25));
    assert!(forum.run_clean_up().destroyed.is_empty());
    forum.save_draft("erin", topic, &[]).unwrap();
    forum.clock().advance(SignedDuration::from_hours(25));
    assert_eq!(forum.run_clean_up().destroyed, [file.id]);
}

#[tokio::test]
async fn a_file_shared_with_another_post_stays() {
    let (forum, _, post, file) = with_file(ForumOptions::default()).await;
    let other = forum.private_thread("dave", &["support"], "Mine", "My file.", vec![report()]).await.unwrap();
    forum.strip_attachment("bob", post, file.id).unwrap();
    forum.clock().advance(SignedDuration::from_hours(72));
    assert!(forum.run_clean_up().destroyed.is_empty());
    let last = forum.posts(other)[0].id;
    forum.strip_attachment("bob", last, file.id).unwrap();
    forum.clock().advance(SignedDuration::from_hours(24));
    assert_eq!(forum.run_clean_up().destroyed, [file.id]);
}

#[tokio::test]
async fn a_secure_file_of_a_post_is_never_cleaned_up() {
    let options = ForumOptions { storage: Storage::ObjectStore { secure: true }, ..ForumOptions::default() };
    let (forum, _, post, file) = with_file(options).await;
    forum.strip_attachment("bob", post, file.id).unwrap();
    forum.clock().advance(SignedDuration::from_hours(24 * 90));
    assert!(forum.run_clean_up().destroyed.is_empty());
    // And whoever sees the post still gets it.
    assert_eq!(Client::user(&forum, "bob").get(&file.short_path).await.status, 302);
}

#[tokio::test]
async fn a_post_cooked_after_the_clean_up_links_to_404() {
    let (forum, topic, post, file) = with_file(ForumOptions::default()).await;
    let raw = forum.posts(topic)[0].raw.clone();
    forum.strip_attachment("bob", post, file.id).unwrap();
    forum.clock().advance(SignedDuration::from_hours(72));
    forum.run_clean_up();
    forum.edit_post("bob", post, &raw).unwrap();
    let cooked = forum.posts(topic)[0].cooked.clone();
    let expected =
        format!("<a class=\"attachment\" href=\"/404\" data-orig-href=\"{}\">report.zip</a>", file.short_url);
    assert!(cooked.contains(&expected), "{cooked}");
}

#[tokio::test]
async fn a_site_may_have_the_clean_up_off() {
    let mut options = ForumOptions::default();
    options.clean_up.enabled = false;
    let (forum, _, post, file) = with_file(options).await;
    forum.strip_attachment("bob", post, file.id).unwrap();
    forum.clock().advance(SignedDuration::from_hours(24 * 90));
    assert!(!forum.run_clean_up().ran);
}
