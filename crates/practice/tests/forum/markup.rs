use custody_practice::{
    forum::{ForumOptions, Markup, PracticeFile, Storage},
    scenario::files,
};

use crate::client::{Client, forum, report, thread};

/// The HTML of a thread's first post with this file.
async fn cooked(options: ForumOptions, file: PracticeFile) -> (custody_practice::forum::PracticeForum, String, String) {
    let forum = forum(options).await;
    let topic = thread(&forum, vec![file]).await;
    let post = forum.posts(topic).remove(0);
    let base62 = post.attachments[0].short_path.rsplit('/').next().unwrap().split('.').next().unwrap().to_owned();
    (forum, post.cooked, base62)
}

#[tokio::test]
async fn every_form_of_attachment_appears_and_each_address_serves_the_file() {
    for markup in [Markup::ShortUrl, Markup::Direct, Markup::ProtocolRelative, Markup::Legacy] {
        let (forum, html, _) = cooked(ForumOptions::default(), report().shown_as(markup)).await;
        let href = html.split("<a class=\"attachment\" href=\"").nth(1).unwrap().split('"').next().unwrap();
        let address = if href.starts_with("//") { format!("http:{href}") } else { href.to_owned() };
        let down = Client::anonymous(&forum).get(&address).await.ok();
        assert_eq!(down.text(), "PK not really an archive", "{markup:?}");
        assert!(html.contains(">report.zip</a> (24 Bytes)</p>"), "{html}");
    }
}

#[tokio::test]
async fn legacy_addresses_hold_sixteen_digits_and_direct_ones_forty() {
    let (_, html, _) = cooked(ForumOptions::default(), report().shown_as(Markup::Legacy)).await;
    let name = html.split("/uploads/default/").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(name.split('/').nth(1).unwrap().len(), "0123456789abcdef.zip".len());
    let (forum, html, _) = cooked(ForumOptions::default(), report().shown_as(Markup::ProtocolRelative)).await;
    let host = forum.base_url().replace("http:", "");
    assert!(html.contains(&format!("href=\"{host}/uploads/default/original/2X/")));
}

#[tokio::test]
async fn object_stores_show_their_own_addresses_and_secure_ones_the_forums() {
    let store = |secure| ForumOptions { storage: Storage::ObjectStore { secure }, ..ForumOptions::default() };
    let (forum, html, _) = cooked(store(false), report().shown_as(Markup::StorageAddress)).await;
    assert!(html.contains(&format!("href=\"{}/original/3X/", forum.storage_url())));
    let (_, html, _) = cooked(store(true), report()).await;
    assert!(html.contains("href=\"/secure-uploads/original/3X/"));
    let (_, html, _) = cooked(store(true), report().shown_as(Markup::SecureMediaUploads)).await;
    assert!(html.contains("href=\"/secure-media-uploads/original/3X/"));
}

#[tokio::test]
async fn large_images_get_a_lightbox_and_small_ones_none() {
    let (forum, html, base62) = cooked(ForumOptions::default(), files::png("shot.png", 1000, 500)).await;
    let host = forum.base_url().replace("http:", "");
    for needle in [
        "<div class=\"lightbox-wrapper\"><a class=\"lightbox\" href=\"//",
        &format!("data-download-href=\"{host}/uploads/default/"),
        "<span class=\"filename\">shot.png</span>",
        "<span class=\"informations\">1000×500 1.43 MB</span>",
        &format!("data-base62-sha1=\"{base62}\" width=\"690\" height=\"345\""),
        "/uploads/default/optimized/2X/",
        "_2_690x345.png\"",
    ] {
        assert!(html.contains(needle), "{needle} is not in {html}");
    }
    let options = ForumOptions { storage: Storage::ObjectStore { secure: false }, ..ForumOptions::default() };
    let (_, html, base62) = cooked(options, files::png("shot.png", 1000, 500)).await;
    assert!(html.contains(&format!("data-download-href=\"/uploads/short-url/{base62}.png?dl=1\"")), "{html}");
    let (_, html, base62) = cooked(ForumOptions::default(), files::png("icon.png", 64, 32)).await;
    assert!(
        html.contains(&format!("alt=\"icon.png\" data-base62-sha1=\"{base62}\" width=\"64\" height=\"32\">")),
        "{html}"
    );
    assert!(!html.contains("lightbox"));
}

#[tokio::test]
async fn films_and_sounds_have_their_own_markup() {
    let film = || PracticeFile::bytes("clip.mp4", "not really a film");
    let (_, html, _) = cooked(ForumOptions::default(), film()).await;
    assert!(html.contains("<div class=\"video-placeholder-container\" data-video-src=\"//"), "{html}");
    let (_, html, _) = cooked(ForumOptions::default(), film().shown_as(Markup::Video)).await;
    assert!(html.contains("<video ") && html.contains("<source src=\"//"), "{html}");
    let (_, html, _) = cooked(ForumOptions::default(), PracticeFile::bytes("rec.mp3", "not really a sound")).await;
    assert!(html.contains("<audio ") && html.contains("<source src=\"//"), "{html}");
}

#[tokio::test]
async fn links_in_code_are_no_attachments_and_those_in_quotes_are_marked() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, vec![report()]).await;
    let link = format!("[report.zip|attachment]({})", forum.posts(topic)[0].attachments[0].short_url);
    let code = format!("Type this:\n```\n{link}\n```\nor `{link}` please");
    forum.reply("bob", topic, &code, Vec::new()).await.unwrap();
    let quote = format!("[quote=\"carol, post:1, topic:{topic}\"]\n{link} (24 Bytes)\n[/quote]\nThis one?");
    forum.reply("bob", topic, &quote, Vec::new()).await.unwrap();
    let posts = forum.posts(topic);
    assert!(posts[1].attachments.is_empty() && !posts[1].cooked.contains("<a "), "{}", posts[1].cooked);
    assert_eq!(posts[2].attachments.len(), 1);
    let (open, inside) = posts[2].cooked.split_once("<blockquote>").unwrap();
    assert!(open.contains(&format!(
        "<aside class=\"quote no-group\" data-username=\"carol\" data-post=\"1\" data-topic=\"{topic}\">"
    )));
    assert!(inside.split("</blockquote>").next().unwrap().contains("class=\"attachment\""));
}

#[tokio::test]
async fn hand_written_anchors_pass_and_other_html_is_shown_as_text() {
    let forum = forum(ForumOptions::default()).await;
    let topic = thread(&forum, Vec::new()).await;
    let raw = "<a class=\"attachment\" href=\"/uploads/default/1/0123456789abcdef.zip\">old.zip</a>\n<img src=x onerror=alert(1)>";
    forum.reply("carol", topic, raw, Vec::new()).await.unwrap();
    let cooked = forum.posts(topic)[1].cooked.clone();
    assert!(cooked.contains("<a class=\"attachment\" href=\"/uploads/default/1/0123456789abcdef.zip\">old.zip</a>"));
    assert!(!cooked.contains("<img") && cooked.contains("&lt;img"));
}

#[tokio::test]
async fn a_name_with_a_lone_bracket_breaks_its_own_link() {
    let (_, html, _) = {
        let forum = forum(ForumOptions::default()).await;
        let topic = thread(&forum, vec![PracticeFile::bytes("a]b.zip", "PK")]).await;
        let post = forum.posts(topic).remove(0);
        assert!(post.attachments.is_empty());
        (forum, post.cooked, post.raw)
    };
    assert!(!html.contains("class=\"attachment\"") && html.contains("a]b.zip"), "{html}");
}
