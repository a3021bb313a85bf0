//! Threads as the rules see them.

use custody_core::{
    case::ForumUserId,
    ports::{Fault, Forum, Post},
    ticket::{Closing, TicketReading},
};
use custody_practice::forum::{AdminScope, ForumOptions, Markup, NewUser, PracticeFile, Storage, TagShape, UserScope};
use custody_remote::forum::{Closings, ForumKey, Source};

use crate::bench::{Bench, bytes, client_at, ours, sources, theirs, told, written};

fn file(name: &str) -> PracticeFile {
    PracticeFile::bytes(name, format!("content of {name}").into_bytes())
}

fn names(post: &Post) -> Vec<&str> {
    post.attachments.iter().map(|attachment| attachment.name.reveal().as_str()).collect()
}

#[tokio::test]
async fn the_account_says_who_we_are_and_which_inboxes_we_have() {
    let bench = Bench::start().await;
    let account = bench.client.account().await.unwrap();
    assert_eq!(account.username.reveal(), "bob");
    assert!(account.staff);
    assert_eq!(account.inboxes, ["support"]);
}

#[tokio::test]
async fn an_admin_key_for_one_user_works_as_well() {
    let bench = Bench::start().await;
    let topic = bench.case("Crash", vec![file("a.log")]).await;
    let key = bench.practice.issue_scoped_admin_key(Some("bob"), AdminScope::ReadOnly).unwrap();
    let key = ForumKey::AdminSingleUser { key: key.into(), username: "bob".into() };
    let clock = std::sync::Arc::new(bench.clock.clone());
    let client = client_at(&bench.practice.base_url(), key, sources(), clock, |_| {});
    let attachment = client.thread(topic).await.unwrap().posts.remove(0).attachments.remove(0).reference;
    assert_eq!(bytes(client.download(&attachment).await.unwrap()).await.unwrap(), b"content of a.log");
}

#[tokio::test]
async fn a_thread_of_many_posts_is_read_whole_and_in_order() {
    let bench = Bench::start().await;
    let topic = bench.case("Crash", vec![]).await;
    for number in 0..130 {
        let who = if number % 2 == 0 { "bob" } else { "carol" };
        bench.practice.reply(who, theirs(topic), &format!("Answer {number}"), vec![]).await.unwrap();
    }
    bench.practice.reply("carol", theirs(topic), "And the log", vec![file("last.log")]).await.unwrap();
    bench.practice.forget_requests();
    let thread = bench.read(topic).await;
    assert_eq!(thread.posts.len(), 132);
    assert_eq!(thread.posts.get(130).unwrap().own_text.reveal(), "Answer 129");
    assert_eq!(names(thread.posts.last().unwrap()), ["last.log"]);
    // Who we are, the first twenty posts, and 112 more in three parts.
    assert_eq!(bench.practice.requests().len(), 5);
}

#[tokio::test]
async fn the_sides_of_a_thread_are_told_apart() {
    let bench = Bench::start().await;
    let topic = bench.case_saying("Crash", "My words", vec![file("a.log")]).await;
    bench.practice.reply("bob", theirs(topic), "Our words", vec![file("fix.zip")]).await.unwrap();
    bench.practice.reply("dave", theirs(topic), "A colleague of carol", vec![]).await.unwrap();
    bench.practice.whisper("bob", theirs(topic), "Between us").unwrap();
    bench.practice.close(theirs(topic)).unwrap();
    let thread = bench.read(topic).await;
    let customer = thread.customer.unwrap();
    assert_eq!(customer.username.reveal(), "carol");
    assert_eq!(customer.name.unwrap().reveal(), "Carol Canary");
    // The small action "closed" is nobody's word.
    let [first, second, third, whisper] = thread.posts.as_slice() else { panic!("{}", thread.posts.len()) };
    assert_eq!((first.author, first.by_staff, first.by_us), (Some(customer.id), false, false));
    assert_eq!((second.by_staff, second.by_us), (true, true));
    assert_eq!((third.by_staff, third.by_us), (false, false));
    assert_ne!(third.author, Some(customer.id));
    assert!(first.visible_to_customer && second.visible_to_customer);
    assert!(!whisper.visible_to_customer);
}

#[tokio::test]
async fn a_thread_that_staff_opened_belongs_to_the_first_other_who_wrote() {
    let bench = Bench::start().await;
    let topic =
        bench.practice.private_thread("bob", &["carol", "support"], "Your order", "Please send the log.", vec![]);
    let topic = ours(topic.await.unwrap());
    assert!(bench.read(topic).await.customer.is_none());
    bench.practice.reply("carol", theirs(topic), "Here it is", vec![file("a.log")]).await.unwrap();
    bench.practice.reply("dave", theirs(topic), "Me too", vec![]).await.unwrap();
    assert_eq!(bench.read(topic).await.customer.unwrap().username.reveal(), "carol");
}

