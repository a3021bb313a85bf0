//! A held file that is being looked at: read by range, searched and unpacked in memory, never on a disk.
//!
//! It ends when the desk is locked, when the file is erased, and when nobody has it any more.

mod layer;
mod show;

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};

use custody_core::{
    Private,
    id::FileId,
    ports::{Fault, PortError, RangeSource},
};
use custody_viewer::{InMemory, Refusal, ViewError, ViewResult, archive};
use tokio::{sync::watch, task::spawn_blocking};

use self::layer::Layer;
use crate::{
    Result,
    views::{EntriesView, HitView, OpenedView, PlaceView, RowsView, ViewerView},
};

/// A file that is being looked at. Cheap to clone; it is closed with the last clone.
#[derive(Clone)]
pub struct Viewer(Arc<Inner>);

pub(crate) struct Inner {
    file: FileId,
    name: Private<String>,
    copies: bool,
    /// The file itself, then what was opened out of it, each within the one before. None once the viewer has ended.
    layers: Mutex<Vec<Arc<Layer>>>,
    ended: Mutex<Option<Fault>>,
    told: watch::Sender<u64>,
}

impl fmt::Debug for Viewer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Viewer").field("file", &self.0.file).finish_non_exhaustive()
    }
}

/// The viewers of a desk, so that it can end them.
#[derive(Default)]
pub(crate) struct Viewers(Mutex<Vec<Weak<Inner>>>);

impl Viewers {
    pub(crate) fn add(&self, viewer: &Viewer) {
        let mut viewers = held(&self.0);
        viewers.retain(|viewer| viewer.strong_count() > 0);
        viewers.push(Arc::downgrade(&viewer.0));
    }

    /// Looks at every viewer's file, and ends those that can no longer be read.
    pub(crate) fn end_those_over(&self) {
        let viewers: Vec<_> = held(&self.0).iter().filter_map(Weak::upgrade).collect();
        viewers.iter().for_each(|viewer| viewer.end_if_over());
    }
}

impl Viewer {
    /// Looks at this file, of which text may be copied and printed if `copies` says so. `changes` tells when anything in the ledger has changed: the file may have gone with it.
    pub(crate) async fn begin(
        file: FileId,
        name: Private<String>,
        source: Box<dyn RangeSource>,
        copies: bool,
        mut changes: watch::Receiver<u64>,
    ) -> Result<Self> {
        let inner = Arc::new(Inner {
            file,
            name: name.clone(),
            copies,
            layers: Mutex::default(),
            ended: Mutex::default(),
            told: watch::Sender::new(0),
        });
        let viewer = Self(inner);
        let layer = blocking(move || Ok(Layer::of(name, Arc::from(source), false)?)).await?;
        viewer.push(layer);
        let watched = Arc::downgrade(&viewer.0);
        tokio::spawn(async move {
            while changes.changed().await.is_ok() {
                let Some(viewer) = watched.upgrade() else { break };
                viewer.end_if_over();
            }
        });
        Ok(viewer)
    }

    /// Which file.
    pub fn file(&self) -> FileId {
        self.0.file
    }

    /// Its name.
    pub fn name(&self) -> &Private<String> {
        &self.0.name
    }

