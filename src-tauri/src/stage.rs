//! Which desk the window is on: none yet, one that is being opened, a running one, or one that could not be opened.

use std::{
    path::PathBuf,
    sync::{
        Arc, OnceLock, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use custody_core::{
    Private,
    ports::{KeyStore, PortResult},
};
use custody_desk::{
    Desk, DeskError, DeskOptions, ExportFile, Passphrase, Places, logs, show, sign_in::Wishes, views::SignInView,
};
use custody_practice_desk::{PRACTICE_PASSPHRASE, PracticeDesk, standard};
use tokio::{sync::Mutex, time::timeout};
use url::Url;

use crate::{
    AppError, IpcError, Outside, Program, SavedFile, StageView, Viewers,
    offers::Offers,
    sign_in::SigningIn,
    surroundings::Surroundings,
    tasks::{Tasks, Tell},
};

/// How long whoever still looks at a desk that ends is waited for.
const LETS_GO: Duration = Duration::from_secs(5);

/// The desk of this window, shared by all commands.
#[derive(Clone)]
pub struct Stage(Arc<Inner>);

struct Inner {
    now: RwLock<Now>,
    /// Where this user's own desk lies, or is made.
    places: OnceLock<Places>,
    tell: OnceLock<Tell>,
    tell_moves: OnceLock<Tell>,
    surroundings: Surroundings,
    outside: OnceLock<Arc<dyn Outside>>,
    /// A sign-in to the forum that was begun in this window.
    sign_in: std::sync::Mutex<Option<Arc<SigningIn>>>,
    /// Whether somebody looks at the window.
    focused: AtomicBool,
    viewers: Viewers,
    offers: Offers,
    /// The work of the open desk. Whoever opens or closes one holds this lock.
    tasks: Mutex<Option<Tasks>>,
}

#[derive(Clone)]
enum Now {
    Opening { practice: bool },
    FirstRun,
    Running { desk: Desk, practice: Option<Arc<PracticeDesk>> },
    Failed { told: IpcError, practice: bool },
    Closed,
}

impl std::fmt::Debug for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stage").finish_non_exhaustive()
    }
}

impl Stage {
    /// A window whose desk is being opened.
    pub fn opening(practice: bool) -> Self {
        Self(Arc::new(Inner {
            now: RwLock::new(Now::Opening { practice }),
            places: OnceLock::new(),
            tell: OnceLock::new(),
            tell_moves: OnceLock::new(),
            surroundings: Surroundings::default(),
            outside: OnceLock::new(),
            sign_in: std::sync::Mutex::default(),
            focused: AtomicBool::new(false),
            viewers: Viewers::default(),
            offers: Offers::default(),
            tasks: Mutex::new(None),
        }))
    }

    /// Says whom to tell that the desk has changed. The first one stays.
    pub fn on_change(&self, tell: impl Fn() + Send + Sync + 'static) {
        let _ = self.0.tell.set(Arc::new(tell));
    }

    /// Says whom to tell that bytes of files are moved. The first one stays.
    pub fn on_move(&self, tell: impl Fn() + Send + Sync + 'static) {
        let _ = self.0.tell_moves.set(Arc::new(tell));
    }

    /// Says what program is around the window. The first one stays.
    pub fn set_program(&self, program: Arc<dyn Program>) {
        self.0.surroundings.set_program(program);
    }

    /// Shows the window.
    pub fn show(&self) {
        if let Some(program) = self.0.surroundings.program() {
            program.show();
        }
    }

    pub(crate) fn surroundings(&self) -> &Surroundings {
        &self.0.surroundings
    }

    /// Somebody looks at the window.
    pub fn is_focused(&self) -> bool {
        self.0.focused.load(Ordering::Relaxed)
    }

    /// The desk could not be opened.
    pub fn has_failed(&self) -> bool {
        matches!(self.now(), Now::Failed { .. })
    }

    /// Tells the page that something has changed.
    pub(crate) fn tell(&self) {
        self.teller()();
    }

    /// Somebody began or ceased to look at the window: meanwhile the desk hears of news at once.
    pub fn focus(&self, focused: bool) {
        self.0.focused.store(focused, Ordering::Relaxed);
        if let Ok(desk) = self.desk() {
            desk.focus(focused);
        }
    }

    /// Says by whom the system around the window is reached. The first one stays.
    pub fn reach_by(&self, outside: impl Outside + 'static) {
        let _ = self.0.outside.set(Arc::new(outside));
    }

    pub(crate) fn outside(&self) -> Result<Arc<dyn Outside>, AppError> {
        self.0.outside.get().cloned().ok_or(AppError::NoSuchDesk)
    }

    pub(crate) async fn begin_sign_in(&self, desk: Desk, forum: Url, wishes: Wishes) -> Result<SignInView, AppError> {
        let (begun, view) = SigningIn::begin(desk, forum, wishes).await?;
        self.exchange_sign_in(Some(begun));
        Ok(view)
    }

