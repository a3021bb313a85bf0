//! The program: its window, and its orderly end.

use std::{
    path::PathBuf,
    process::ExitCode,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use custody_desk::Places;
use tauri::{
    AppHandle, Builder, Context, Emitter as _, Manager as _, RunEvent, Runtime, WindowEvent, Wry, async_runtime::spawn,
};
use tauri_plugin_dialog::DialogExt as _;
use tokio::time::timeout;
use url::Url;

use crate::{Later, Outside, Stage, UpdateProblem, commands, viewer_windows::SystemWindows};

/// The label of the desk's window. What it may ask for, no other window may.
pub const MAIN_WINDOW: &str = "main";

/// What the page listens to: it asks again when it hears this.
const DESK_CHANGED: &str = "desk-changed";

/// To be killed is harmless, so a ledger that does not answer does not keep the program from ending.
const LONGEST_CLOSE: Duration = Duration::from_secs(10);

/// What the window is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// This user's desk.
    OwnDesk,
    /// A practice desk.
    Practice,
}

/// Opens the window and returns when it was closed and the desk has ended.
///
/// # Errors
/// What kept the window from opening.
pub fn run(start: Start) -> tauri::Result<ExitCode> {
    let stage = Stage::opening(start == Start::Practice);
    // It asks nobody by itself: releases are looked for only when a person wants to know.
    let mut builder = Builder::<Wry>::default()
        .plugin(tauri_plugin_updater::Builder::new().build())
        .plugin(tauri_plugin_dialog::init());
    // A practice window may stand beside the desk, and a desk elsewhere is another one; its folder has a lock of its own.
    if start == Start::OwnDesk && std::env::var_os("CUSTODY_HOME").is_none() {
        builder = builder.plugin(tauri_plugin_single_instance::init(|app, _, _| show_main(app)));
    }
    let app = builder
        .manage(stage.clone())
        .invoke_handler(commands::handler())
        .setup({
            let stage = stage.clone();
            move |app| {
                begin(app.handle().clone(), stage, start);
                Ok(())
            }
        })
        .build(context())?;
    end_when_told(app.handle().clone());
    let ending = AtomicBool::new(false);
    let code = app.run_return(move |app, event| match event {
        RunEvent::WindowEvent { event: WindowEvent::Focused(focused), .. } => stage.focus(focused),
        RunEvent::WindowEvent { label, event: WindowEvent::Destroyed, .. } => {
            // Files are looked at from the desk's window, and go with it.
            if label == MAIN_WINDOW { stage.viewers().close_all() } else { stage.viewers().closed(&label) }
        }
        RunEvent::ExitRequested { api, code, .. } if !ending.swap(true, Ordering::Relaxed) => {
            api.prevent_exit();
            let (app, stage) = (app.clone(), stage.clone());
            spawn(async move {
                let _ = timeout(LONGEST_CLOSE, stage.close()).await;
                app.exit(code.unwrap_or_default());
            });
        }
        _ => {}
    });
    Ok(u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from))
}

/// The configuration, the pages and the permissions, as they were built in.
pub fn context<R: Runtime>() -> Context<R> {
    tauri::generate_context!()
}

/// Opens the desk beside the window, which shows meanwhile that it is being opened.
fn begin<R: Runtime>(app: AppHandle<R>, stage: Stage, start: Start) {
    let window = app.clone();
    stage.reach_by(System(app.clone()));
    stage.on_change(move || {
        // A window that is being closed hears nothing any more.
        let _ = window.emit_to(MAIN_WINDOW, DESK_CHANGED, ());
    });
    stage.viewers().in_windows(SystemWindows(app));
    spawn(async move {
        match start {
            Start::OwnDesk => stage.open_own(Places::of_this_user()).await,
            Start::Practice => stage.open_practice().await,
        }
    });
}

/// The system around the window. The plugins are asked from here alone; the page has no permission for any of them.
struct System<R: Runtime>(AppHandle<R>);

impl<R: Runtime> Outside for System<R> {
    fn browse(&self, page: &Url) -> std::io::Result<()> {
        open::that_detached(page.as_str())
    }

    fn practise(&self) -> std::io::Result<()> {
        std::process::Command::new(std::env::current_exe()?).arg("--practice").spawn().map(drop)
    }

    fn choose_folder(&self) -> Later<Option<PathBuf>> {
        let (tell, told) = tokio::sync::oneshot::channel();
        self.0.dialog().file().pick_folder(move |folder| {
            // A command that was dropped waits for it no more.
            let _ = tell.send(folder.and_then(|folder| folder.into_path().ok()));
        });
        Box::pin(async { told.await.ok().flatten() })
    }

    fn newest(&self) -> Later<Result<Option<String>, UpdateProblem>> {
        let app = self.0.clone();
        Box::pin(async move {
            use tauri_plugin_updater::{Error, UpdaterExt as _};
            let checked = match app.updater() {
                Ok(updater) => updater.check().await,
                Err(error) => Err(error),
            };
            checked.map(|found| found.map(|update| update.version)).map_err(|error| {
                tracing::warn!(error = %error, "update.not_known");
                match error {
                    Error::Reqwest(_) | Error::Network(_) | Error::Io(_) => UpdateProblem::Unreachable,
                    Error::ReleaseNotFound | Error::TargetNotFound(_) | Error::TargetsNotFound(_) => {
                        UpdateProblem::NoRelease
                    }
                    _ => UpdateProblem::NotTrusted,
                }
            })
        })
    }
}

/// A session that ends, or somebody at a terminal, asks for the same orderly end as closing the window.
#[cfg(unix)]
fn end_when_told(app: AppHandle) {
    use tokio::signal::unix::{SignalKind, signal};
    for kind in [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::hangup()] {
        let app = app.clone();
        spawn(async move {
            // Without a listener the system ends the program at once, which is harmless too.
            if let Ok(mut told) = signal(kind)
                && told.recv().await.is_some()
            {
                app.exit(0);
            }
        });
    }
}

/// Elsewhere the system closes the window.
#[cfg(not(unix))]
fn end_when_told(_: AppHandle) {}

/// A second start of the program shows the window that is there.
fn show_main<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(MAIN_WINDOW) {
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}
