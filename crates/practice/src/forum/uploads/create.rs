//! Taking uploads in over HTTP, streamed to disk, and looking their addresses up.

use std::path::Path;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{FromRequest, Request};
use axum::http::header;
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;

use super::store::{self, Measure, MediaKind, Upload, Written};
use crate::forum::answers::Outcome;
use crate::forum::cook::human_size;
use crate::forum::gate::Ask;
use crate::forum::house::House;
use crate::forum::ids::UserId;
use crate::forum::keys::Viewer;
use crate::forum::model::State;
use crate::forum::options::Storage;
use crate::forum::params::Params;
use crate::forum::refusal::Refusal;
use crate::forum::rules::may;
use crate::forum::{base62, reply};

/// `POST /uploads.json`
pub(crate) async fn receive(house: &Arc<House>, viewer: Viewer, request: Request, now: Timestamp) -> Outcome {
    let user = viewer.user.ok_or(Refusal::NotLoggedIn)?;
    let largest = house.state().options.max_attachment_size_kb.saturating_mul(1024);
    let mut multipart = Multipart::from_request(request, &()).await.map_err(|_| Refusal::InvalidParameters("file"))?;
    let mut params = Params::default();
    let mut file: Option<(String, Written)> = None;
    while let Some(field) = multipart.next_field().await.map_err(|_| Refusal::InvalidParameters("file"))? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" && file.is_none() {
            let filename = field.file_name().unwrap_or_default().to_owned();
            file = Some((filename, keep(house, field, largest).await?));
        } else if let Ok(text) = field.text().await {
            params.add(&name, text);
        }
    }
    let Some((filename, written)) = file else {
        return Err(refused("Sorry, you must provide a file to upload."));
    };
    let mut guard = house.state();
    let state = &mut *guard;
    if let Err(refusal) = check(state, user, &params, &filename, &written) {
        house.folder.remove(&written.file);
        return Err(refusal);
    }
    let id = store::adopt(state, &house.folder, written, &filename, now);
    if let (Some(hours), true) = (params.number("retain_hours"), may::is_admin(state, Some(user)))
        && let Some(upload) = state.uploads.get_mut(&id)
    {
        upload.retain_hours = Some(hours);
    }
    let upload = state.uploads.get(&id).ok_or(Refusal::Trouble)?;
    Ok(reply::json(&view(state, upload)))
}

fn refused(text: &str) -> Refusal {
    Refusal::Invalid(vec![text.to_owned()])
}

fn check(state: &State, user: UserId, params: &Params, name: &str, written: &Written) -> Result<(), Refusal> {
    if params.text("upload_type").or_else(|| params.text("type")).is_none() {
        return Err(Refusal::InvalidParameters("upload_type"));
    }
    if written.size == 0 {
        return Err(refused("Sorry, but the file you provided is empty."));
    }
    let allowed = &state.options.authorized_extensions;
    let free = may::is_staff(state, Some(user)) && params.is_true("for_private_message");
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let fits = allowed == "*" || allowed.split('|').any(|one| Some(one) == extension.as_deref());
    if !fits && !free {
        return Err(Refusal::Invalid(vec![format!(
            "Sorry, the file you are trying to upload is not authorized (authorized extensions: {}).",
            allowed.replace('|', ", ")
        )]));
    }
    Ok(())
}

/// Writes one file field to disk as it arrives.
async fn keep(house: &House, field: Field<'_>, largest: u64) -> Result<Written, Refusal> {
    let path = house.folder.fresh();
    let outcome = write(&path, field, largest).await;
    if outcome.is_err() {
        house.folder.remove(&path);
    }
    outcome
}

async fn write(path: &Path, mut field: Field<'_>, largest: u64) -> Result<Written, Refusal> {
    let mut file = tokio::fs::File::create(path).await.map_err(|_| Refusal::Trouble)?;
    let mut measure = Measure::default();
    while let Some(chunk) = field.chunk().await.map_err(|_| Refusal::InvalidParameters("file"))? {
        measure.add(&chunk);
        if measure.size() > largest {
            return Err(Refusal::Invalid(vec![format!(
                "Sorry, the file you are trying to upload is too big (maximum size is {}).",
                human_size(largest)
            )]));
        }
        file.write_all(&chunk).await.map_err(|_| Refusal::Trouble)?;
    }
    file.flush().await.map_err(|_| Refusal::Trouble)?;
    Ok(measure.finish(path.to_owned()))
}

/// An upload as its creator sees it.
pub(crate) fn view(state: &State, upload: &Upload) -> Value {
    let size = upload.dimensions.filter(|_| upload.media_kind() == MediaKind::Image);
    json!({
        "id": upload.id,
        "url": url(state, upload),
        "original_filename": upload.original_filename,
        "filesize": upload.size,
        "width": size.map(|(width, _)| width),
        "height": size.map(|(_, height)| height),
        "thumbnail_width": size.map(|(width, _)| width.min(690)),
        "thumbnail_height": size.map(|(width, height)| height.saturating_mul(width.min(690)) / width.max(1)),
        "extension": upload.extension,
        "short_url": upload.short_url(),
        "short_path": state.rooted(&upload.short_path()),
        "retain_hours": upload.retain_hours,
        "human_filesize": human_size(upload.size),
        "dominant_color": null,
    })
}

fn url(state: &State, upload: &Upload) -> String {
    match state.options.storage {
        Storage::Local => state.rooted(&upload.direct_path()),
        Storage::ObjectStore { secure: true } if upload.secure => state.rooted(&upload.secure_path("secure-uploads")),
        Storage::ObjectStore { .. } => {
            let host = state.storage_origin.trim_start_matches("http:");
            format!("{host}{}", upload.storage_path())
        }
    }
}

/// `POST /uploads/lookup-urls.json`: unknown ones are left out.
pub(crate) fn lookup(state: &State, ask: &Ask) -> Outcome {
    ask.viewer.user.ok_or(Refusal::NotLoggedIn)?;
    let wanted = ask.params.list("short_urls").unwrap_or_default();
    let found: Vec<Value> = wanted
        .iter()
        .filter_map(|short_url| {
            let name = short_url.strip_prefix("upload://")?.split('.').next()?;
            let sha1 = base62::decode(name)?;
            let upload = state.uploads.values().find(|upload| upload.sha1 == sha1)?;
            Some(json!({
                "short_url": short_url,
                "url": url(state, upload),
                "short_path": state.rooted(&upload.short_path()),
            }))
        })
        .collect();
    Ok(reply::json(&Value::Array(found)))
}

/// Reads the texts of a multipart form into the parameters.
pub(crate) async fn add_text_fields(params: &mut Params, kind: &str, body: Bytes) {
    let request = Request::builder().header(header::CONTENT_TYPE, kind).body(Body::from(body));
    let Ok(request) = request else {
        return;
    };
    let Ok(mut multipart) = Multipart::from_request(request, &()).await else {
        return;
    };
    while let Ok(Some(field)) = multipart.next_field().await {
        let name = field.name().unwrap_or_default().to_owned();
        if let Ok(text) = field.text().await {
            params.add(&name, text);
        }
    }
}