#[tokio::test]
async fn a_removed_account_leaves_posts_without_author() {
    let bench = Bench::start().await;
    let topic = bench.case("Crash", vec![file("a.log")]).await;
    bench.practice.remove_account("carol").unwrap();
    let thread = bench.read(topic).await;
    assert_eq!(thread.posts.len(), 1);
    assert!(thread.posts.first().unwrap().author.is_none());
}

#[tokio::test]
async fn what_was_taken_back_or_hidden_is_not_shown_as_the_customers_word() {
    let bench = Bench::start().await;
    let topic = bench.case("Crash", vec![]).await;
    let first =
        bench.practice.reply("carol", theirs(topic), "please erase my files", vec![file("a.log")]).await.unwrap();
    let second = bench.practice.reply("carol", theirs(topic), "and these", vec![file("b.log")]).await.unwrap();
    let third = bench.practice.reply("carol", theirs(topic), "and this", vec![file("c.log")]).await.unwrap();
    bench.practice.hide_post(first).unwrap();
    bench.practice.soft_delete_post(second).unwrap();
    bench.practice.destroy_post(third).unwrap();
    let thread = bench.read(topic).await;
    for post in thread.posts.iter().skip(1) {
        assert!(!post.visible_to_customer, "{}", post.id);
    }
    let all: Vec<_> = thread.posts.iter().flat_map(names).collect();
    assert!(!all.contains(&"b.log") && !all.contains(&"c.log"), "{all:?}");
}

#[tokio::test]
async fn an_edit_that_drops_or_adds_a_file_shows_in_the_next_reading() {
    let bench = Bench::start().await;
    let topic = bench.case("Crash", vec![file("a.log"), file("b.log")]).await;
    let looked = bench.practice.posts(theirs(topic)).remove(0);
    bench.practice.strip_attachment("carol", looked.id, looked.attachments.first().unwrap().id).unwrap();
    let post = bench.read(topic).await.posts.remove(0);
    assert_eq!(names(&post), ["b.log"]);
    let other = bench.case("Other", vec![file("c.log")]).await;
    let upload = bench.practice.posts(theirs(other)).remove(0).attachments.remove(0).short_url;
    let raw = format!("{}\n[added.log|attachment]({upload})", bench.practice.posts(theirs(topic)).remove(0).raw);
    bench.practice.edit_post("carol", looked.id, &raw).unwrap();
    let post = bench.read(topic).await.posts.remove(0);
    assert_eq!(names(&post), ["b.log", "added.log"]);
}

#[tokio::test]
async fn the_name_is_the_one_this_post_shows_not_that_of_the_first_uploader() {
    let bench = Bench::start().await;
    bench
        .practice
        .private_thread("dave", &["support"], "First", "x", vec![PracticeFile::bytes("daves secret.log", "same")])
        .await
        .unwrap();
    let topic = bench.case("Second", vec![PracticeFile::bytes("mine.log", "same")]).await;
    assert_eq!(names(&bench.read(topic).await.posts.remove(0)), ["mine.log"]);
}

#[tokio::test]
async fn every_markup_the_forum_writes_leads_to_the_bytes() {
    use Markup::{
        Audio, Direct, Legacy, Lightbox, ProtocolRelative, SecureMediaUploads, SecureUploads, ShortUrl, SmallImage,
        StorageAddress, Usual, Video, VideoPlaceholder,
    };
    let local =
        [Usual, ShortUrl, Direct, ProtocolRelative, Legacy, Lightbox, SmallImage, VideoPlaceholder, Video, Audio];
    let stored = [Usual, ShortUrl, SecureUploads, SecureMediaUploads, StorageAddress, Lightbox, SmallImage, Video];
    for (storage, forms) in [
        (Storage::Local, local.as_slice()),
        (Storage::ObjectStore { secure: false }, stored.as_slice()),
        (Storage::ObjectStore { secure: true }, stored.as_slice()),
    ] {
        for subfolder in ["", "/forum"] {
            let options = ForumOptions { storage, subfolder: subfolder.to_owned(), ..ForumOptions::default() };
            let bench = Bench::with(options).await;
            for form in forms {
                let content = format!("{form:?}").into_bytes();
                let file = PracticeFile::bytes("file.zip", content.clone()).shown_as(*form);
                let topic = bench.case("Crash", vec![file]).await;
                let attachment = bench.only_attachment(topic).await;
                let download = bench.client.download(&attachment).await;
                let download = download.unwrap_or_else(|error| panic!("{form:?} {storage:?}: {}", written(&error)));
                assert_eq!(download.length, Some(content.len() as u64));
                assert_eq!(
                    download.sha1.is_some(),
                    !storage_is_secure(storage)
                        && *form != Legacy
                        && !matches!(form, SecureUploads | SecureMediaUploads),
                    "{form:?} {storage:?}"
                );
                assert_eq!(bytes(download).await.unwrap(), content, "{form:?} {storage:?}");
            }
            for hit in bench.practice.foreign_hits() {
                assert!(hit.secrets.is_empty(), "{hit:?}");
            }
        }
    }
}

