//! Makes a desk with many cases, for measuring: `many_cases FOLDER CASES FILES_PER_CASE`.
//!
//! Every file is really sealed, so that what compares disk and ledger finds them in order. Its passphrase is `many cases`,
//! its keys lie in a file. On a folder in memory, 10,000 cases with 10 files each take some minutes.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a program for measuring fails by panicking"
)]

use async_trait::async_trait;
use bytes::Bytes;
use custody_core::{
    Private,
    case::{Case, CaseDetails, Customer, ForumUserId, Labels, TopicId},
    file_kind::FileKind,
    held_file::{FileDetails, ForumDigest, HeldFile, Sealed, Source},
    id::{CaseId, CustomerId, FileId},
    ports::{AttachmentRef, ByteSource, PortResult},
    ticket::{Standing, TicketRef},
    transition::{Transition, Write},
};
use custody_desk::{Desk, DeskOptions, KeyStore, Passphrase, Places};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

/// How many transitions are written at a time.
const BATCH: usize = 2_000;

struct Text(Option<Bytes>);

#[async_trait]
impl ByteSource for Text {
    async fn next(&mut self) -> PortResult<Option<Bytes>> {
        Ok(self.0.take())
    }
}

#[tokio::main]
async fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [folder, cases, files] = &words[..] else { panic!("many_cases FOLDER CASES FILES_PER_CASE") };
    let (cases, files): (i64, i64) = (cases.parse().expect("a number"), files.parse().expect("a number"));

    let places = Places::under(folder).unwrap();
    let passphrase = Passphrase::from("many cases".to_owned());
    let desk = Desk::create(places, KeyStore::KeyFile, passphrase, DeskOptions::default()).await.unwrap();
    let ports = desk.ports();
    let now = Timestamp::now();
    let mut waiting = Vec::new();
    for number in 0..cases {
        let opened_at = now - SignedDuration::from_mins(60 + number);
        let case = case(number, opened_at);
        let of = case.id;
        let details = CaseDetails { title: format!("Report number {number} does not open").into() };
        waiting.push(case.open(details, customer(number % 997), opened_at));
        for place in 0..files {
            let number = number * files + place;
            let arrived = arrived(number, of, opened_at);
            let Write::NewFile { file, .. } = arrived.write() else { panic!("a file arrives") };
            let file = file.clone();
            waiting.push(arrived);
            let mut body = Text(Some(Bytes::from(format!("log of report {number}\n").repeat(40))));
            let sealed = ports.strongroom.seal(file.id(), 1, &mut body, u64::MAX).await.unwrap();
            let facts = Sealed {
                at: opened_at,
                size: sealed.size,
                sealed_size: sealed.sealed_size,
                digest: hex::encode(sealed.digest),
                forum_digest: ForumDigest::NotGiven,
                kind: FileKind::Log,
            };
            waiting.push(file.seal(facts, sealed.wraps, sealed.salt, opened_at).unwrap());
        }
        if waiting.len() >= BATCH {
            ports.ledger.commit(std::mem::take(&mut waiting)).await.unwrap();
        }
    }
    ports.ledger.commit(waiting).await.unwrap();
    // Its window shows the list of cases, and not the steps of a first run.
    desk.end_setup().await.unwrap();
    desk.close().await;
}

fn id(kind: &str, number: i64) -> [u8; 16] {
    let digest = Sha256::digest(format!("{kind} {number}"));
    std::array::from_fn(|place| digest[place])
}

fn case(number: i64, opened_at: Timestamp) -> Case {
    Case {
        id: CaseId::from_bytes(id("case", number)),
        forum: "help".to_owned(),
        topic: TopicId(number + 1),
        customer: CustomerId::from_bytes(id("customer", number % 997)),
        ticket: TicketRef { tracker: "topic".to_owned(), key: (number + 1).to_string() },
        standing: Standing::UNREAD,
        exposed_since: None,
        labels: Labels { tags: Vec::new(), category: None },
        opened_at,
        customer_active_at: opened_at,
        probe: None,
        noticed_at: None,
        forgotten_at: None,
        version: 0,
    }
}

fn customer(number: i64) -> Customer {
    Customer {
        id: CustomerId::from_bytes(id("customer", number)),
        forum: "help".to_owned(),
        user: ForumUserId(number + 1),
        username: format!("customer-{number}").into(),
        name: Some(format!("Customer {number}").into()),
        email: None,
    }
}

fn arrived(number: i64, of: CaseId, at: Timestamp) -> Transition {
    let details = FileDetails {
        name: Private::new(format!("report-{number}.log")),
        source: Source::Attachment(AttachmentRef {
            post: number + 1,
            upload: format!("upload-{number}").into(),
            url: format!("/secure-uploads/{number}").into(),
        }),
        salt: None,
    };
    HeldFile::arrive(FileId::from_bytes(id("file", number)), of, details, at)
}