    pub(crate) fn sign_in(&self) -> Result<Arc<SigningIn>, AppError> {
        self.0.sign_in.lock().unwrap_or_else(PoisonError::into_inner).clone().ok_or(AppError::NoSignIn)
    }

    pub(crate) fn end_sign_in(&self) {
        self.exchange_sign_in(None);
    }

    fn exchange_sign_in(&self, next: Option<Arc<SigningIn>>) {
        let before = std::mem::replace(&mut *self.0.sign_in.lock().unwrap_or_else(PoisonError::into_inner), next);
        if let Some(before) = before {
            before.stop();
        }
    }

    /// Takes what the browser was sent back with after a sign-in, or the whole address: `custody://forum/signed-in?payload=...`.
    /// It opens with the key of the sign-in that is under way in this window, and with nothing else.
    ///
    /// # Errors
    /// [`AppError::NoSignIn`] if none is under way; what the address held instead. The sign-in then goes on.
    pub async fn take_redirect(&self, brought: &Private<String>) -> Result<(), AppError> {
        let account = self.sign_in()?.open(brought).await;
        // The page that waits for it is told with its answer; any other hears of it like this.
        self.teller()();
        account.map(drop)
    }

    /// The running desk.
    ///
    /// # Errors
    /// [`AppError::NoSuchDesk`] while none runs.
    pub fn desk(&self) -> Result<Desk, AppError> {
        match self.now() {
            Now::Running { desk, .. } => Ok(desk),
            _ => Err(AppError::NoSuchDesk),
        }
    }

    /// The files that are looked at.
    pub fn viewers(&self) -> &Viewers {
        &self.0.viewers
    }

    /// Whether files may be dropped onto the window now.
    pub fn takes_files(&self) -> bool {
        self.desk().is_ok_and(|desk| desk.is_unlocked())
    }

    /// Files were dropped onto the window. They are kept until the page says for which case, and touched by nobody. False if
    /// they are none, or the desk takes none now.
    pub fn drop_files(&self, paths: Vec<PathBuf>) -> bool {
        match self.desk() {
            Ok(desk) if desk.is_unlocked() => self.0.offers.drop(paths, desk.now()),
            _ => false,
        }
    }

    pub(crate) fn offers(&self) -> &Offers {
        &self.0.offers
    }

    /// The practice desk, if this window is on one.
    ///
    /// # Errors
    /// [`AppError::NoSuchDesk`] on a desk of one's own.
    pub fn practice(&self) -> Result<Arc<PracticeDesk>, AppError> {
        match self.now() {
            Now::Running { practice: Some(practice), .. } => Ok(practice),
            _ => Err(AppError::NoSuchDesk),
        }
    }

    /// Writes something out for the person who asked, and says where it is. The page names no path: the file goes into the
    /// folder of exports, named after `stem` and the desk's time. What was not written to its end does not stay.
    ///
    /// # Errors
    /// [`AppError::NoSuchDesk`] while no desk runs, faults of the disk, and whatever `write` meets.
    pub async fn save(
        &self,
        stem: &str,
        ending: &str,
        write: impl AsyncFnOnce(&Desk, &mut ExportFile) -> Result<(), AppError>,
    ) -> Result<SavedFile, AppError> {
        let desk = self.desk()?;
        desk.touch();
        let stamp: String = show::time(desk.now()).chars().take(16).filter(|letter| *letter != ':').collect();
        let mut file = ExportFile::create(desk.places(), &format!("{stem}-{}", stamp.replace('T', "-")), ending)?;
        write(&desk, &mut file).await?;
        Ok(SavedFile { path: file.keep()?.display().to_string() })
    }

    /// What the page shows.
    ///
    /// # Errors
    /// What the desk met when it was asked.
    pub async fn view(&self) -> Result<StageView, AppError> {
        Ok(match self.now() {
            Now::Opening { practice } => StageView::Opening { practice },
            Now::FirstRun => StageView::FirstRun,
            Now::Running { desk, practice } => StageView::Running {
                desk: Box::new(desk.view().await?),
                practice_passphrase: practice.map(|_| PRACTICE_PASSPHRASE.to_owned()),
                called: self.0.surroundings.called(),
                leaving: self.0.surroundings.leaving(),
            },
            Now::Failed { told, .. } => told.into(),
            Now::Closed => return Err(AppError::NoSuchDesk),
        })
    }

    /// Opens this user's desk, or finds that there is none yet. What it meets is shown, and nothing waits for it.
    pub async fn open_own(&self, places: PortResult<Places>) {
        let mut tasks = self.0.tasks.lock().await;
        match self.own_desk(places).await {
            Ok(None) => self.enter(Now::FirstRun),
            Ok(Some(desk)) => *tasks = Some(self.run(desk, None)),
            Err(error) => self.fail(error.told("open_desk"), false),
        }
    }

    async fn own_desk(&self, places: PortResult<Places>) -> Result<Option<Desk>, AppError> {
        let places = places.map_err(DeskError::from)?;
        let places = self.0.places.get_or_init(|| places).clone();
        if !Desk::is_made(&places)? {
            return Ok(None);
        }
        logs::start(&places)?;
        Ok(Some(Desk::open(places, DeskOptions::default()).await?))
    }

