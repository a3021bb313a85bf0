//! Closing the window and quitting: what goes on is told first, and goes on if somebody says so.

use custody_core::Private;
use custody_desk::{Desk, views::WorkView};
use tauri::async_runtime::spawn;

use crate::{AppError, Destination, LeavingView, Link, QuitAnswer, Stage};

impl Stage {
    /// The window is closed: the program stays in the tray where one is shown, and is to end otherwise.
    pub async fn close_window(&self) {
        let is_hidden = self.surroundings().program().is_some_and(|program| program.hide());
        if is_hidden {
            // Files are looked at from the desk's window, and go with it.
            self.viewers().close_all();
        } else {
            self.ask_to_quit().await;
        }
    }

    /// Ends the program, or shows first what goes on.
    pub async fn ask_to_quit(&self) {
        let work = match self.desk() {
            Ok(desk) => desk.work().await.ok(),
            Err(_) => None,
        };
        match work.filter(|work| !is_idle(work)) {
            Some(work) => {
                self.surroundings().leave(Some(LeavingView { work, finishing: false }));
                if let Some(program) = self.surroundings().program() {
                    program.show();
                }
                self.tell();
            }
            None => self.exit(),
        }
    }

    /// What somebody says who was shown what goes on.
    ///
    /// # Errors
    /// What the desk met when it was asked what goes on.
    pub async fn answer_quit(&self, answer: QuitAnswer) -> Result<(), AppError> {
        match answer {
            QuitAnswer::Now => self.exit(),
            QuitAnswer::Stay => {
                self.surroundings().leave(None);
                self.tell();
            }
            QuitAnswer::Finish => {
                let desk = self.desk()?;
                let work = desk.work().await?;
                self.surroundings().leave(Some(LeavingView { work, finishing: true }));
                self.tell();
                let stage = self.clone();
                spawn(async move { stage.exit_when_done(&desk).await });
            }
        }
        Ok(())
    }

    /// Waits for each job that is under way to end once; what begins meanwhile is not waited for.
    async fn exit_when_done(&self, desk: &Desk) {
        let mut changes = desk.changes();
        loop {
            changes.mark_unchanged();
            let Some(leaving) = self.surroundings().leaving().filter(|leaving| leaving.finishing) else { return };
            let Ok(now) = desk.work().await else { return self.exit() };
            let jobs: Vec<_> = leaving.work.jobs.iter().copied().filter(|job| now.jobs.contains(job)).collect();
            if jobs.is_empty() {
                return self.exit();
            }
            if jobs != leaving.work.jobs {
                let work = WorkView { jobs, ..now };
                self.surroundings().leave(Some(LeavingView { work, finishing: true }));
                self.tell();
            }
            // The end of a run is noted in the ledger, and so is heard of.
            if changes.changed().await.is_err() {
                return self.exit();
            }
        }
    }

    fn exit(&self) {
        if let Some(program) = self.surroundings().program() {
            program.exit();
        }
    }

    /// Somebody was called to something from outside.
    pub fn call(&self, to: Destination) {
        self.surroundings().call(to);
        if let Some(program) = self.surroundings().program() {
            program.show();
        }
        self.tell();
    }

    /// Somebody followed a link. What is none is said in the window.
    pub fn follow(&self, text: &str) {
        let to = match Link::parse(text) {
            Ok(Link::Case(case)) => Destination::Case { case: case.to_string() },
            Ok(Link::Receipt(receipt)) => Destination::Receipt { receipt: receipt.to_string() },
            Ok(Link::Attention) => Destination::Attention,
            Ok(Link::SignedIn(payload)) => {
                self.take_redirect_later(payload);
                return;
            }
            Err(_) => Destination::NotALink,
        };
        self.call(to);
    }

    fn take_redirect_later(&self, payload: Private<String>) {
        let stage = self.clone();
        spawn(async move {
            match stage.take_redirect(&payload).await {
                Ok(()) => stage.show(),
                Err(error) => {
                    error.told("take_redirect");
                    stage.call(Destination::NoSignIn);
                }
            }
        });
    }
}

fn is_idle(work: &WorkView) -> bool {
    work.jobs.is_empty() && work.viewing_copies == 0
}