    /// Ticks when more is known of the file: lines counted, finds, and that the viewer has ended.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.0.told.subscribe()
    }

    /// What is known by now.
    pub fn view(&self) -> ViewerView {
        self.0.end_if_over();
        let layers = held(&self.0.layers).iter().map(|layer| show::layer(layer)).collect();
        ViewerView {
            name: self.0.name.reveal().clone(),
            ended: *held(&self.0.ended),
            layers,
            deepest: archive::DEEPEST as u32,
            copies: self.0.copies,
        }
    }

    /// Rows of text: from the row that holds this place on, or those before it.
    ///
    /// # Errors
    /// [`Fault::NotFound`] for a layer that was left, or is no text; what kept the file from being read.
    pub async fn rows(&self, layer: u32, place: u64, before: bool, most: usize) -> Result<RowsView> {
        self.read(layer, move |layer| layer.rows(place, before, most)).await
    }

    /// Bytes as they are: at most so many from this place on.
    ///
    /// # Errors
    /// As [`Viewer::rows`].
    pub async fn bytes(&self, layer: u32, from: u64, most: usize) -> Result<Vec<u8>> {
        self.read(layer, move |layer| Ok(layer.bytes(from, most)?)).await
    }

    /// Where a line begins.
    ///
    /// # Errors
    /// As [`Viewer::rows`].
    pub async fn place_of_line(&self, layer: u32, line: u64) -> Result<PlaceView> {
        self.read(layer, move |layer| Ok(PlaceView { place: layer.place_of_line(line)? })).await
    }

    /// Begins to search for these words, in place of what was searched for before; for none, it ends that.
    ///
    /// # Errors
    /// As [`Viewer::rows`].
    pub fn search(&self, layer: u32, words: &str, match_case: bool) -> Result<()> {
        let layer = self.layer(layer)?;
        if let Some(turn) = layer.begin_search(words, match_case)? {
            self.go_on(&layer, move |layer| layer.search_on(turn));
        }
        self.0.tell();
        Ok(())
    }

    /// The find that is next to this place.
    ///
    /// # Errors
    /// As [`Viewer::rows`].
    pub fn hit(&self, layer: u32, place: u64, backwards: bool) -> Result<HitView> {
        Ok(self.layer(layer)?.hit(place, backwards))
    }

    /// What is in an archive.
    ///
    /// # Errors
    /// As [`Viewer::rows`].
    pub async fn entries(&self, layer: u32) -> Result<EntriesView> {
        let listed = self.try_read(layer, |layer| layer.entries()).await?;
        Ok(match listed {
            Ok(listing) => show::entries(&listing, None),
            Err(refusal) => show::entries(&archive::Listing::default(), Some(refusal)),
        })
    }

    /// Unpacks an entry into memory and opens it as the next layer; what was open within this layer is closed.
    ///
    /// # Errors
    /// As [`Viewer::rows`]. That it is not unpacked, because of what it is, is an answer.
    pub async fn open_entry(&self, layer: u32, index: u32) -> Result<OpenedView> {
        let parent = self.layer(layer)?;
        self.leave(layer)?;
        let depth = layer as usize + 1;
        let room = archive::LARGEST_TOGETHER.saturating_sub(self.unpacked());
        let unpacked = self
            .try_read(layer, move |layer| {
                if depth >= archive::DEEPEST {
                    Err(Refusal::TooDeep.into())
                } else {
                    layer.unpack(index as usize, room)
                }
            })
            .await?;
        let unpacked = match unpacked {
            Ok(unpacked) => unpacked,
            Err(refusal) => return Ok(OpenedView { refusal: Some(show::refusal(refusal)) }),
        };
        let name = parent.entry_name(index as usize);
        let cut = unpacked.cut;
        let opened = blocking(move || Ok(Layer::of(name, Arc::new(InMemory::new(unpacked.bytes)), cut)?)).await?;
        // Another entry may have been opened meanwhile, or the viewer may have ended.
        self.leave(layer)?;
        self.push(opened);
        self.0.end_if_over();
        self.0.tell();
        Ok(OpenedView { refusal: None })
    }

    /// Closes what was opened out of this layer.
    ///
    /// # Errors
    /// [`Fault::NotFound`] for a layer that was left.
    pub fn leave(&self, layer: u32) -> Result<()> {
        drop(self.layer(layer)?);
        held(&self.0.layers).truncate(layer as usize + 1);
        self.0.tell();
        Ok(())
    }

    fn unpacked(&self) -> usize {
        held(&self.0.layers).iter().skip(1).map(|layer| layer.size() as usize).sum()
    }

    fn push(&self, layer: Layer) {
        let layer = Arc::new(layer);
        held(&self.0.layers).push(layer.clone());
        if layer.has_lines() {
            self.go_on(&layer, Layer::count_on);
        }
    }

    /// Does one step of work after another, until there is nothing more to do, nobody looks any more, or reading fails.
    fn go_on(&self, layer: &Arc<Layer>, step: impl Fn(&Layer) -> ViewResult<bool> + Clone + Send + 'static) {
        let (viewer, layer) = (Arc::downgrade(&self.0), Arc::downgrade(layer));
        tokio::spawn(async move {
            loop {
                let (Some(viewer), Some(layer)) = (viewer.upgrade(), layer.upgrade()) else { break };
                let step = step.clone();
                let more = spawn_blocking(move || step(&layer)).await;
                viewer.tell();
                if !matches!(more, Ok(Ok(true))) {
                    viewer.end_if_over();
                    break;
                }
            }
        });
    }

    fn layer(&self, layer: u32) -> Result<Arc<Layer>> {
        self.0.end_if_over();
        if let Some(fault) = *held(&self.0.ended) {
            return Err(PortError::needs_person(fault).into());
        }
        let found = held(&self.0.layers).get(layer as usize).cloned();
        found.ok_or_else(|| PortError::not_possible(Fault::NotFound).into())
    }

    async fn read<T: Send + 'static>(
        &self,
        layer: u32,
        work: impl FnOnce(&Layer) -> ViewResult<T> + Send + 'static,
    ) -> Result<T> {
        self.try_read(layer, work).await?.map_err(|_| PortError::not_possible(Fault::NotFound).into())
    }

    async fn try_read<T: Send + 'static>(
        &self,
        layer: u32,
        work: impl FnOnce(&Layer) -> ViewResult<T> + Send + 'static,
    ) -> Result<Result<T, Refusal>> {
        let layer = self.layer(layer)?;
        let outcome = blocking(move || {
            Ok(match work(&layer) {
                Ok(done) => Ok(done),
                Err(ViewError::Refused(refusal)) => Err(refusal),
                Err(ViewError::Port(error)) => return Err(error.into()),
            })
        })
        .await;
        // Locked or erased while it was read: then nothing of it is given.
        self.0.end_if_over();
        match *held(&self.0.ended) {
            Some(fault) => Err(PortError::needs_person(fault).into()),
            None => outcome,
        }
    }
}

impl Inner {
    /// Drops everything that was read, once the file can no longer be.
    fn end_if_over(&self) {
        let mut layers = held(&self.layers);
        let Some(fault) = layers.first().and_then(|file| file.check().err()).map(|error| error.fault) else { return };
        layers.clear();
        drop(layers);
        *held(&self.ended) = Some(fault);
        self.tell();
    }

    fn tell(&self) {
        self.told.send_modify(|count| *count += 1);
    }
}

/// Runs what waits for the disk, or unpacks, beside the async tasks.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    match spawn_blocking(work).await {
        Ok(done) => done,
        Err(ended) if ended.is_panic() => std::panic::resume_unwind(ended.into_panic()),
        Err(ended) => Err(PortError::try_again(Fault::DiskTrouble).because(ended).into()),
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