fn storage_is_secure(storage: Storage) -> bool {
    storage == Storage::ObjectStore { secure: true }
}

#[tokio::test]
async fn an_upload_the_forum_lost_is_listed_and_cannot_be_found() {
    let bench = Bench::start().await;
    let topic = bench.case("Crash", vec![file("lost.zip").shown_as(Markup::Gone)]).await;
    let attachment = bench.read(topic).await.posts.remove(0).attachments.remove(0);
    assert_eq!(attachment.name.reveal(), "lost.zip");
}

#[tokio::test]
async fn closed_archived_and_solved_are_read_as_the_settings_say() {
    let bench = Bench::start().await;
    let topic = bench.case("Crash", vec![]).await;
    let answer = bench.practice.reply("bob", theirs(topic), "Try this", vec![]).await.unwrap();
    let reading = |thread: custody_core::ports::Thread| thread.reading;
    assert_eq!(reading(bench.read(topic).await), TicketReading::Open);
    bench.practice.accept_answer(answer).unwrap();
    assert_eq!(reading(bench.read(topic).await), TicketReading::Closed { how: Closing::Solved });
    let unsolved = Closings { solved: false, ..Closings::default() };
    let strict = bench.client(sources(), |settings| settings.closings = unsolved);
    assert_eq!(reading(strict.thread(topic).await.unwrap()), TicketReading::Open);
    bench.practice.archive(theirs(topic)).unwrap();
    assert_eq!(reading(bench.read(topic).await), TicketReading::Closed { how: Closing::Archived });
    bench.practice.close(theirs(topic)).unwrap();
    assert_eq!(reading(bench.read(topic).await), TicketReading::Closed { how: Closing::Closed });
    let other = bench.case("Reopened", vec![]).await;
    bench.practice.close(theirs(other)).unwrap();
    bench.practice.reopen(theirs(other)).unwrap();
    assert_eq!(reading(bench.read(other).await), TicketReading::Open);
}

#[tokio::test]
async fn a_removed_thread_is_missing_to_staff_and_not_found_by_others_but_never_closed() {
    let bench = Bench::start().await;
    let topic = bench.case("Crash", vec![]).await;
    bench.practice.close(theirs(topic)).unwrap();
    bench.practice.soft_delete_topic(theirs(topic)).unwrap();
    assert_eq!(bench.read(topic).await.reading, TicketReading::Missing);
    let key = bench.practice.issue_user_key("erin", &[UserScope::Read]).unwrap();
    let erin = crate::bench::client(&bench.practice, &key, sources(), |_| {});
    assert_eq!(told(&erin.thread(topic).await.unwrap_err()), (Fault::NotFound, "not possible"));
    bench.practice.configure(|options| options.detailed_404 = true);
    assert_eq!(told(&erin.thread(topic).await.unwrap_err()), (Fault::NotFound, "not possible"));
}

#[tokio::test]
async fn a_thread_out_of_our_reach_is_not_an_error_of_our_key() {
    let bench = Bench::start().await;
    let topic = ours(bench.practice.private_thread("carol", &["dave"], "Not ours", "x", vec![]).await.unwrap());
    assert_eq!(told(&bench.client.thread(topic).await.unwrap_err()), (Fault::NotFound, "not possible"));
    bench.practice.configure(|options| options.detailed_404 = true);
    assert_eq!(told(&bench.client.thread(topic).await.unwrap_err()), (Fault::NotAllowed, "not possible"));
}

