//! What the fuzz targets drive, within bounds and with every test run: any bytes, and real samples with something broken.

use proptest::{collection::vec, prelude::*, sample::Index};

#[path = "../../../fuzz/drives/cooked.rs"]
mod cooked;
#[path = "../../../fuzz/drives/mail_reader.rs"]
mod mail_reader;

const POSTS: [&str; 4] = [
    "<p>Here is the log:</p>\n<p><a class=\"attachment\" href=\"/uploads/short-url/abcdefghijklmnopqrstuvwxyza.log\">crash \
     &amp; burn.log</a> (12.3 KB)</p>",
    "<div class=\"lightbox-wrapper\"><a class=\"lightbox\" href=\"//cdn.example/original/1X/0123456789abcdef0123456789abcdef\
     01234567.png\" title=\"a\"><img src=\"/uploads/default/optimized/1X/x_2_690x300.png\" data-base62-sha1=\"abc\"></a></div>",
    "<aside class=\"quote\" data-username=\"anna\"><blockquote><p>Please delete my files</p></blockquote></aside><p>Why?</p>",
    "<pre><code class=\"lang-auto\">&lt;a href=\"upload://x\"&gt;</code></pre><details><summary>more</summary>\
     <video src=\"/secure-uploads/original/1X/0123456789abcdef0123456789abcdef01234567.mp4\"></video></details>",
];

const MAILS: [&str; 4] = [
    "Return-Path: <carol@customer.example>\r\nAuthentication-Results: mail.support.example; dkim=pass header.d=customer.example\r\n\
     From: Carol <carol@customer.example>\r\nSubject: Re: Your files were erased [CR-ABCDEFGHJKLM]\r\nMessage-ID: <1@customer.example>\r\n\
     In-Reply-To: <receipt.1@support.example>\r\nContent-Type: multipart/alternative; boundary=\"b\"\r\n\r\n--b\r\n\
     Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nSSBjb25maXJtLgo=\r\n--b\r\nContent-Type: text/html\r\n\r\n\
     <div dir=3D\"ltr\">I confirm.</div><blockquote>quoted</blockquote>\r\n--b--\r\n",
    "Return-Path: <>\r\nFrom: MAILER-DAEMON@mail.example\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=r\r\n\r\n\
     --r\r\n\r\nSorry.\r\n--r\r\nContent-Type: message/delivery-status\r\n\r\nOriginal-Envelope-Id: receipt.1@support.example\r\n\
     Reporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; c@d\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--r\r\n\
     Content-Type: message/rfc822\r\n\r\nMessage-ID: <receipt.1@support.example>\r\n\r\nI confirm.\r\n--r--\r\n",
    "From: =?iso-2022-jp?B?GyRCRURDZhsoQg==?= <tanaka@customer.example>\r\nSubject: =?utf-8?Q?Re:_=E5=8F=97?=\r\n\
     Content-Type: text/plain; charset=iso-2022-jp\r\nContent-Transfer-Encoding: 7bit\r\n\r\n\x1b$B$O$$\x1b(B\r\n\r\n2027/03/01 10:00 <desk@support.example>:\r\n> x\r\n",
    "Auto-Submitted: auto-replied (vacation)\r\nFrom: bob@customer.example\r\nReferences: <a@b> <c@d>\r\nContent-Type: text/html; charset=windows-1252\r\n\
     Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>Away=A0until =\r\nMay</p><div id=3D\"divRplyFwdMsg\">From: desk</div>\r\n",
];

/// A sample with some bytes changed, a piece repeated, another cut out, and an end that may come early.
fn broken(samples: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    let changes = vec((any::<Index>(), any::<u8>()), 0..6);
    let piece = || (any::<Index>(), any::<Index>());
    (prop::sample::select(samples), changes, piece(), 0_usize..40, piece(), any::<Index>()).prop_map(
        |(sample, changes, repeated, times, cut, end)| {
            let mut bytes = sample.as_bytes().to_vec();
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            let span = |(one, other): (Index, Index), length: usize| {
                let (one, other) = (one.index(length), other.index(length));
                one.min(other)..one.max(other)
            };
            let piece = bytes[span(repeated, bytes.len())].repeat(times);
            let at = repeated.0.index(bytes.len());
            bytes.splice(at..at, piece);
            let span = span(cut, bytes.len());
            if span.len() < bytes.len() / 2 {
                bytes.drain(span);
            }
            bytes.truncate(bytes.len() - end.index(bytes.len()) / 4);
            bytes
        },
    )
}

#[test]
fn every_sample_is_read_as_it_is() {
    POSTS.iter().for_each(|post| cooked::drive(post.as_bytes()));
    MAILS.iter().for_each(|mail| mail_reader::drive(mail.as_bytes()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_stop_the_reader_of_posts(bytes in vec(any::<u8>(), 0..4_000)) {
        cooked::drive(&bytes);
    }

    #[test]
    fn no_broken_post_stops_its_reader(bytes in broken(&POSTS)) {
        cooked::drive(&bytes);
    }

    #[test]
    fn no_bytes_stop_the_reader_of_mails(bytes in vec(any::<u8>(), 0..4_000)) {
        mail_reader::drive(&bytes);
    }

    #[test]
    fn no_broken_mail_stops_its_reader(bytes in broken(&MAILS)) {
        mail_reader::drive(&bytes);
    }
}