    /// Opens what could not be opened once more: the disk, the keychain or another program may be out of the way by now.
    ///
    /// # Errors
    /// [`AppError::DeskIsThere`] if nothing failed. What it meets again is shown.
    pub async fn open_again(&self) -> Result<(), AppError> {
        let Now::Failed { practice, .. } = self.now() else {
            return Err(AppError::DeskIsThere);
        };
        // A loop that did not start is over, and with it goes its hold on the desk.
        if let Some(over) = self.0.tasks.lock().await.take() {
            over.end().await;
        }
        self.enter(Now::Opening { practice });
        if practice {
            self.open_practice().await;
        } else {
            self.open_own(self.0.places.get().cloned().map_or_else(Places::of_this_user, Ok)).await;
        }
        Ok(())
    }

    /// Makes this user's desk, where there was none.
    ///
    /// # Errors
    /// When a desk is there already, and what kept it from being made. Then the first run goes on.
    pub async fn create(&self, passphrase: Passphrase) -> Result<(), AppError> {
        let mut tasks = self.0.tasks.lock().await;
        let places = self.0.places.get().filter(|_| self.is_first_run()).ok_or(AppError::DeskIsThere)?.clone();
        let desk = Desk::create(places, KeyStore::Keychain, passphrase, DeskOptions::default()).await?;
        logs::start(desk.places())?;
        desk.begin_setup().await?;
        *tasks = Some(self.run(desk, None));
        Ok(())
    }

    /// Starts a practice desk in a fresh folder.
    ///
    /// # Errors
    /// When a desk is there already, and what kept the practice world from starting. Then the first run goes on.
    pub async fn start_practice(&self) -> Result<(), AppError> {
        let mut tasks = self.0.tasks.lock().await;
        if !self.is_first_run() {
            return Err(AppError::DeskIsThere);
        }
        *tasks = Some(self.practise().await?);
        Ok(())
    }

    /// Opens the practice desk that the program was started for.
    pub async fn open_practice(&self) {
        let mut tasks = self.0.tasks.lock().await;
        match self.practise().await {
            Ok(begun) => *tasks = Some(begun),
            Err(error) => self.fail(error.told("open_practice"), true),
        }
    }

    async fn practise(&self) -> Result<Tasks, AppError> {
        let practice = PracticeDesk::start_fresh(standard()).await?;
        let desk = practice.desk.clone();
        logs::start(desk.places())?;
        Ok(self.run(desk, Some(Arc::new(practice))))
    }

    /// Stops the work, ends viewing copies, and waits for the ledger. Whatever is under way is taken up at the next start.
    pub async fn close(&self) {
        self.end_sign_in();
        self.0.offers.clear();
        let mut tasks = self.0.tasks.lock().await;
        self.0.viewers.close_all();
        let before = std::mem::replace(&mut *self.0.now.write().unwrap_or_else(PoisonError::into_inner), Now::Closed);
        if let Some(tasks) = tasks.take() {
            tasks.end().await;
        }
        if let Now::Running { desk, practice } = before {
            // A program that has ended can end no lease: plaintext must not stay behind.
            if let Err(error) = desk.lock().await {
                AppError::from(error).told("close");
            }
            let ended = match practice {
                None => {
                    // Somebody may still look at it: the page, or the tray.
                    let _ = timeout(LETS_GO, desk.let_go()).await;
                    desk.close().await;
                    Ok(())
                }
                Some(practice) => {
                    drop(desk);
                    let _ = timeout(LETS_GO, practice.desk.let_go()).await;
                    // A command that is still under way holds it; then its folder goes with the command.
                    match Arc::into_inner(practice) {
                        Some(practice) => practice.close().await,
                        None => Ok(()),
                    }
                }
            };
            if let Err(error) = ended {
                AppError::from(error).told("close");
            }
        }
    }

    fn run(&self, desk: Desk, practice: Option<Arc<PracticeDesk>>) -> Tasks {
        let (stage, is_practice) = (self.clone(), practice.is_some());
        desk.focus(self.0.focused.load(Ordering::Relaxed));
        self.enter(Now::Running { desk: desk.clone(), practice });
        let moves = self.0.tell_moves.get().cloned().unwrap_or_else(|| Arc::new(|| ()));
        Tasks::begin(&desk, self.teller(), moves, move |error| {
            stage.fail(AppError::from(error).told("run"), is_practice)
        })
    }

    fn fail(&self, told: IpcError, practice: bool) {
        self.enter(Now::Failed { told, practice });
    }

    fn enter(&self, now: Now) {
        *self.0.now.write().unwrap_or_else(PoisonError::into_inner) = now;
        self.teller()();
    }

    fn now(&self) -> Now {
        self.0.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn is_first_run(&self) -> bool {
        matches!(self.now(), Now::FirstRun)
    }

    fn teller(&self) -> Tell {
        self.0.tell.get().cloned().unwrap_or_else(|| Arc::new(|| ()))
    }
}
