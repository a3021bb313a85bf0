//! Signing in a program: what it asks for, the key that comes of it, and how the key is handed over.

mod device;
mod request;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use getrandom::SysRng;
use rsa::PublicKey;
use rsa::pkcs8::DecodePublicKey as _;
use serde_json::json;
use sha1::Sha1;

use super::ids::UserId;
use super::keys::{Key, Permits, UserScope};
use super::model::State;
use super::refusal::Refusal;
use super::script::new_user_key;

pub(crate) use device::{CODE_LASTS, DeviceCodes, Verdict};
pub(crate) use request::{Padding, Request};

/// What every answer to the probe says.
pub(crate) const API_VERSION: i64 = 4;

/// Base64 comes in lines of this length, as Ruby writes it.
const LINE: usize = 60;

/// Issues the key that was asked for and returns it as only the asking program can read it. An earlier key of the same
/// person and program is gone.
pub(crate) fn grant(state: &mut State, request: &Request, user: UserId) -> Result<String, Refusal> {
    let key = new_user_key();
    let payload = sealed(request, &key)?;
    state.keys.retain(|_, known| {
        let is_theirs = matches!(known.permits, Permits::User { user: owner, .. } if owner == user);
        !(is_theirs && known.client_id.as_ref() == Some(&request.client_id))
    });
    let scopes: Vec<UserScope> = request.scopes.iter().filter_map(|name| UserScope::named(name)).collect();
    state.keys.insert(
        key,
        Key {
            permits: Permits::User { user, scopes },
            revoked: false,
            expires_at: request.expires_at,
            client_id: Some(request.client_id.clone()),
        },
    );
    Ok(payload)
}

/// The key with the asker's nonce, encrypted for the asker.
fn sealed(request: &Request, key: &str) -> Result<String, Refusal> {
    let mut plain = json!({"key": key, "nonce": request.nonce, "push": false, "api": API_VERSION});
    if let (Some(end), Some(fields)) = (request.expires_at, plain.as_object_mut()) {
        fields.insert("expires_at".to_owned(), end.strftime("%Y-%m-%dT%H:%M:%SZ").to_string().into());
    }
    let plain = plain.to_string();
    let public =
        PublicKey::from_public_key_pem(&request.public_key).map_err(|_| Refusal::InvalidParameters("public_key"))?;
    let sealed = match request.padding {
        Padding::Oaep => public.oaep_encrypt_with_rng::<Sha1, _>(&mut SysRng, plain.as_bytes()),
        Padding::Pkcs1 => public.pkcs1v15_encrypt_with_rng(&mut SysRng, plain.as_bytes()),
    };
    // Too long for one block.
    let sealed = sealed.map_err(|_| Refusal::InvalidParameters("payload"))?;
    Ok(in_lines(&STANDARD.encode(sealed)))
}

fn in_lines(text: &str) -> String {
    let mut lines = String::new();
    for (index, character) in text.chars().enumerate() {
        if index > 0 && index % LINE == 0 {
            lines.push('\n');
        }
        lines.push(character);
    }
    lines.push('\n');
    lines
}

#[cfg(test)]
mod tests {
    use super::in_lines;

    #[test]
    fn base64_comes_in_lines_of_sixty() {
        let lines = in_lines(&"x".repeat(130));
        assert_eq!(lines.lines().map(str::len).collect::<Vec<_>>(), [60, 60, 10]);
        assert!(lines.ends_with('\n'));
    }
}
