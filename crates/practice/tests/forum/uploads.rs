use std::io::Read;

use custody_practice::forum::{ForumOptions, PracticeFile};
use serde_json::json;
use sha1::{Digest, Sha1};

use crate::client::{Client, forum, report, thread};

#[tokio::test]
async fn what_is_uploaded_comes_back_byte_for_byte() {
    let forum = forum(ForumOptions::default()).await;
    let carol = Client::user(&forum, "carol");
    let content: Vec<u8> = (0..300_000u32).flat_map(u32::to_le_bytes).collect();
    let made = carol.upload("dump.bin", content.clone()).await.ok().json();
    assert_eq!((&made["filesize"], &made["extension"]), (&json!(content.len()), &json!("bin")));
    let sha1 = hex::encode(Sha1::digest(&content));
    let url = made["url"].as_str().unwrap();
    assert!(url.starts_with("/uploads/default/original/") && url.contains(&sha1), "{url}");
    for path in [made["short_path"].as_str().unwrap(), url, &format!("/uploads/default/{sha1}")] {
        let down = Client::anonymous(&forum).get(path).await.ok();
        assert!(down.body == content, "{path}");
        assert_eq!(down.header("content-length"), content.len().to_string());
        assert_eq!(down.header("content-disposition"), "attachment; filename=\"dump.bin\"; filename*=UTF-8''dump.bin");
    }
    let head = Client::anonymous(&forum).head(url).await.ok();
    assert_eq!((head.body.len(), head.header("content-length")), (0, content.len().to_string().as_str()));
    let body = json!({"topic_id": thread(&forum, Vec::new()).await, "raw": format!("Here: [dump.bin|attachment]({})", made["short_url"].as_str().unwrap())});
    let post = carol.post("/posts.json", body).await.ok().json();
    let cooked = post["cooked"].as_str().unwrap();
    assert!(
        cooked.contains(&format!(
            "<a class=\"attachment\" href=\"{}\">dump.bin</a>",
            made["short_path"].as_str().unwrap()
        ))
    );
}

#[tokio::test]
async fn the_same_bytes_share_one_upload_and_the_first_name() {
    let forum = forum(ForumOptions::default()).await;
    let first = Client::user(&forum, "carol").upload("carols-secret.zip", "the same bytes").await.ok().json();
    let second = Client::user(&forum, "dave").upload("dave.zip", "the same bytes").await.ok().json();
    assert_eq!(first["id"], second["id"]);
    assert_eq!(second["original_filename"], "carols-secret.zip");
    assert_eq!(forum.files_on_disk(), 1);
    let topic = forum
        .private_thread(
            "dave",
            &["support"],
            "Mine",
            "My file.",
            vec![PracticeFile::bytes("dave.zip", "the same bytes")],
        )
        .await
        .unwrap();
    let shown = Client::user(&forum, "bob").get(&format!("/t/{topic}.json")).await.ok().json();
    // The post says dave's name, the download says carol's.
    assert!(shown["post_stream"]["posts"][0]["cooked"].as_str().unwrap().contains(">dave.zip</a>"));
    let down = Client::anonymous(&forum).get(first["short_path"].as_str().unwrap()).await.ok();
    assert!(down.header("content-disposition").contains("carols-secret.zip"));
}

#[tokio::test]
async fn uploads_are_refused_with_reasons() {
    let options = ForumOptions {
        authorized_extensions: "jpg|png".to_owned(),
        max_attachment_size_kb: 100,
        ..ForumOptions::default()
    };
    let forum = forum(options).await;
    let carol = Client::user(&forum, "carol");
    let kind = carol.upload("a.zip", "PK").await;
    assert_eq!(
        (kind.status, kind.json()),
        (
            422,
            json!({"errors": ["Sorry, the file you are trying to upload is not authorized (authorized extensions: jpg, png)."]})
        )
    );
    let large = carol.upload("a.png", vec![7u8; 200 * 1024]).await;
    assert!(large.status == 422 && large.text().contains("too big (maximum size is 100 KB)"), "{}", large.text());
    assert!(carol.upload("a.png", "").await.text().contains("empty"));
    assert_eq!(forum.files_on_disk(), 0);
    assert_eq!(Client::anonymous(&forum).upload("a.png", "x").await.text(), "[\"BAD CSRF\"]");
}

