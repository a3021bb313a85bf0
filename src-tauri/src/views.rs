//! What the window is answered beyond the desk's own views.

use custody_core::{
    Timestamp,
    ports::{ChainVerdict, Fault},
};
use custody_desk::{
    Anchors, show,
    views::{DeskView, ViewingCopyView},
};
use serde::Serialize;
use ts_rs::TS;

use crate::{CalledView, IpcError, LeavingView, UpdateProblem};

/// Which desk there is.
#[derive(Debug, Serialize, TS)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum StageView {
    /// A desk is being opened; `desk-changed` tells when it stands.
    Opening {
        /// Whether it is a practice desk.
        practice: bool,
    },
    /// This user has no desk yet.
    FirstRun,
    /// The desk runs.
    Running {
        /// The desk.
        desk: Box<DeskView>,
        /// The practice desk's passphrase, which is no secret; none on a desk of one's own.
        practice_passphrase: Option<String>,
        /// Where somebody was last called to from outside.
        called: Option<CalledView>,
        /// Somebody wants to quit, and this goes on.
        leaving: Option<LeavingView>,
    },
    /// The desk could not be opened.
    Failed {
        /// What a person is told.
        #[ts(type = "Fault")]
        code: Fault,
        /// Under which the log has the cause.
        reference: String,
    },
}

impl From<IpcError> for StageView {
    fn from(IpcError { code, reference }: IpcError) -> Self {
        Self::Failed { code, reference }
    }
}

/// Where the drop folder of a case lies.
#[derive(Debug, Serialize, TS)]
pub struct DropFolderPlace {
    /// Its path, for the person who asked. It is shown, and never taken back as an argument.
    pub path: String,
}

/// A viewing copy, and where it lies.
#[derive(Debug, Serialize, TS)]
pub struct ViewingCopyPlace {
    /// The copy.
    pub copy: ViewingCopyView,
    /// Its path, for the person who asked. It is shown, and never taken back as an argument.
    pub path: String,
}

/// A file that was written for the person who asked.
#[derive(Debug, Serialize, TS)]
pub struct SavedFile {
    /// Its path. It is shown, and never taken back as an argument.
    pub path: String,
}

/// What a walk of the chain found.
#[derive(Debug, Serialize, TS)]
pub struct ChainView {
    /// How many events fit, from the first on.
    #[ts(type = "number")]
    pub events: u64,
    /// The hash of the last event, if all of them fit.
    pub head: Option<String>,
    /// The first event that does not fit.
    #[ts(type = "number | null")]
    pub broken_at: Option<u64>,
    /// When it was walked, RFC 3339.
    pub checked_at: String,
}

impl ChainView {
    /// What was found, and when.
    pub fn of(verdict: ChainVerdict, now: Timestamp) -> Self {
        let checked_at = show::time(now);
        match verdict {
            ChainVerdict::Whole(head) => {
                Self { events: head.index, head: Some(format!("{:?}", head.hash)), broken_at: None, checked_at }
            }
            ChainVerdict::Broken { at } => {
                Self { events: at.saturating_sub(1), head: None, broken_at: Some(at), checked_at }
            }
        }
    }
}

/// What the receipts say of the chain.
#[derive(Debug, Serialize, TS)]
pub struct AnchorsView {
    /// How many receipts were signed over an end that the chain had.
    #[ts(type = "number")]
    pub fit: u64,
    /// The oldest receipt that was signed over another chain.
    pub broken: Option<String>,
    /// The event that it names.
    #[ts(type = "number | null")]
    pub broken_at: Option<u64>,
}

impl From<Anchors> for AnchorsView {
    fn from(Anchors { fit, broken }: Anchors) -> Self {
        Self { fit, broken: broken.map(|(receipt, _)| receipt.to_string()), broken_at: broken.map(|(_, at)| at) }
    }
}

/// Bytes of a file, as they are.
#[derive(TS)]
#[ts(type = "ArrayBuffer")]
pub struct RawBytes(pub Vec<u8>);

impl std::fmt::Debug for RawBytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("RawBytes").field(&self.0.len()).finish()
    }
}

impl tauri::ipc::IpcResponse for RawBytes {
    fn body(self) -> tauri::Result<tauri::ipc::InvokeResponseBody> {
        Ok(tauri::ipc::InvokeResponseBody::Raw(self.0))
    }
}

/// A recovery kit that one person alone can open.
#[derive(Debug, Serialize, TS)]
pub struct SealedKit {
    /// An armored age file. It is no secret.
    pub text: String,
}

/// Which program this is, and by whom its updates are signed.
#[derive(Debug, Serialize, TS)]
pub struct AboutView {
    /// The version.
    pub version: String,
    /// `stable`, or `preview` for a version that is not yet one.
    pub channel: String,
    /// The server that is asked for updates.
    pub server: String,
    /// The id of the public key that must have signed them.
    pub signed_by: String,
}

impl AboutView {
    /// Of this program, from the configuration that was built in.
    pub fn of_this_build() -> Self {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let channel = if version.contains('-') { "preview" } else { "stable" }.to_owned();
        let config: serde_json::Value =
            serde_json::from_str(include_str!("../tauri.conf.json")).unwrap_or(serde_json::Value::Null);
        let updater = &config["plugins"]["updater"];
        let endpoint = updater["endpoints"][0].as_str().unwrap_or_default();
        let server = endpoint.split('/').nth(2).unwrap_or_default().to_owned();
        let signed_by = updater["pubkey"].as_str().and_then(key_id).unwrap_or_default();
        Self { version, channel, server, signed_by }
    }
}

/// The id in the comment of a minisign key: `minisign public key: 950E89843...`, in base64.
fn key_id(pubkey: &str) -> Option<String> {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::STANDARD.decode(pubkey.trim()).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let id = text.lines().next()?.rsplit(' ').next()?;
    id.chars().all(|digit| digit.is_ascii_hexdigit()).then(|| id.to_owned())
}

/// Whether there is a newer version.
#[derive(Debug, Serialize, TS)]
pub struct UpdateView {
    /// It, if there is one.
    pub newer: Option<String>,
    /// Why that is not known.
    pub problem: Option<UpdateProblem>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_key_has_an_id_that_a_person_can_compare() {
        let about = AboutView::of_this_build();
        assert_eq!(about.signed_by, "950E8984399CAB92");
        assert_eq!(about.server, "releases.custody.example");
        assert_eq!(about.channel, "stable");
    }
}
