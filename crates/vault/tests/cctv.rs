//! The C2SP test vectors for age, every one of them, through the vault's own reader.
//!
//! They come from the npm package `cctv-age`; `CUSTODY_CCTV_AGE` names another folder, which holds either that package's
//! `index.js` or the vectors as files.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

mod support;

use std::{
    collections::BTreeMap,
    io::Read,
    path::{Path, PathBuf},
};

use age::{Identity, scrypt, x25519};
use base64::{Engine, prelude::BASE64_STANDARD};
use custody_vault::{Form, OpenError, open_age};
use sha2::{Digest, Sha256};
use support::hybrid::HybridIdentity;

#[test]
fn every_vector_ends_as_its_header_says() {
    let vectors = vectors(&folder());
    assert!(vectors.len() >= 100, "only {} vectors were found", vectors.len());
    let mut wrong = Vec::new();
    for (name, text) in &vectors {
        let vector = Vector::parse(name, text);
        let outcome = vector.open();
        if outcome != vector.expected {
            wrong.push(format!("{name}: expected {:?}, got {outcome:?} ({})", vector.expected, vector.comment));
        }
    }
    println!("{} of {} vectors ended as named", vectors.len() - wrong.len(), vectors.len());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn folder() -> PathBuf {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../node_modules/cctv-age");
    let folder = std::env::var_os("CUSTODY_CCTV_AGE").map_or_else(default, PathBuf::from);
    assert!(
        folder.is_dir(),
        "the vectors are not in {}: run `npm install`, or name their folder in CUSTODY_CCTV_AGE",
        folder.display()
    );
    folder
}

/// Names and contents, read from the package's script or from plain files.
fn vectors(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let Ok(script) = std::fs::read_to_string(folder.join("index.js")) else {
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        return files
            .filter(|path| path.is_file() && path.extension().is_none())
            .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(&path).unwrap()))
            .collect();
    };
    let mut vectors = BTreeMap::new();
    let mut name = None;
    for line in script.lines() {
        if let Some(path) = line.strip_prefix("// ../testdata/") {
            name = Some(path.to_owned());
        } else if let (Some(named), Some((_, rest))) = (&name, line.split_once("__toBinary(\"")) {
            let text = rest.split('"').next().unwrap();
            vectors.insert(named.clone(), BASE64_STANDARD.decode(text).unwrap());
            name = None;
        }
    }
    vectors
}

#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    /// SHA-256 of the whole payload.
    Success(String),
    /// SHA-256 of what came before the failure.
    PayloadFailure(String),
    ArmorFailure,
    HeaderFailure,
    HmacFailure,
    NoMatch,
}

struct Vector {
    expected: Outcome,
    identities: Vec<Box<dyn Identity>>,
    form: Form,
    comment: String,
    age_file: Vec<u8>,
}

impl Vector {
    fn parse(name: &str, text: &[u8]) -> Self {
        let end = text.windows(2).position(|two| two == b"\n\n").unwrap_or_else(|| panic!("{name} has no header"));
        let (mut expect, mut payload, mut comment) = (String::new(), String::new(), String::new());
        let (mut identities, mut form) = (Vec::<Box<dyn Identity>>::new(), Form::Binary);
        let mut age_file = text[end + 2..].to_vec();
        for line in std::str::from_utf8(&text[..end]).unwrap().lines() {
            let (key, value) = line.split_once(": ").unwrap();
            match (key, value) {
                ("expect", _) => expect = value.to_owned(),
                ("payload", _) => payload = value.to_owned(),
                ("comment", _) => comment = value.to_owned(),
                ("file key", _) => (),
                ("identity", _) => identities.push(identity(value)),
                ("passphrase", _) => identities.push(passphrase(value)),
                ("armored", "yes") => form = Form::Armored,
                ("compressed", "zlib") => {
                    age_file.clear();
                    flate2::read::ZlibDecoder::new(&text[end + 2..]).read_to_end(&mut age_file).unwrap();
                }
                _ => panic!("{name} has an unknown header line: {line}"),
            }
        }
        let expected = match expect.as_str() {
            "success" => Outcome::Success(payload),
            "payload failure" => Outcome::PayloadFailure(payload),
            "armor failure" => Outcome::ArmorFailure,
            "header failure" => Outcome::HeaderFailure,
            "HMAC failure" => Outcome::HmacFailure,
            "no match" => Outcome::NoMatch,
            other => panic!("{name} expects something unknown: {other}"),
        };
        Self { expected, identities, form, comment, age_file }
    }

    fn open(&self) -> Outcome {
        let identities: Vec<&dyn Identity> = self.identities.iter().map(|identity| &**identity).collect();
        let mut opened = match open_age(&self.age_file[..], self.form, &identities) {
            Ok(opened) => opened,
            Err(error) => return outcome(error, String::new()),
        };
        let mut payload = Sha256::new();
        loop {
            match opened.piece(100_000) {
                Ok(Some(piece)) => payload.update(&piece),
                Ok(None) => return Outcome::Success(hex::encode(payload.finalize())),
                Err(error) => {
                    assert_eq!(opened.piece(1).unwrap(), None, "nothing comes after a failure");
                    return outcome(error, hex::encode(payload.finalize()));
                }
            }
        }
    }
}

fn outcome(error: OpenError, payload: String) -> Outcome {
    match error {
        OpenError::Armor => Outcome::ArmorFailure,
        OpenError::Header => Outcome::HeaderFailure,
        OpenError::Mac => Outcome::HmacFailure,
        OpenError::NoMatch => Outcome::NoMatch,
        OpenError::Content => Outcome::PayloadFailure(payload),
        OpenError::Disk(cause) => panic!("nothing here is on a disk: {cause}"),
    }
}

fn identity(text: &str) -> Box<dyn Identity> {
    match text.parse::<x25519::Identity>() {
        Ok(identity) => Box::new(identity),
        Err(_) => Box::new(HybridIdentity::parse(text).unwrap()),
    }
}

fn passphrase(text: &str) -> Box<dyn Identity> {
    let mut identity = scrypt::Identity::new(text.to_owned().into());
    // As for the desk identity: more work than this is refused.
    identity.set_max_work_factor(20);
    Box::new(identity)
}