#[tokio::test]
async fn a_scripted_file_is_streamed_to_disk_and_out_again() {
    let forum = forum(ForumOptions::default()).await;
    let size = 40 * 1024 * 1024;
    let log = custody_practice::scenario::files::log("big.log", size);
    let (name, sha256) = (log.name().to_owned(), log.sha256());
    let topic = thread(&forum, vec![log]).await;
    let attachment = forum.posts(topic)[0].attachments[0].clone();
    assert_eq!((attachment.original_filename, attachment.size), (name, size));
    let down = Client::anonymous(&forum).get(&attachment.short_path).await.ok();
    assert_eq!(PracticeFile::bytes("x", down.body.clone()).sha256(), sha256);
    assert_eq!(hex::encode(Sha1::digest(&down.body)), attachment.sha1);
    assert_eq!(down.header("content-type"), "text/plain");
}

#[tokio::test]
async fn scripts_in_pages_and_strangers_may_be_kept_from_downloads() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, vec![report()]).await;
    let path = forum.posts(topic)[0].attachments[0].short_path.clone();
    let nobody = Client::anonymous(&forum);
    // On local storage anybody with the address gets the file, also of a private thread.
    nobody.get(&path).await.ok();
    assert_eq!(nobody.clone().with("x-requested-with", "XMLHttpRequest").get(&path).await.status, 400);
    forum.configure(|options| options.prevent_anons_from_downloading_files = true);
    assert_eq!(nobody.get(&path).await.status, 404);
    Client::user(&forum, "dave").get(&path).await.ok();
    assert_eq!(nobody.get("/uploads/short-url/doesnotexist.zip").await.status, 404);
    assert_eq!(nobody.get("/secure-uploads/original/3X/a/b/none.zip").await.status, 404);
}

#[tokio::test]
async fn ranges_work_on_direct_addresses_and_elsewhere_when_switched_on() {
    let forum = forum(ForumOptions::default()).await;
    let made = Client::user(&forum, "carol").upload("a.txt", "0123456789").await.ok().json();
    let (short, direct) = (made["short_path"].as_str().unwrap(), made["url"].as_str().unwrap());
    let part = Client::anonymous(&forum).with("range", "bytes=3-6");
    let got = part.get(direct).await;
    assert_eq!((got.status, got.text(), got.header("content-range")), (206, "3456", "bytes 3-6/10"));
    assert_eq!(part.get(short).await.ok().text(), "0123456789");
    forum.configure(|options| options.range_on_short_urls = true);
    assert_eq!(part.get(short).await.text(), "3456");
    forum.configure(|options| options.range_on_direct_urls = false);
    part.get(direct).await.ok();
}

#[tokio::test]
async fn hostile_names_stay_as_they_are_and_break_nothing() {
    let forum = forum(ForumOptions::default()).await;
    let names =
        ["../../etc/passwd", "..\\..\\x", "見積書_最終版.txt", "تقرير.txt", "a\u{202e}fdp.exe", "a\"; b<script>.html"];
    let files = names.iter().map(|name| PracticeFile::bytes(*name, format!("content of {name}"))).collect();
    let topic = thread(&forum, files).await;
    let look = forum.posts(topic)[0].clone();
    assert_eq!(look.attachments.len(), names.len());
    assert!(!look.cooked.contains("<script>"));
    for attachment in &look.attachments {
        assert!(names.contains(&attachment.original_filename.as_str()));
        let down = Client::anonymous(&forum).get(&attachment.short_path).await.ok();
        assert_eq!(down.text(), format!("content of {}", attachment.original_filename));
    }
}

#[tokio::test]
async fn upload_addresses_can_be_looked_up_by_those_who_may_write() {
    let forum = forum(ForumOptions::default()).await;
    let made = Client::user(&forum, "carol").upload("a.zip", "PK").await.ok().json();
    let body = json!({"short_urls": [made["short_url"], "upload://unknown.zip"]});
    let found = Client::user(&forum, "bob").post("/uploads/lookup-urls.json", body.clone()).await.ok().json();
    assert_eq!(found, json!([{"short_url": made["short_url"], "url": made["url"], "short_path": made["short_path"]}]));
    let reading = Client::scoped(&forum, "bob", &[custody_practice::forum::UserScope::Read]);
    assert_eq!(reading.post("/uploads/lookup-urls.json", body).await.status, 403);
}

#[tokio::test]
async fn the_upload_folder_goes_away_with_the_forum() {
    let forum = forum(ForumOptions::default()).await;
    thread(&forum, vec![report()]).await;
    let folder = forum.folder();
    let mut held = String::new();
    let file = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    std::fs::File::open(file).unwrap().read_to_string(&mut held).unwrap();
    assert_eq!(held, "PK not really an archive");
    drop(forum);
    // The servers hold their share until they have noticed.
    while folder.exists() {
        tokio::task::yield_now().await;
    }
}
