//! A desk opened on the practice world, and the hands that move that world.
//!
//! It is the one place that knows both: the practice world shares no code with the desk, so that its forum cannot know our
//! client, and the desk has no code for the practice world, so that nothing works only there. The demo, the window's practice
//! desk and the stories use it. Nothing here reaches below [`Desk`]: it is connected as a person would connect it.

mod connections;
mod hands;

use std::path::Path;

use custody_core::{Private, ports::Fault};
use custody_desk::{Desk, DeskError, DeskOptions, KeyStore, Places, WorkFactor};
use custody_practice::{World, WorldError, WorldOptions, forum::ScriptError, scenario::Story};

use tempfile::TempDir;

pub use connections::{forum_settings, mail_settings, oauth_mail_settings};

/// The passphrase of every practice desk: it guards nothing of worth.
pub const PRACTICE_PASSPHRASE: &str = "practice";

/// Who works at a practice desk.
pub const PRACTICE_PERSON: &str = "Robin Adler";

/// A running desk and the world it works on. The world goes away with it; the desk's folder is the caller's.
#[derive(Debug)]
pub struct PracticeDesk {
    /// The desk.
    pub desk: Desk,
    /// The world.
    pub world: World,
    /// Dropped last: the folder goes when nobody works in it any more.
    folder: Option<TempDir>,
}

/// Why a practice desk did not start, or a hand could not move its world.
#[derive(Debug, thiserror::Error)]
pub enum PracticeError {
    /// The world did not start.
    #[error(transparent)]
    World(#[from] WorldError),
    /// The desk did not start, or does not know what was named.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The world refused a step.
    #[error(transparent)]
    Script(#[from] ScriptError),
    /// An address of the world cannot be read.
    #[error("an address of the practice world cannot be read")]
    Address(#[from] url::ParseError),
    /// The thread is no thread of a customer of this world.
    #[error("nobody in the practice world has this thread")]
    NoCustomer,
    /// No folder could be made, or it could not be removed.
    #[error("the practice desk's folder cannot be made or removed")]
    Folder(#[source] std::io::Error),
    /// The receipt did not reach its customer yet.
    #[error("the customer has no letter with this receipt yet")]
    NoLetter,
}

impl PracticeError {
    /// What a person is told.
    pub const fn fault(&self) -> Fault {
        match self {
            Self::Desk(error) => error.fault(),
            Self::World(_) | Self::Folder(_) => Fault::DiskTrouble,
            Self::Script(_) | Self::Address(_) | Self::NoCustomer | Self::NoLetter => Fault::NotFound,
        }
    }
}

/// A world of nine threads with a log of a few megabytes: for looking around.
pub fn standard() -> WorldOptions {
    WorldOptions { story: Story::Standard, log_size: 4 << 20, marked: false, ..WorldOptions::default() }
}

impl PracticeDesk {
    /// Starts a new world, makes a desk below `folder` with its keys in a key file, and connects it. It is unlocked.
    ///
    /// # Errors
    /// When the world or the desk cannot start; when there is a desk below `folder` already.
    pub async fn start(folder: &Path, options: WorldOptions) -> Result<Self, PracticeError> {
        let options = with_addresses(options);
        let clock = options.clock.clone();
        let world = World::start(options).await?;
        let places = Places::under(folder).map_err(DeskError::from)?;
        let options = DeskOptions {
            clock: std::sync::Arc::new(clock),
            work_factor: WorkFactor::PRACTICE,
            person: PRACTICE_PERSON.into(),
            practice: true,
            ..DeskOptions::default()
        };
        let desk = Desk::create(places, KeyStore::KeyFile, PRACTICE_PASSPHRASE.into(), options).await?;
        let practice = Self::over(desk, world);
        practice.connect().await?;
        Ok(practice)
    }

    /// As [`PracticeDesk::start`], in a folder of its own that only this user can read and that goes with the desk.
    ///
    /// It lies where this system keeps what is temporary, or below `CUSTODY_HOME` if that is set.
    ///
    /// # Errors
    /// As [`PracticeDesk::start`].
    pub async fn start_fresh(options: WorldOptions) -> Result<Self, PracticeError> {
        let mut builder = tempfile::Builder::new();
        builder.prefix("custody-practice-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let folder = match std::env::var_os("CUSTODY_HOME").filter(|home| !home.is_empty()) {
            Some(home) => builder.tempdir_in(home),
            None => builder.tempdir(),
        };
        let folder = folder.map_err(PracticeError::Folder)?;
        let practice = Self::start(&folder.path().join("desk"), options).await?;
        Ok(Self { folder: Some(folder), ..practice })
    }

    /// A desk that was opened again, and the world it works on.
    pub const fn over(desk: Desk, world: World) -> Self {
        Self { desk, world, folder: None }
    }

    /// Ends the desk and the world, and removes the folder if it is the desk's own.
    ///
    /// # Errors
    /// [`PracticeError::Folder`] if it could not be removed.
    pub async fn close(self) -> Result<(), PracticeError> {
        self.desk.close().await;
        drop(self.world);
        self.folder.map_or(Ok(()), TempDir::close).map_err(PracticeError::Folder)
    }

    /// Connects the desk to the world's servers with the keys that the world issued.
    async fn connect(&self) -> Result<(), PracticeError> {
        let mut settings = self.desk.settings();
        settings.issuer.name = "Practice Support".to_owned();
        settings.issuer.contact = self.world.mail.desk_account().user;
        self.desk.save_settings(settings).await?;
        self.desk.connect_forum(forum_settings(&self.world)?, self.world.keys.bob.as_str().into()).await?;
        let password: Private<String> = self.world.mail.desk_account().password.into();
        self.desk.connect_mail(mail_settings(&self.world), password.clone(), password).await?;
        Ok(())
    }
}

/// Letters need addresses: the engineer of this world may see them. And its forum lets the browser come back to the program.
fn with_addresses(mut options: WorldOptions) -> WorldOptions {
    options.forum.moderators_view_emails = true;
    options.forum.sign_in.redirects.push("custody://forum/signed-in".to_owned());
    options
}
