//! The handle of one running desk.

mod acting;
mod assigned;
mod auditing;
mod backup;
mod bringing;
mod case_list;
mod changed;
mod connect;
pub(crate) mod connections;
mod doctor;
mod drill;
mod drill_canary;
mod erasures;
mod event_list;
mod forum_plan;
mod four_eyes;
mod heartbeats;
mod incident;
mod kit;
mod news;
mod own_dates;
mod pausing;
mod reading;
mod receipts;
mod reconciling;
mod reporting;
mod restore;
mod rounds;
pub(crate) mod rules;
mod running;
mod settled;
mod setup;
pub mod sign_in;
mod viewing;

pub use self::restore::RestoreFrom;

pub use self::{auditing::Anchors, reporting::ReportFile};
mod time;
mod transfers;

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError, RwLock},
    time::Duration,
};

use custody_core::{
    Private, Timestamp,
    event::{Actor, Event, EventKind},
    id::PersonId,
    pause::Pause,
    ports::{Clock, Fault, KeyStore, Ledger as _, PortError, Ports, Strongroom as _},
    transition::Transition,
};
use custody_ledger::{LedgerKey, SqlLedger};
use custody_vault::{
    OsChance, Places, Vault, VaultOptions, WorkFactor,
    disk::{Disk, RealDisk},
};
use secrecy::ExposeSecret as _;
use tokio::{
    sync::{Notify, watch},
    time::Instant,
};

use crate::{
    DeskError, Passphrase, Result, SystemClock,
    clock::DeskClock,
    settings::{LedgerSettings, Settings, SettingsError},
    viewer::Viewers,
    wiring::{Secret, Wired, wire},
};

/// One running desk. Cheap to clone. One process at a time works on a desk's folder, and holds it until the last clone is
/// dropped.
#[derive(Clone)]
pub struct Desk(Arc<Inner>);

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desk").field("desk", &self.0.vault.desk()).finish_non_exhaustive()
    }
}

struct Inner {
    vault: Vault,
    ledger: SqlLedger,
    desk_clock: Arc<DeskClock>,
    person: Private<String>,
    practice: bool,
    wired: RwLock<Arc<Wired>>,
    turns: rounds::Turns,
    pulse: heartbeats::Pulse,
    transfers: transfers::Transfers,
    viewers: Viewers,
    /// When somebody last did something at the desk, by the machine's own clock: a moved clock must not lock or unlock.
    touched: Mutex<Instant>,
    /// Asks the running desk for a round now.
    wake: watch::Sender<u64>,
    /// Whether somebody looks at the window.
    focused: watch::Sender<bool>,
    /// What rests for a while.
    pause: Mutex<Option<Pause>>,
    /// A pause has begun: what rests from now on ends.
    pause_begins: Notify,
    /// A recovery kit that is being shown.
    shown_kit: kit::Shown,
}

/// How a desk is opened.
#[derive(Clone)]
pub struct DeskOptions {
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// How hard the passphrase is to guess; used when one is set.
    pub work_factor: WorkFactor,
    /// Who acts: stands with holds, requests and openings.
    pub person: Private<String>,
    /// Whether this desk works on the practice world.
    pub practice: bool,
    /// The disk of the strongroom and the keys. Anything but the real one is for tests.
    pub disk: Arc<dyn Disk>,
    /// How long a file in a drop folder must have looked the same before it can be complete.
    pub drop_rest: Duration,
}

impl fmt::Debug for DeskOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeskOptions").field("practice", &self.practice).finish_non_exhaustive()
    }
}

impl Default for DeskOptions {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            work_factor: WorkFactor::DESK,
            person: this_user(),
            practice: false,
            disk: Arc::new(RealDisk),
            drop_rest: VaultOptions::default().drop_rest,
        }
    }
}

