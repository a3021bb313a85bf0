//! Posts' HTML in every form forums write it, and in forms nobody should.

use custody_remote::forum::{
    attachments::{self, Cooked, LONGEST_POST, Unreadable},
    base62,
};
use proptest::prelude::*;
use url::Url;

const HEX: &str = "bda2c513e1da04f7b4e99230851ea2aafeb8cc4e";
const KEY: &str = "r3AYqESanERjladb4vBB7VsMBm6";

fn read(html: &str) -> Cooked {
    attachments::read(&Url::parse("https://forum.example/").unwrap(), 101, html).unwrap()
}

/// Key, path and name of each attachment.
fn files(html: &str) -> Vec<(String, String, String)> {
    read(html)
        .attachments
        .into_iter()
        .map(|file| {
            assert_eq!(file.reference.post, 101);
            (file.reference.upload.into_revealed(), file.reference.url.into_revealed(), file.name.into_revealed())
        })
        .collect()
}

fn one(html: &str) -> (String, String, String) {
    let mut files = files(html);
    assert_eq!(files.len(), 1, "{html}");
    files.remove(0)
}

fn named(key: &str, path: &str, name: &str) -> (String, String, String) {
    (key.to_owned(), path.to_owned(), name.to_owned())
}

fn words(html: &str) -> String {
    read(html).own_text.into_revealed()
}

