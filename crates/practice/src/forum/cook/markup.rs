//! The HTML in which a post shows an upload.

use super::{Kitchen, PostLink, escaped, human_size};
use crate::forum::base62;
use crate::forum::model::State;
use crate::forum::options::Storage;
use crate::forum::source::Markup;
use crate::forum::uploads::store::{MediaKind, Upload};

/// Images wider than this are shown small, with a link to the whole.
const WIDEST: u32 = 690;

/// Cooks `[label](upload://short)`; with `image`, `![label](upload://short)`.
pub(super) fn upload(kitchen: &mut Kitchen<'_>, label: &str, short: &str, image: bool) -> String {
    let (name, hint) = label.rsplit_once('|').unwrap_or((label, ""));
    let state = kitchen.state;
    let found = base62::decode(short.split('.').next().unwrap_or_default())
        .and_then(|sha1| state.uploads.values().find(|upload| upload.sha1 == sha1));
    let Some(upload) = found else {
        return gone(short, name);
    };
    kitchen.cooked.uploads.insert(upload.id);
    let form = match kitchen.forms.get(&upload.id) {
        None | Some(Markup::Usual) => usual(state, upload, hint, image),
        Some(chosen) => *chosen,
    };
    let address = address(state, upload, form);
    kitchen.cooked.links.push(PostLink {
        url: address.clone(),
        title: name.to_owned(),
        internal: !address.starts_with("http"),
    });
    match form {
        Markup::Gone => gone(short, name),
        Markup::Lightbox => lightbox(state, upload, name, &address),
        Markup::SmallImage => small_image(upload, name, &address),
        Markup::VideoPlaceholder => {
            format!("<div class=\"video-placeholder-container\" data-video-src=\"{}\"></div>", escaped(&address))
        }
        Markup::Video => media("video", "width=\"100%\" height=\"100%\" preload=\"metadata\"", &address),
        Markup::Audio => media("audio", "preload=\"metadata\"", &address),
        _ => format!("<a class=\"attachment\" href=\"{}\">{}</a>", escaped(&address), escaped(name)),
    }
}

/// The source text for an upload, as the composer inserts it: names go in as they are.
pub(crate) fn source_text(upload: &Upload, name: &str) -> String {
    let url = upload.short_url();
    let plain: String = name.chars().filter(|c| !"[]|".contains(*c)).collect();
    match upload.media_kind() {
        MediaKind::Image => match upload.dimensions {
            Some((width, height)) => {
                let (width, height) = shown_size(width, height);
                format!("![{plain}|{width}x{height}]({url})")
            }
            None => format!("![{plain}]({url})"),
        },
        MediaKind::Video => format!("![{plain}|video]({url})"),
        MediaKind::Audio => format!("![{plain}|audio]({url})"),
        MediaKind::Other => format!("[{name}|attachment]({url}) ({})", human_size(upload.size)),
    }
}

fn usual(state: &State, upload: &Upload, hint: &str, image: bool) -> Markup {
    if image {
        return match (hint, upload.media_kind()) {
            ("video", _) | (_, MediaKind::Video) => Markup::VideoPlaceholder,
            ("audio", _) | (_, MediaKind::Audio) => Markup::Audio,
            _ if upload.dimensions.is_some_and(|(width, _)| width > WIDEST) => Markup::Lightbox,
            _ => Markup::SmallImage,
        };
    }
    if upload.secure && state.options.storage.is_secure() { Markup::SecureUploads } else { Markup::ShortUrl }
}

/// Where a form points to.
fn address(state: &State, upload: &Upload, form: Markup) -> String {
    let host = state.origin.trim_start_matches("http:");
    match form {
        Markup::ShortUrl | Markup::Usual | Markup::Gone => state.rooted(&upload.short_path()),
        Markup::SecureUploads => state.rooted(&upload.secure_path("secure-uploads")),
        Markup::SecureMediaUploads => state.rooted(&upload.secure_path("secure-media-uploads")),
        Markup::Direct => state.rooted(&upload.direct_path()),
        Markup::ProtocolRelative => format!("{host}{}", state.rooted(&upload.direct_path())),
        Markup::StorageAddress => format!("{}{}", state.storage_origin, upload.storage_path()),
        Markup::Legacy => state.rooted(&upload.legacy_path()),
        Markup::Lightbox | Markup::SmallImage | Markup::VideoPlaceholder | Markup::Video | Markup::Audio => {
            media_address(state, upload)
        }
    }
}

fn media_address(state: &State, upload: &Upload) -> String {
    match state.options.storage {
        Storage::Local => {
            let host = state.origin.trim_start_matches("http:");
            format!("{host}{}", state.rooted(&upload.direct_path()))
        }
        Storage::ObjectStore { secure: true } if upload.secure => state.rooted(&upload.secure_path("secure-uploads")),
        Storage::ObjectStore { .. } => format!("{}{}", state.storage_origin, upload.storage_path()),
    }
}

fn shown_size(width: u32, height: u32) -> (u32, u32) {
    if width <= WIDEST { (width, height) } else { (WIDEST, height.saturating_mul(WIDEST) / width) }
}

fn lightbox(state: &State, upload: &Upload, name: &str, href: &str) -> String {
    let (width, height) = upload.dimensions.unwrap_or((1, 1));
    let (shown_width, shown_height) = shown_size(width, height);
    let download = match state.options.storage {
        Storage::Local => {
            let host = state.origin.trim_start_matches("http:");
            format!("{host}{}", state.rooted(&format!("/uploads/default/{}", upload.sha1_hex())))
        }
        Storage::ObjectStore { .. } => format!("{}?dl=1", state.rooted(&upload.short_path())),
    };
    let small = href.replace("/original/", "/optimized/");
    let small = match small.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}_2_{shown_width}x{shown_height}.{extension}"),
        None => small,
    };
    format!(
        "<div class=\"lightbox-wrapper\"><a class=\"lightbox\" href=\"{href}\" data-download-href=\"{download}\" \
         title=\"{title}\"><img src=\"{small}\" alt=\"{title}\" data-base62-sha1=\"{base62}\" \
         width=\"{shown_width}\" height=\"{shown_height}\"><div class=\"meta\"><svg class=\"fa d-icon d-icon-far-image \
         svg-icon\" aria-hidden=\"true\"><use href=\"#far-image\"></use></svg><span class=\"filename\">{file}</span>\
         <span class=\"informations\">{width}\u{d7}{height} {size}</span></div></a></div>",
        title = escaped(name),
        file = escaped(&upload.original_filename),
        base62 = base62::encode(&upload.sha1),
        size = human_size(upload.size),
    )
}

fn small_image(upload: &Upload, name: &str, src: &str) -> String {
    let size = upload.dimensions.map_or_else(String::new, |(width, height)| {
        let (width, height) = shown_size(width, height);
        format!(" width=\"{width}\" height=\"{height}\"")
    });
    format!("<img src=\"{src}\" alt=\"{}\" data-base62-sha1=\"{}\"{size}>", escaped(name), base62::encode(&upload.sha1))
}

fn media(tag: &str, attributes: &str, address: &str) -> String {
    let address = escaped(address);
    format!("<{tag} {attributes} controls><source src=\"{address}\"><a href=\"{address}\">{address}</a></{tag}>")
}

fn gone(short: &str, name: &str) -> String {
    format!(
        "<a class=\"attachment\" href=\"/404\" data-orig-href=\"upload://{}\">{}</a>",
        escaped(short),
        escaped(name)
    )
}