/// The name under which this user is logged in.
fn this_user() -> Private<String> {
    let name = ["USER", "USERNAME", "LOGNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| "unknown".to_owned()).into()
}

impl Desk {
    /// Whether a desk was made at these places, and made to the end.
    pub fn is_made(places: &Places) -> Result<bool> {
        Ok(Vault::is_made(places)?)
    }

    /// Makes a new desk with the usual settings. It begins unlocked, as its passphrase was just given.
    ///
    /// # Errors
    /// [`DeskError::DeskExists`] where one was made before; faults of disk and keychain.
    pub async fn create(
        places: Places,
        key_store: KeyStore,
        passphrase: Passphrase,
        options: DeskOptions,
    ) -> Result<Self> {
        if Self::is_made(&places)? {
            return Err(DeskError::DeskExists);
        }
        let vault = Vault::create(places, key_store, passphrase.clone(), vault_options(&options)).await?;
        let desk = Self::assemble(vault, options).await?;
        desk.0.vault.unlock(passphrase).await?;
        Ok(desk)
    }

    /// Opens the desk at these places. It begins locked.
    ///
    /// # Errors
    /// [`DeskError::NoDesk`] if there is none, [`Fault::InUse`] if another process works on it, [`Fault::OtherDesk`] if
    /// its ledger is another desk's, faults of settings, disk, keychain and ledger.
    pub async fn open(places: Places, options: DeskOptions) -> Result<Self> {
        if !Self::is_made(&places)? {
            return Err(DeskError::NoDesk);
        }
        let vault = Vault::open(places, vault_options(&options)).await?;
        Self::assemble(vault, options).await
    }

    async fn assemble(vault: Vault, options: DeskOptions) -> Result<Self> {
        let settings = settings_of(&vault)?;
        let ledger = open_ledger(&vault, settings.ledger).await?;
        ledger.claim(vault.desk()).await?;
        let desk_clock = Arc::new(DeskClock::new(options.clock.clone(), options.practice));
        time::resume(&desk_clock, &ledger).await?;
        let wired = wire(settings, &vault, &ledger, &desk_clock, None).await?;
        begin_ledger(&vault, &wired.ports).await?;
        changed::note_changes_by_hand(&wired.ports, &wired.settings).await?;
        rules::adopt_first(&ledger, &wired.policy.rules, desk_clock.now()).await?;
        let desk = Self::of(vault, ledger, wired, desk_clock, options);
        desk.note_four_eyes().await?;
        desk.go_on_pausing().await?;
        Ok(desk)
    }

    fn of(vault: Vault, ledger: SqlLedger, wired: Wired, desk_clock: Arc<DeskClock>, options: DeskOptions) -> Self {
        Self(Arc::new(Inner {
            vault,
            ledger,
            desk_clock,
            person: options.person,
            practice: options.practice,
            wired: RwLock::new(Arc::new(wired)),
            turns: rounds::Turns::default(),
            pulse: heartbeats::Pulse::default(),
            transfers: transfers::Transfers::default(),
            viewers: Viewers::default(),
            touched: Mutex::new(Instant::now()),
            wake: watch::Sender::new(0),
            focused: watch::Sender::new(false),
            pause: Mutex::new(None),
            pause_begins: Notify::new(),
            shown_kit: kit::Shown::default(),
        }))
    }

    /// Waits until nobody else works with this desk. Whoever ends the process right after [`Desk::close`] calls it before:
    /// the clean-up of SQLCipher at the process's end must find no connection that still works.
    pub async fn let_go(&self) {
        while Arc::strong_count(&self.0) > 1 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Ends the desk and waits for the ledger's connections, if this is the last clone. A desk that ends is locked.
    pub async fn close(self) {
        if Arc::strong_count(&self.0) == 1 && self.is_unlocked() {
            self.0.vault.lock();
            self.0.viewers.end_those_over();
            if let Err(error) = self.note(EventKind::Locked).await {
                tracing::warn!(error = %rounds::chain(&error), "desk.lock_not_noted");
            }
        }
        if let Some(inner) = Arc::into_inner(self.0) {
            let Inner { ledger, wired, vault, .. } = inner;
            // The ports hold clones of both.
            drop((wired, vault));
            ledger.close().await;
        }
    }

    /// Where this desk lies.
    pub fn places(&self) -> &Places {
        self.0.vault.places()
    }

    /// The settings, as they are now.
    pub fn settings(&self) -> Settings {
        self.wired().settings.clone()
    }

    /// What this desk's clock shows.
    pub fn now(&self) -> Timestamp {
        self.0.desk_clock.now()
    }

    /// Ticks after anything in the ledger has changed: a row, an event, a job's last run.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.0.ledger.changes()
    }

    /// Asks the running desk for a round now.
    pub fn wake(&self) {
        self.0.pulse.asked(self.now());
        self.0.wake.send_modify(|count| *count += 1);
    }

    /// Somebody did something at the desk: the idle lock waits anew.
    pub fn touch(&self) {
        *self.0.touched.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    fn idle_since(&self) -> Instant {
        *self.0.touched.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wired(&self) -> Arc<Wired> {
        self.0.wired.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn rewire(&self, wired: Wired) {
        *self.0.wired.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(wired);
    }

    /// The ports that it works with.
    #[cfg(feature = "test-doors")]
    pub fn ports(&self) -> Ports {
        self.wired().ports.clone()
    }

    /// Works with other ports from now on, until the settings change.
    #[cfg(feature = "test-doors")]
    pub fn change_ports(&self, change: impl FnOnce(&mut Ports)) {
        let mut wired = (*self.wired()).clone();
        change(&mut wired.ports);
        self.rewire(wired);
    }

    /// The member of staff who acts at this desk.
    async fn person(&self) -> Result<PersonId> {
        let fresh = <PersonId as custody_core::flow::FreshId>::fresh(&OsChance)?;
        Ok(self.0.ledger.person(&self.0.person, fresh).await?)
    }

    async fn commit(&self, transition: Transition) -> Result<()> {
        self.0.ledger.commit(vec![transition]).await?;
        Ok(())
    }

    async fn note(&self, kind: EventKind) -> Result<()> {
        let actor = Actor::Person(self.person().await?);
        self.commit(Transition::event_only(Event { at: self.now(), actor, kind })).await
    }
}

fn vault_options(options: &DeskOptions) -> VaultOptions {
    VaultOptions {
        work_factor: options.work_factor,
        disk: options.disk.clone(),
        drop_rest: options.drop_rest,
        ..VaultOptions::default()
    }
}

/// Reads the settings, or writes the usual ones for a desk whose making was cut short after its keys.
fn settings_of(vault: &Vault) -> Result<Settings> {
    let path = vault.places().settings();
    if !path.try_exists().map_err(SettingsError::Disk)? {
        let settings = Settings::new(vault.desk());
        settings.write(path)?;
        return Ok(settings);
    }
    let settings = Settings::read(path)?;
    // Rules and connections of another desk must not be taken for this one's.
    if settings.desk == vault.desk() { Ok(settings) } else { Err(SettingsError::OtherDesk.into()) }
}

async fn open_ledger(vault: &Vault, which: LedgerSettings) -> Result<SqlLedger> {
    Ok(match which {
        LedgerSettings::Embedded => {
            let key = vault.ledger_key().await?;
            SqlLedger::open_sqlite(&vault.places().ledger(), &LedgerKey::new(*key.expose_secret())).await?
        }
        LedgerSettings::Postgres => SqlLedger::open_postgres(&Secret::LedgerAddress.fetch(vault).await?).await?,
    })
}

/// A new ledger begins with the desk's own event. An empty ledger beside sealed files is a lost one, and not begun anew.
async fn begin_ledger(vault: &Vault, ports: &Ports) -> Result<()> {
    if ports.ledger.head().await?.index > 0 {
        return Ok(());
    }
    if !vault.inventory().await?.sealed.is_empty() {
        return Err(PortError::needs_person(Fault::LedgerDamaged).because("the ledger is gone").into());
    }
    let tool = format!("Custody {}", env!("CARGO_PKG_VERSION"));
    let event = Event { at: ports.clock.now(), actor: Actor::Desk, kind: EventKind::DeskCreated { tool } };
    ports.ledger.commit(vec![Transition::event_only(event)]).await?;
    Ok(())
}