#[test]
fn each_markup_of_an_upload_is_one_attachment() {
    let short = format!("/uploads/short-url/{KEY}");
    for (html, path, name) in [
        (
            format!(
                r#"<p>It crashes.<br>
<a class="attachment" href="/uploads/short-url/{KEY}.zip">report.zip</a> (1.2 MB)</p>"#
            ),
            format!("{short}.zip"),
            "report.zip",
        ),
        (
            format!(r#"<a class="attachment" href="/secure-uploads/original/3X/b/d/{HEX}.pdf">a.pdf</a>"#),
            format!("/secure-uploads/original/3X/b/d/{HEX}.pdf"),
            "a.pdf",
        ),
        (
            format!(r#"<a class="attachment" href="/secure-media-uploads/original/3X/b/d/{HEX}.pdf">a.pdf</a>"#),
            format!("/secure-media-uploads/original/3X/b/d/{HEX}.pdf"),
            "a.pdf",
        ),
        (
            format!(r#"<a class="attachment" href="/404" data-orig-href="upload://{KEY}.zip">gone.zip</a>"#),
            format!("{short}.zip"),
            "gone.zip",
        ),
        (
            format!(r#"<a class="attachment" href="//forum.example/uploads/default/original/1X/{HEX}.txt">a.txt</a>"#),
            format!("/uploads/default/original/1X/{HEX}.txt"),
            "a.txt",
        ),
        (
            format!(
                r#"<a class="attachment" href="https://b.s3.dualstack.eu.amazonaws.com/original/3X/b/d/{HEX}.zip">a.zip</a>"#
            ),
            format!("{short}.zip"),
            "a.zip",
        ),
        (
            format!(
                r##"<div class="lightbox-wrapper"><a class="lightbox" href="//forum.example/uploads/default/original/1X/{HEX}.png"
                data-download-href="//forum.example/uploads/default/{HEX}" title="shot.png"><img
                src="//forum.example/uploads/default/optimized/1X/{HEX}_2_690x388.png" alt="shot.png" data-base62-sha1="{KEY}"
                width="690" height="388"><div class="meta"><svg class="fa"><use href="#far-image"></use></svg><span
                class="filename">somebody-elses-name.png</span><span class="informations">1750x2000 1.2 MB</span></div></a></div>"##
            ),
            format!("/uploads/default/original/1X/{HEX}.png"),
            "shot.png",
        ),
        (
            format!(
                r#"<a class="lightbox" href="https://bucket.example/original/3X/b/d/{HEX}.png"
                data-download-href="/uploads/short-url/{KEY}.png?dl=1" title="shot"><img src="https://bucket.example/x.png"></a>"#
            ),
            format!("{short}.png"),
            "shot.png",
        ),
        (
            format!(r#"<p><img src="/uploads/default/original/1X/{HEX}.png" alt="shot" data-base62-sha1="{KEY}"></p>"#),
            format!("/uploads/default/original/1X/{HEX}.png"),
            "shot.png",
        ),
        (
            format!(r#"<img src="/images/transparent.png" data-orig-src="upload://{KEY}.png" alt="">"#),
            format!("{short}.png"),
            "r3AYqESanERjladb4vBB7VsMBm6.png",
        ),
        (
            format!(r#"<div class="video-placeholder-container" data-video-src="/uploads/short-url/{KEY}.mp4"></div>"#),
            format!("{short}.mp4"),
            "r3AYqESanERjladb4vBB7VsMBm6.mp4",
        ),
        (
            format!(
                r#"<video controls><source src="/uploads/short-url/{KEY}.mp4"><a href="https://forum.example/uploads/short-url/{KEY}.mp4">https://forum.example/uploads/short-url/{KEY}.mp4</a></video>"#
            ),
            format!("{short}.mp4"),
            "r3AYqESanERjladb4vBB7VsMBm6.mp4",
        ),
        (
            format!(r#"<audio preload="metadata" controls=""><source src="upload://{KEY}.mp3"></audio>"#),
            format!("{short}.mp3"),
            "r3AYqESanERjladb4vBB7VsMBm6.mp3",
        ),
        (
            format!(r#"<p>see <a href="https://forum.example/uploads/short-url/{KEY}.zip">my dump</a></p>"#),
            format!("{short}.zip"),
            "my dump",
        ),
    ] {
        assert_eq!(one(&html), named(KEY, &path, name), "{html}");
    }
    let legacy = "/uploads/default/123/0123456789abcdef.zip";
    assert_eq!(one(&format!(r#"<a class="attachment" href="{legacy}">old.zip</a>"#)), named(legacy, legacy, "old.zip"));
}

#[test]
fn a_file_shown_twice_is_one_attachment_with_its_name() {
    let html = format!(
        r#"<p><a href="/uploads/short-url/{KEY}.zip">https://forum.example/uploads/short-url/{KEY}.zip</a>
        <a class="attachment" href="/uploads/short-url/{KEY}.zip">crash dump.zip</a>
        <a class="attachment" href="/uploads/default/original/2X/b/{HEX}.zip">again.zip</a></p>"#
    );
    assert_eq!(one(&html), named(KEY, &format!("/uploads/short-url/{KEY}.zip"), "crash dump.zip"));
}

#[test]
fn what_belongs_to_others_is_not_an_attachment() {
    for html in [
        format!(
            r#"<aside class="quote no-group" data-post="1"><div class="title">carol:</div><blockquote>
            <a class="attachment" href="/uploads/short-url/{KEY}.zip">a.zip</a></blockquote></aside>"#
        ),
        format!(
            r#"<aside class="onebox allowlistedgeneric"><img class="thumbnail" src="/uploads/default/original/1X/{HEX}.png"></aside>"#
        ),
        format!(r#"<img class="emoji emoji-custom" src="/uploads/default/original/1X/{HEX}.png" alt=":x:">"#),
        format!(r#"<img class="avatar" src="/uploads/default/original/1X/{HEX}.png">"#),
        r#"<img src="https://imgur.example/a.png">"#.to_owned(),
        r#"<a class="attachment" href="https://evil.example/payload.exe">report.zip</a>"#.to_owned(),
        r#"<a class="attachment" href="/admin/backups/site.tar.gz">report.zip</a>"#.to_owned(),
        r#"<a class="attachment" href="javascript:alert(1)">report.zip</a>"#.to_owned(),
        r#"<a class="attachment">report.zip</a>"#.to_owned(),
        format!(r#"<pre><code>&lt;a class="attachment" href="/uploads/short-url/{KEY}.zip"&gt;</code></pre>"#),
        format!(
            r#"<script>document.write('<a class="attachment" href="/uploads/short-url/{KEY}.zip">x</a>')</script>"#
        ),
        format!(r#"<iframe><a class="attachment" href="/uploads/short-url/{KEY}.zip">x</a></iframe>"#),
        format!(r#"<!-- <a class="attachment" href="/uploads/short-url/{KEY}.zip">x</a> -->"#),
    ] {
        assert_eq!(files(&html), [], "{html}");
    }
}

#[test]
fn a_file_after_a_quote_is_the_posts_own() {
    let quote = r#"<aside class="quote"><div class="title">x<aside>y</aside></div><blockquote><p>please erase my files</blockquote></aside>"#;
    let html = format!(r#"{quote}<p>Here: <a class="attachment" href="/uploads/short-url/{KEY}.zip">a.zip</a></p>"#);
    assert_eq!(one(&html).2, "a.zip");
    assert_eq!(words(&html), "Here:");
}

#[test]
fn a_file_in_quoted_mail_counts_but_its_words_do_not() {
    let html = format!(
        r#"<blockquote><p>please erase my files <a class="attachment" href="/uploads/short-url/{KEY}.zip">a.zip</a></p></blockquote>
        <p>What does this mean?</p>"#
    );
    assert_eq!(one(&html).2, "a.zip");
    assert_eq!(words(&html), "What does this mean?");
}

#[test]
fn own_words_are_what_the_author_says_line_by_line() {
    assert_eq!(
        words("<p>Thank you.<br>\nPlease   erase\nmy <b>files</b>.</p>\n<ul><li>one</li><li>two</li></ul>"),
        "Thank you.\nPlease erase my files.\none\ntwo"
    );
    assert_eq!(words("<p>a</p><pre><code>please erase my files</code></pre>"), "a\nplease erase my files");
    let log = "please erase my files\n".repeat(50);
    assert_eq!(
        words(&format!("<p>My log:</p><pre><code class=\"lang-auto\">{log}</code></pre><p>Thanks</p>")),
        "My log:\nThanks"
    );
    assert_eq!(
        words("<details class=\"elided\"><summary>...</summary><p>please erase my files</p></details><p>Yes</p>"),
        "Yes"
    );
    assert_eq!(words("<p>hello &lt;b&gt; &amp; <script>please erase my files</script>bye</p>"), "hello <b> & bye");
    assert_eq!(
        words("<p>Hi <a class=\"mention\" href=\"/u/bob\">@bob</a>, <img class=\"emoji\" alt=\":smile:\"> ok</p>"),
        "Hi @bob, ok"
    );
}

#[test]
fn a_file_name_cannot_speak_for_the_customer() {
    let html = format!(r#"<p><a class="attachment" href="/uploads/short-url/{KEY}.txt">please erase my files</a></p>"#);
    assert_eq!(words(&html), "");
    assert_eq!(one(&html).2, "please erase my files");
}

#[test]
fn hostile_names_are_kept_as_shown_and_bounded() {
    let name =
        |label: &str| one(&format!(r#"<a class="attachment" href="/uploads/short-url/{KEY}.zip">{label}</a>"#)).2;
    assert_eq!(name("../../etc/passwd"), "../../etc/passwd");
    assert_eq!(name("&lt;img src=x onerror=alert(1)&gt;.zip"), "<img src=x onerror=alert(1)>.zip");
    assert_eq!(name("報告書\u{202e}gpj.exe"), "報告書\u{202e}gpj.exe");
    assert_eq!(name("a\r\nb\t c.zip"), "a b c.zip");
    assert_eq!(name("   "), format!("{KEY}.zip"));
    assert!(name(&"ä".repeat(100_000)).len() <= 1024);
}

#[test]
fn nesting_and_odd_ends_of_any_depth_change_nothing() {
    let file = format!(r#"<a class="attachment" href="/uploads/short-url/{KEY}.zip">a.zip</a>"#);
    let deep = 40_000;
    for (before, after) in [
        ("<div>".repeat(deep), String::new()),
        ("<p>".repeat(deep), "</p>".repeat(deep)),
        ("</div></aside></blockquote>".repeat(deep / 4), String::new()),
        ("<b><i><u>".repeat(deep / 4), "</b>".repeat(deep)),
        ("<table><tr><td>".repeat(deep / 4), String::new()),
    ] {
        assert_eq!(one(&format!("{before}{file}{after}")).2, "a.zip");
    }
}

#[test]
fn a_post_made_to_be_slow_is_read_in_work_that_grows_with_its_length_alone() {
    const LENGTH: usize = LONGEST_POST / 4;
    // Each of these makes a tree of elements, a list or a text as long as the post.
    for html in [
        "<div><p>".repeat(LENGTH / 8),
        "<".repeat(LENGTH),
        "&#x".repeat(LENGTH / 3),
        format!("<a href=\"{}\">", "x".repeat(LENGTH - 20)),
        "<a class=attachment href=/uploads/short-url/1>x".repeat(LENGTH / 48),
    ] {
        assert!(html.len() <= LENGTH);
        let read = read(&html);
        assert!(read.own_text.reveal().len() <= 2 * LENGTH);
    }
}

#[test]
fn a_post_beyond_the_limits_is_refused_and_not_cut() {
    let refused = |html: &str| attachments::read(&Url::parse("https://forum.example/").unwrap(), 1, html).err();
    assert_eq!(refused(&"x".repeat(LONGEST_POST)), None);
    assert_eq!(refused(&"x".repeat(LONGEST_POST + 1)), Some(Unreadable::TooLong));
    for attribute in [" a", "/a", " a=''", " a=\"\"b"] {
        let attributes: String = (0..100_000).map(|number| format!("{attribute}{number:x}")).collect();
        assert_eq!(refused(&format!("<div{attributes}>")), Some(Unreadable::TooDense), "{attribute}");
    }
    // The same attribute again and again is compared with all the others as well.
    let first: String = (0..2_000).map(|number| format!(" a{number:x}")).collect();
    assert_eq!(refused(&format!("<div{first}{}>", " a1".repeat(300_000))), Some(Unreadable::TooDense));
    let picture = format!(
        "<p>{}<img src=\"data:image/png;base64,{}\"></p>",
        "many words / ".repeat(20_000),
        "abc".repeat(100_000)
    );
    assert_eq!(refused(&picture), None);
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("<aside class=\"quote\">".to_owned()),
        Just("</aside>".to_owned()),
        Just("<blockquote>".to_owned()),
        Just("</blockquote>".to_owned()),
        Just("<pre><code>".to_owned()),
        Just("</pre>".to_owned()),
        Just(format!("<a class=attachment href=\"/uploads/short-url/{KEY}.zip\">")),
        Just("<a class=lightbox href=/x>".to_owned()),
        Just("</a>".to_owned()),
        Just(format!("<img src='/uploads/default/original/1X/{HEX}.png' data-base62-sha1={KEY}>")),
        Just("<img data-base62-sha1=zzz src='//[' alt=\"".to_owned()),
        Just("<script>".to_owned()),
        Just("</script>".to_owned()),
        Just("<svg><use/>".to_owned()),
        Just("<!--".to_owned()),
        Just("<![CDATA[".to_owned()),
        Just("&#0;&#x110000;&notanentity".to_owned()),
        ".{0,20}",
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_at_all_is_read_without_panic(html in ".{0,2000}") {
        read(&html);
    }

    #[test]
    fn any_mixture_of_markup_yields_addresses_of_the_forum_alone(html in pieces()) {
        let read = read(&html);
        let mut keys = std::collections::HashSet::new();
        for file in &read.attachments {
            let path = file.reference.url.reveal();
            prop_assert!(path.starts_with("/uploads/") || path.starts_with("/secure-"), "{path}");
            prop_assert!(keys.insert(file.reference.upload.reveal().clone()));
            prop_assert!(!file.name.reveal().is_empty() && file.name.reveal().len() <= 1100);
        }
        // Entities grow when they are read, by less than this.
        prop_assert!(read.own_text.reveal().len() <= 4 * html.len() + 16);
    }

    #[test]
    fn an_address_of_any_form_never_leads_off_the_forum(address in "(upload:|https?:)?//?[a-z0-9./%_?#:@\\\\-]{0,60}") {
        for file in read(&format!("<a class=\"attachment\" href=\"{address}\">x</a>")).attachments {
            let path = file.reference.url.into_revealed();
            prop_assert!(path.starts_with("/uploads/") || path.starts_with("/secure-"), "{path}");
        }
    }

    #[test]
    fn every_sha1_survives_base_62(sha1: [u8; 20]) {
        let text = base62::encode(&sha1);
        if sha1 == [0; 20] {
            prop_assert_eq!(text, "");
        } else {
            prop_assert_eq!(base62::decode(&text), Some(sha1));
        }
    }

    #[test]
    fn any_text_is_a_key_or_is_refused(text in ".{0,40}") {
        if let Some(sha1) = base62::decode(&text) {
            let canonical = base62::encode(&sha1);
            prop_assert_eq!(text.trim_start_matches('0'), canonical);
        }
    }
}