#[tokio::test]
async fn privacy_is_read_from_the_thread_and_its_category() {
    let bench = Bench::start().await;
    let inside = bench.practice.add_category("Inside", "inside", &["support"]).unwrap();
    let outside = bench.practice.add_category("Outside", "outside", &[]).unwrap();
    let topic = bench.case("Crash", vec![]).await;
    assert!(bench.read(topic).await.private);
    bench.practice.make_public(theirs(topic), Some(outside)).unwrap();
    let thread = bench.read(topic).await;
    assert!(!thread.private);
    assert_eq!(thread.labels.category, Some(outside.0));
    bench.practice.make_private(theirs(topic), "bob").unwrap();
    assert!(bench.read(topic).await.private);
    let restricted = bench.practice.public_thread("bob", inside, "Inside", "x", vec![]).await.unwrap();
    assert!(bench.read(ours(restricted)).await.private);
}

#[tokio::test]
async fn tags_are_read_in_both_shapes() {
    for tags in [TagShape::Strings, TagShape::Objects] {
        let bench = Bench::with(ForumOptions { tags, ..ForumOptions::default() }).await;
        let topic = bench.case("Crash", vec![]).await;
        bench.practice.tag(theirs(topic), &["urgent", "words"]).unwrap();
        assert_eq!(bench.read(topic).await.labels.tags, ["urgent", "words"]);
    }
}

#[tokio::test]
async fn an_address_is_given_where_we_may_see_it() {
    let bench = Bench::start().await;
    assert!(bench.client.email_of(&"carol".into()).await.unwrap().is_none());
    bench.practice.configure(|options| options.moderators_view_emails = true);
    assert_eq!(bench.client.email_of(&"carol".into()).await.unwrap().unwrap().reveal(), "carol@example.org");
    assert!(bench.client.email_of(&"nobody".into()).await.unwrap().is_none());
    bench.practice.revoke_key(&bench.key).unwrap();
    bench.clock.advance(custody_core::SignedDuration::from_mins(1));
    let refused = bench.client.email_of(&"carol".into()).await.unwrap_err();
    assert_eq!(told(&refused), (Fault::CredentialsRefused, "needs a person"));
}

#[tokio::test]
async fn a_reply_is_posted_once_and_its_number_is_that_of_the_post() {
    let bench = Bench::start().await;
    let topic = bench.case("Crash", vec![]).await;
    let number = bench.client.reply(topic, &"Your files were erased.".into()).await.unwrap();
    let thread = bench.read(topic).await;
    let last = thread.posts.last().unwrap();
    assert_eq!((last.id, last.by_us), (number, true));
    assert_eq!(last.own_text.reveal(), "Your files were erased.");
}

#[tokio::test]
async fn a_reply_that_waits_for_approval_is_not_taken_for_posted() {
    let bench = Bench::with(ForumOptions { approve_posts: true, ..ForumOptions::default() }).await;
    let topic = bench.case("Crash", vec![]).await;
    let key = bench.practice.issue_user_key("erin", &[UserScope::Read, UserScope::Write]).unwrap();
    let erin = crate::bench::client(&bench.practice, &key, sources(), |_| {});
    let refused = erin.reply(topic, &"Your files were erased.".into()).await.unwrap_err();
    assert_eq!(told(&refused), (Fault::NotAllowed, "needs a person"));
}

#[tokio::test]
async fn a_key_that_may_only_read_cannot_reply_and_says_so() {
    let bench = Bench::start().await;
    let topic = bench.case("Crash", vec![]).await;
    let key = bench.practice.issue_user_key("bob", &[UserScope::Read]).unwrap();
    let client = crate::bench::client(&bench.practice, &key, sources(), |_| {});
    let refused = client.reply(topic, &"Your files were erased.".into()).await.unwrap_err();
    assert_eq!(told(&refused), (Fault::NotAllowed, "not possible"));
}

#[tokio::test]
async fn names_that_need_escaping_reach_the_forum_whole() {
    let bench = Bench::start().await;
    bench.practice.add_user(NewUser::new("müller+x", "M", "m@support.example").moderator()).unwrap();
    bench.practice.add_group("támogatás", "T", &["müller+x"]).unwrap();
    bench.practice.private_thread("carol", &["támogatás"], "Crash", "x", vec![]).await.unwrap();
    let key = bench.practice.issue_user_key("müller+x", &[UserScope::Read]).unwrap();
    let client = crate::bench::client(&bench.practice, &key, vec![Source::GroupInbox("támogatás".to_owned())], |_| {});
    assert_eq!(client.changed_threads(None).await.unwrap().topics.len(), 1);
}

#[tokio::test]
async fn the_customer_is_known_by_number_when_names_change() {
    let bench = Bench::start().await;
    let topic = bench.case("Crash", vec![]).await;
    let customer = bench.read(topic).await.customer.unwrap();
    assert!(customer.id.0 > 0);
    assert_ne!(customer.id, ForumUserId(topic.0));
}
