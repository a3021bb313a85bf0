//! Codes for programs without a browser of their own: the program shows one, a person types it into the site.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use super::Request;
use crate::clock::moved;
use crate::random;

/// How long a code can be typed.
pub(crate) const CODE_LASTS: SignedDuration = SignedDuration::from_secs(600);

/// How long a granted key waits to be fetched.
const PAYLOAD_LASTS: SignedDuration = SignedDuration::from_secs(60);

/// Letters and digits that cannot be taken for one another.
const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// The codes given out, by the secret the program polls with.
#[derive(Debug, Default)]
pub(crate) struct DeviceCodes(HashMap<String, Waiting>);

#[derive(Debug)]
struct Waiting {
    user_code: String,
    /// Stands in the address that the program opens.
    token: String,
    request: Request,
    until: Timestamp,
    verdict: Verdict,
}

/// What became of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Pending,
    Authorized(String),
    Denied,
    /// Unknown and consumed codes look the same.
    Expired,
}

/// A code as it is told to the program.
#[derive(Debug)]
pub(crate) struct Issued {
    pub device_code: String,
    pub user_code: String,
    pub token: String,
}

impl DeviceCodes {
    pub(crate) fn issue(&mut self, request: Request, now: Timestamp) -> Issued {
        self.0.retain(|_, waiting| now < waiting.until);
        let letters = letters(8);
        let (left, right) = letters.split_at(4);
        let issued =
            Issued { device_code: hex(32), user_code: format!("{left}-{right}"), token: format!("{}_-", hex(3)) };
        self.0.insert(
            issued.device_code.clone(),
            Waiting {
                user_code: issued.user_code.clone(),
                token: issued.token.clone(),
                request,
                until: moved(now, CODE_LASTS),
                verdict: Verdict::Pending,
            },
        );
        issued
    }

    /// What became of a code. A key is handed out once.
    pub(crate) fn poll(&mut self, device_code: &str, now: Timestamp) -> Verdict {
        let Some(waiting) = self.0.get(device_code).filter(|waiting| now < waiting.until) else {
            self.0.remove(device_code);
            return Verdict::Expired;
        };
        let verdict = waiting.verdict.clone();
        if matches!(verdict, Verdict::Authorized(_)) {
            self.0.remove(device_code);
        }
        verdict
    }

    /// The request behind a code that waits for somebody to type it.
    pub(crate) fn typed(&self, user_code: &str, now: Timestamp) -> Option<Request> {
        self.0
            .values()
            .find(|waiting| is_same(&waiting.user_code, user_code) && waiting.waits(now))
            .map(|waiting| waiting.request.clone())
    }

    /// The request behind an address that a program opened.
    pub(crate) fn opened(&self, token: &str, now: Timestamp) -> Option<&Request> {
        self.0.values().find(|waiting| waiting.token == token && waiting.waits(now)).map(|waiting| &waiting.request)
    }

    /// Decides over a code; false when nobody waits for it.
    pub(crate) fn decide(&mut self, user_code: &str, verdict: Verdict, now: Timestamp) -> bool {
        let waiting = self.0.values_mut().find(|it| is_same(&it.user_code, user_code) && it.waits(now));
        let Some(waiting) = waiting else {
            return false;
        };
        if matches!(verdict, Verdict::Authorized(_)) {
            waiting.until = moved(now, PAYLOAD_LASTS);
        }
        waiting.verdict = verdict;
        true
    }
}

impl Waiting {
    fn waits(&self, now: Timestamp) -> bool {
        self.verdict == Verdict::Pending && now < self.until
    }
}

/// People type small letters and leave the line out.
fn is_same(code: &str, typed: &str) -> bool {
    let plain = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
    plain(code) == plain(typed)
}

fn letters(many: usize) -> String {
    let mut bytes = vec![0; many];
    random::fill(&mut bytes);
    bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}

fn hex(bytes: usize) -> String {
    let mut random = vec![0; bytes];
    random::fill(&mut random);
    hex::encode(random)
}
