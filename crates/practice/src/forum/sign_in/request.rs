//! What a program that wants a key has to say of itself.

use jiff::{SignedDuration, Timestamp};
use rsa::PublicKey;
use rsa::pkcs8::DecodePublicKey as _;
use rsa::traits::PublicKeyParts as _;
use url::Url;

use crate::clock::moved;
use crate::forum::options::SignInRules;
use crate::forum::params::Params;
use crate::forum::refusal::Refusal;

/// How the payload is padded before it is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Padding {
    Pkcs1,
    Oaep,
}

/// A request for a key that the site would grant.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub application: String,
    pub client_id: String,
    pub scopes: Vec<String>,
    pub public_key: String,
    pub nonce: String,
    pub padding: Padding,
    pub expires_at: Option<Timestamp>,
    pub redirect: Option<Url>,
}

const LONGEST_CLIENT_ID: usize = 200;
const LONGEST_NONCE: usize = 256;
const LONGEST_PEM: usize = 4096;
const LONGEST_SCOPES: usize = 500;
const MOST_SCOPES: usize = 20;

impl Request {
    /// Reads the request of a browser.
    pub(crate) fn read(params: &Params, rules: &SignInRules, now: Timestamp) -> Result<Self, Refusal> {
        let needed = |name| params.text(name).ok_or(Refusal::MissingParameter(name));
        let application = needed("application_name")?;
        let client_id = needed("client_id")?;
        let scopes = needed("scopes")?;
        let public_key = needed("public_key")?;
        let nonce = needed("nonce")?;
        if client_id.len() > LONGEST_CLIENT_ID {
            return Err(Refusal::InvalidParameters("client_id"));
        }
        let scopes: Vec<String> = scopes.split(',').map(|scope| scope.trim().to_owned()).collect();
        if !scopes.iter().all(|scope| rules.allows_scope(scope)) {
            return Err(Refusal::InvalidAccess);
        }
        let redirect = match params.text("auth_redirect") {
            None => None,
            Some(text) if rules.allows_redirect(&text) => {
                Some(Url::parse(&text).map_err(|_| Refusal::InvalidParameters("auth_redirect"))?)
            }
            Some(_) => return Err(Refusal::InvalidAccess),
        };
        if PublicKey::from_public_key_pem(&public_key).is_err() {
            return Err(Refusal::InvalidParameters("public_key"));
        }
        // Old servers know neither paddings nor expiry.
        let (padding, expires_at) = match rules.old_server {
            true => (Padding::Pkcs1, None),
            false => (padding(params)?, expiry(params, rules, now)?),
        };
        Ok(Self { application, client_id, scopes, public_key, nonce, padding, expires_at, redirect })
    }

    /// What a browser is left with: the program's address with the payload, or the payload alone.
    pub(crate) fn brings_back(&self, payload: String) -> String {
        match self.redirect.clone() {
            Some(mut address) => {
                address.query_pairs_mut().append_pair("payload", &payload);
                address.into()
            }
            None => payload,
        }
    }

    /// Reads the request of a device, for which the site is stricter.
    pub(crate) fn read_device(params: &Params, rules: &SignInRules, now: Timestamp) -> Result<Self, Refusal> {
        let scopes = params.text("scopes").unwrap_or_default();
        let names = || scopes.split(',').map(str::trim);
        if scopes.len() > LONGEST_SCOPES
            || names().count() > MOST_SCOPES
            || names().any(|name| name == "one_time_password")
        {
            return Err(Refusal::InvalidParameters("scopes"));
        }
        if params.text("nonce").unwrap_or_default().len() > LONGEST_NONCE {
            return Err(Refusal::InvalidParameters("nonce"));
        }
        let pem = params.text("public_key").unwrap_or_default();
        if pem.len() > LONGEST_PEM {
            return Err(Refusal::InvalidParameters("public_key"));
        }
        let request = Self { redirect: None, ..Self::read(params, rules, now)? };
        let bits = PublicKey::from_public_key_pem(&pem).map(|key| key.n().bit_width()).unwrap_or_default();
        if !(2048..=8192).contains(&bits) {
            return Err(Refusal::InvalidParameters("public_key"));
        }
        Ok(request)
    }
}

fn padding(params: &Params) -> Result<Padding, Refusal> {
    match params.text("padding").as_deref() {
        None | Some("pkcs1") => Ok(Padding::Pkcs1),
        Some("oaep") => Ok(Padding::Oaep),
        Some(_) => Err(Refusal::InvalidParameters("padding")),
    }
}

fn expiry(params: &Params, rules: &SignInRules, now: Timestamp) -> Result<Option<Timestamp>, Refusal> {
    let Some(text) = params.text("expires_in_seconds") else {
        return Ok(None);
    };
    let most = rules.most_expiry_days.saturating_mul(86_400);
    match text.parse::<i64>() {
        Ok(seconds) if seconds > 0 && seconds <= most => Ok(Some(moved(now, SignedDuration::from_secs(seconds)))),
        _ => Err(Refusal::InvalidParameters("expires_in_seconds")),
    }
}
