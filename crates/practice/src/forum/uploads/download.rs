//! Handing uploads out: here, or by sending the client to the storage.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use jiff::Timestamp;

use super::serve::{Manner, file};
use super::storage;
use super::store::{MediaKind, Upload};
use crate::forum::answers::Outcome;
use crate::forum::gate::Ask;
use crate::forum::house::House;
use crate::forum::model::State;
use crate::forum::options::Storage;
use crate::forum::refusal::Refusal;
use crate::forum::rules::may;
use crate::forum::{base62, reply};

/// What every download checks first.
fn check(state: &State, ask: &Ask) -> Result<(), Refusal> {
    let script = ask
        .headers
        .get("x-requested-with")
        .is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"XMLHttpRequest"));
    if script {
        return Err(Refusal::InvalidParameters("xhr"));
    }
    if state.options.prevent_anons_from_downloading_files && ask.viewer.user.is_none() {
        return Err(Refusal::NotFound);
    }
    Ok(())
}

/// `/uploads/short-url/:base62.:ext`
pub(crate) async fn short(house: &House, ask: &Ask, name: &str) -> Outcome {
    let (upload, ranges) = {
        let state = house.state();
        check(&state, ask)?;
        let stem = name.split('.').next().unwrap_or_default();
        let sha1 = base62::decode(stem).ok_or(Refusal::NotFound)?;
        let upload = state.uploads.values().find(|upload| upload.sha1 == sha1).ok_or(Refusal::NotFound)?;
        if upload.secure && state.options.storage.is_secure() {
            return guarded(house, &state, ask, upload);
        }
        if state.options.storage != Storage::Local {
            let forced = ask.params.text("dl").as_deref() == Some("1");
            return Ok(to_storage(house, &state, upload, forced, ask.now));
        }
        (upload.clone(), state.options.range_on_short_urls)
    };
    let manner = Manner { ranges, inline: ask.params.text("inline").as_deref() == Some("1") };
    file(&upload, &ask.headers, manner).await
}

/// `/uploads/default/original/…/<sha1>.<ext>`, `/uploads/default/<sha1>` and the old sixteen-digit form.
pub(crate) async fn direct(house: &House, ask: &Ask, rest: &str) -> Outcome {
    let (upload, ranges) = {
        let state = house.state();
        check(&state, ask)?;
        if state.options.storage != Storage::Local {
            return Err(Refusal::NotFound);
        }
        let path = format!("/uploads/{rest}");
        let upload = state
            .uploads
            .values()
            .find(|upload| {
                path == upload.direct_path()
                    || path == upload.legacy_path()
                    || rest.strip_prefix("default/") == Some(upload.sha1_hex().as_str())
            })
            .ok_or(Refusal::NotFound)?;
        (upload.clone(), state.options.range_on_direct_urls)
    };
    let manner = Manner { ranges, inline: upload.media_kind() == MediaKind::Image };
    file(&upload, &ask.headers, manner).await
}

/// `/secure-uploads/original/…/<sha1>.<ext>`: only where files are guarded at all.
pub(crate) fn secure(house: &House, ask: &Ask, rest: &str) -> Outcome {
    let state = house.state();
    check(&state, ask)?;
    let Storage::ObjectStore { .. } = state.options.storage else {
        return Err(Refusal::NotFound);
    };
    let path = format!("/{rest}");
    let upload = state.uploads.values().find(|upload| upload.storage_path() == path).ok_or(Refusal::NotFound)?;
    if upload.secure {
        guarded(house, &state, ask, upload)
    } else {
        Ok(to_storage(house, &state, upload, false, ask.now))
    }
}

/// A guarded file goes to those who see the post that owns it; without an owner, to anybody known.
fn guarded(house: &House, state: &State, ask: &Ask, upload: &Upload) -> Outcome {
    match upload.access_control_post {
        Some(post) => {
            let seen = state.posts.get(&post).is_some_and(|post| may::see_post(state, ask.viewer.user, post));
            if !seen {
                return Err(Refusal::InvalidAccess);
            }
        }
        None if ask.viewer.user.is_none() => return Err(Refusal::NotFound),
        None => {}
    }
    Ok(to_storage(house, state, upload, true, ask.now))
}

fn to_storage(house: &House, state: &State, upload: &Upload, signed: bool, now: Timestamp) -> axum::response::Response {
    let path = upload.storage_path();
    let query = if signed {
        let signature = storage::sign(&house.secret, &path, now, state.options.presigned_lifetime);
        format!("?{signature}")
    } else {
        String::new()
    };
    let location = format!("{}{path}{query}", state.storage_origin);
    let mut response = reply::redirect(StatusCode::FOUND, &location);
    if signed {
        let seconds = (state.options.presigned_lifetime.as_secs() - 5).max(0);
        add(response.headers_mut(), &format!("max-age={seconds}, private"));
    }
    response
}

fn add(headers: &mut HeaderMap, caching: &str) {
    if let Ok(value) = HeaderValue::from_str(caching) {
        headers.insert(header::CACHE_CONTROL, value);
    }
}
