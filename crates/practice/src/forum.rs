//! A Discourse-compatible forum on loopback, with a second origin that acts as its object store.
//!
//! It answers the calls a client of private threads makes, with the real site's rules, limits and
//! error bodies; a test scripts what people do on it and switches faults on.

mod answers;
mod base62;
mod bus;
mod calls;
mod cook;
mod door;
mod faults;
mod gate;
mod house;
mod ids;
mod keys;
mod limits;
mod log;
mod look;
mod model;
mod options;
mod params;
mod refusal;
mod reply;
mod rules;
mod script;
mod sign_in;
mod source;
mod spoil;
mod uploads;
mod views;

use std::io;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use tokio_util::sync::{CancellationToken, DropGuard};

pub use faults::{Fault, FaultId, Faults, Scope};
pub use ids::{CategoryId, GroupId, PostId, TopicId, UploadId, UserId};
pub use keys::{AdminScope, UserScope};
pub use log::{ForeignHit, RequestRecord};
pub use look::{AttachmentLook, PostLook, TopicLook};
pub use options::{CleanUpRules, Era, ForumOptions, Limits, SignInRules, Storage, TagShape};
pub(crate) use script::KEY_MARK;
pub use script::{NewUser, ScriptError};
pub use source::{Chunks, Markup, PracticeFile};
pub use uploads::clean_up::CleanUp;

use crate::clock::PracticeClock;
use door::{Caller, Door};
use house::House;
use model::State;
use uploads::store::Folder;

/// A running forum. Clones share it; it stops and its files go when the last one is dropped.
#[derive(Clone, Debug)]
pub struct PracticeForum {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    house: Arc<House>,
    door: door::Handle,
    storage_door: door::Handle,
    _running: DropGuard,
}

impl PracticeForum {
    /// Starts a forum and its storage on free ports of 127.0.0.1.
    ///
    /// # Errors
    /// When no port or no temporary folder is to be had.
    pub async fn start(clock: PracticeClock, options: ForumOptions) -> io::Result<Self> {
        let running = CancellationToken::new();
        let (door, handle) = Door::bind(running.clone()).await?;
        let (storage_door, storage_handle) = Door::bind(running.clone()).await?;
        let origin = format!("http://{}", handle.address);
        let storage_origin = format!("http://{}", storage_handle.address);
        let state = State::new(options, origin, storage_origin, clock.now());
        let house = Arc::new(House::new(clock, Folder::create()?, state));
        serve(door, gate::serve, &house, &running);
        serve(storage_door, uploads::storage::serve, &house, &running);
        Ok(Self {
            inner: Arc::new(Inner {
                house,
                door: handle,
                storage_door: storage_handle,
                _running: running.drop_guard(),
            }),
        })
    }

    /// The forum's address with its subfolder and without a slash at the end.
    pub fn base_url(&self) -> String {
        let state = self.house().state();
        format!("{}{}", state.origin, state.options.subfolder)
    }

    /// The address of the second origin.
    pub fn storage_url(&self) -> String {
        self.house().state().storage_origin.clone()
    }

    /// The clock this forum reads.
    pub fn clock(&self) -> &PracticeClock {
        &self.house().clock
    }

    /// The switchboard of faults.
    pub fn faults(&self) -> &Faults {
        &self.house().faults
    }

    /// Changes site settings while the forum runs. The subfolder must stay as it was started.
    pub fn configure(&self, change: impl FnOnce(&mut ForumOptions)) {
        change(&mut self.house().state().options);
    }

    /// Refuses connections and cuts the open ones, keeping the port. Returns when that is done.
    pub async fn unplug(&self) {
        self.inner.door.want(false).await;
    }

    /// Takes connections again. Returns when it does.
    pub async fn plug_in(&self) {
        self.inner.door.want(true).await;
    }

    /// As [`Self::unplug`], for the storage origin.
    pub async fn unplug_storage(&self) {
        self.inner.storage_door.want(false).await;
    }

    /// As [`Self::plug_in`], for the storage origin.
    pub async fn plug_in_storage(&self) {
        self.inner.storage_door.want(true).await;
    }

    fn house(&self) -> &Arc<House> {
        &self.inner.house
    }
}

fn serve<H, T>(door: Door, handler: H, house: &Arc<House>, running: &CancellationToken)
where
    H: Handler<T, Arc<House>>,
    T: 'static,
{
    let router: Router =
        Router::new().fallback(handler).layer(DefaultBodyLimit::disable()).with_state(Arc::clone(house));
    let service = router.into_make_service_with_connect_info::<Caller>();
    let stop = running.clone().cancelled_owned();
    tokio::spawn(async move {
        // Serving on an open listener does not fail; a stop is how it ends.
        let _ = axum::serve(door, service).with_graceful_shutdown(stop).await;
    });
}
