//! When uploads nobody uses go away, by the practice clock.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::store::{Folder, Tombstone};
use crate::clock::moved;
use crate::forum::ids::UploadId;
use crate::forum::model::State;

/// What a run of the clean-up did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CleanUp {
    /// False when the last run was too recent, or the site has the clean-up off.
    pub ran: bool,
    /// Uploads whose rows went: every address of theirs answers 404 from now on.
    pub destroyed: Vec<UploadId>,
    /// Files whose bytes left the tombstone for good.
    pub purged: usize,
}

pub(crate) fn run(state: &mut State, folder: &Folder, now: Timestamp) -> CleanUp {
    let mut done = CleanUp { purged: purge(state, folder, now), ..CleanUp::default() };
    let rules = state.options.clean_up.clone();
    let spacing = rules.orphan_grace / 2;
    if !rules.enabled || state.last_clean_up.is_some_and(|last| now < moved(last, spacing)) {
        return done;
    }
    state.last_clean_up = Some(now);
    done.ran = true;
    let used = used(state);
    let orphans: Vec<UploadId> = state
        .uploads
        .values()
        .filter(|upload| !used.contains(&upload.id))
        // The age counts from the upload, not from when the last post let go of it.
        .filter(|upload| moved(upload.created_at, rules.orphan_grace) < now)
        .filter(|upload| {
            let hours = upload.retain_hours.unwrap_or(0);
            moved(upload.created_at, jiff::SignedDuration::from_secs(hours.saturating_mul(3600))) <= now
        })
        // A guarded file that once belonged to a post is never cleaned up.
        .filter(|upload| !(upload.secure && upload.access_control_post.is_some()))
        .map(|upload| upload.id)
        .collect();
    for id in orphans {
        if let Some(upload) = state.uploads.remove(&id) {
            state.tombstones.push(Tombstone { file: upload.file, since: now });
            done.destroyed.push(id);
        }
    }
    done
}

/// Soft-deleted posts and drafts still count; revisions do not.
fn used(state: &State) -> BTreeSet<UploadId> {
    let posts = state.posts.values().flat_map(|post| &post.uploads);
    let drafts = state.drafts.iter().flat_map(|draft| &draft.uploads);
    posts.chain(drafts).copied().collect()
}

fn purge(state: &mut State, folder: &Folder, now: Timestamp) -> usize {
    let lies = state.options.clean_up.tombstone;
    let (over, kept): (Vec<Tombstone>, Vec<Tombstone>) =
        state.tombstones.drain(..).partition(|tombstone| moved(tombstone.since, lies) < now);
    state.tombstones = kept;
    for tombstone in &over {
        folder.remove(&tombstone.file);
    }
    over.len()
}
