//! Notices that something changed in a folder: a file removed behind our back, a restored backup, a stranger's file.

use std::{path::Path, time::Duration};

use custody_core::ports::{Fault, PortError, PortResult};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::{
    sync::mpsc::{Receiver, channel, error::TrySendError},
    time::{Instant, timeout_at},
};

/// Changes come in bursts; a signal waits until it has been quiet for so long,
const QUIET: Duration = Duration::from_millis(300);
/// but no longer than this.
const PATIENCE: Duration = Duration::from_secs(3);

/// Signals that something changed. Which file it was is not said: the desk compares everything.
///
/// Our own seals and erasures are changes too. Watching ends when this is dropped.
pub struct Changes {
    _watcher: RecommendedWatcher,
    signals: Receiver<()>,
}

impl std::fmt::Debug for Changes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Changes").finish_non_exhaustive()
    }
}

impl Changes {
    /// Of these folders; `below` also of those in them.
    pub(crate) fn of(folders: &[&Path], below: RecursiveMode) -> PortResult<Self> {
        // One place is enough: a signal that waits stands for all that came since.
        let (signal, signals) = channel(1);
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // An error means that events were missed, which is a reason to look as well.
            if event.as_ref().map_or(true, tells)
                && let Err(TrySendError::Closed(())) = signal.try_send(())
            {
                tracing::debug!("watch.signal: nobody listens any more");
            }
        })
        .map_err(trouble)?;
        for folder in folders {
            watcher.watch(folder, below).map_err(trouble)?;
        }
        Ok(Self { _watcher: watcher, signals })
    }

    /// Returns once something has changed and it has become quiet again. Never returns if nothing changes; a call that is
    /// given up loses nothing but the wait.
    pub async fn changed(&mut self) {
        if self.signals.recv().await.is_none() {
            // The watcher lives as long as we do, so its end of the channel does too.
            return std::future::pending().await;
        }
        let end = Instant::now() + PATIENCE;
        while timeout_at(end.min(Instant::now() + QUIET), self.signals.recv()).await.is_ok() {
            if Instant::now() >= end {
                break;
            }
        }
    }
}

/// Reading is no change, and what happens to a part file is told by its renaming.
fn tells(event: &Event) -> bool {
    let only_parts = !event.paths.is_empty()
        && event.paths.iter().all(|path| path.extension().is_some_and(|extension| extension == "part"));
    !matches!(event.kind, EventKind::Access(_)) && !only_parts
}

fn trouble(cause: notify::Error) -> PortError {
    // The library's text names the folder, which names the user.
    let cause = match cause.kind {
        notify::ErrorKind::Io(cause) => cause,
        notify::ErrorKind::MaxFilesWatch => std::io::Error::other("the system watches no more folders"),
        _ => std::io::Error::other("the folder cannot be watched"),
    };
    PortError::needs_person(Fault::DiskTrouble).because(cause)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RemoveKind, RenameMode};

    use super::*;

    #[test]
    fn reading_and_unfinished_files_are_no_change() {
        let about = |kind, names: &[&str]| {
            let mut event = Event::new(kind);
            event.paths = names.iter().map(PathBuf::from).collect();
            tells(&event)
        };
        assert!(!about(EventKind::Access(AccessKind::Open(AccessMode::Any)), &["a.age"]));
        assert!(!about(EventKind::Access(AccessKind::Close(AccessMode::Read)), &["a.age"]));
        assert!(!about(EventKind::Create(CreateKind::File), &["a.part"]));
        assert!(!about(EventKind::Modify(ModifyKind::Any), &["a.part"]));
        assert!(about(EventKind::Modify(ModifyKind::Name(RenameMode::Both)), &["a.part", "a.age"]));
        assert!(about(EventKind::Remove(RemoveKind::File), &["a.age"]));
        assert!(about(EventKind::Create(CreateKind::Folder), &["stranger"]));
        assert!(about(EventKind::Other, &[]), "an overflow names nothing and means: look");
    }
}
