//! What is chosen in the tray or in the menu bar.

use custody_core::{SignedDuration, flow::Silent};
use tauri::async_runtime::spawn;

use crate::{Destination, Stage};

/// For how many hours the tray offers a pause.
pub const PAUSES: [u32; 3] = [1, 4, 24];

/// An entry of a menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Shows the window.
    Open,
    /// Shows what waits for a person.
    Attention,
    /// Makes a round now.
    Sync,
    /// Pauses for so many hours.
    Pause(u32),
    /// Ends the pause.
    Resume,
    /// Locks the desk.
    Lock,
    /// Closes the window.
    #[cfg(target_os = "macos")]
    Close,
    /// Quits.
    Quit,
}

impl Order {
    /// The id of its entry.
    #[cfg(not(target_os = "linux"))]
    pub fn id(self) -> String {
        match self {
            Self::Open => "open".to_owned(),
            Self::Attention => "attention".to_owned(),
            Self::Sync => "sync".to_owned(),
            Self::Pause(hours) => format!("pause {hours}"),
            Self::Resume => "resume".to_owned(),
            Self::Lock => "lock".to_owned(),
            #[cfg(target_os = "macos")]
            Self::Close => "close".to_owned(),
            Self::Quit => "quit".to_owned(),
        }
    }

    /// The entry of this id.
    #[cfg(not(target_os = "linux"))]
    pub fn of_id(id: &str) -> Option<Self> {
        let pauses = PAUSES.map(Self::Pause);
        #[cfg(target_os = "macos")]
        let of_bar = [Self::Close];
        #[cfg(not(target_os = "macos"))]
        let of_bar = [];
        let plain = [Self::Open, Self::Attention, Self::Sync, Self::Resume, Self::Lock, Self::Quit];
        plain.into_iter().chain(of_bar).chain(pauses).find(|order| order.id() == id)
    }
}

/// Carries them out.
#[derive(Clone, Debug)]
pub struct Orders(Stage);

impl Orders {
    /// For the desk of this window.
    pub const fn of(stage: Stage) -> Self {
        Self(stage)
    }

    /// Carries one out, beside whoever asks. What it meets is in the log, and shows in the heartbeat.
    pub fn carry_out(&self, order: Order) {
        let stage = self.0.clone();
        spawn(async move {
            if let Err(error) = carry_out(&stage, order).await {
                error.told("tray");
            }
        });
    }
}

async fn carry_out(stage: &Stage, order: Order) -> Result<(), crate::AppError> {
    match order {
        Order::Open => stage.show(),
        Order::Attention => stage.call(Destination::Attention),
        Order::Sync => {
            stage.desk()?.round(&Silent).await;
        }
        Order::Pause(hours) => {
            let desk = stage.desk()?;
            desk.pause_for(SignedDuration::from_hours(hours.into())).await?;
        }
        Order::Resume => stage.desk()?.resume().await?,
        Order::Lock => stage.desk()?.lock().await?,
        #[cfg(target_os = "macos")]
        Order::Close => stage.close_window().await,
        Order::Quit => stage.ask_to_quit().await,
    }
    Ok(())
}
