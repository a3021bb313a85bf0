//! The program: its window, and its orderly end.

use std::{
    path::PathBuf,
    process::ExitCode,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use custody_desk::Places;
use tauri::{
    AppHandle, Builder, Context, Emitter as _, RunEvent, Runtime, WindowEvent, Wry, async_runtime::spawn,
    plugin::TauriPlugin,
};
use tauri_plugin_dialog::DialogExt as _;
use tauri_plugin_window_state::StateFlags;
use tokio::time::timeout;
use url::Url;

use crate::{
    Later, Link, Outside, Stage, UpdateProblem, commands,
    desktop::{self, show_main},
    dragging,
    viewer_windows::SystemWindows,
};

/// The label of the desk's window. What it may ask for, no other window may.
pub const MAIN_WINDOW: &str = "main";

/// What the page listens to: it asks again when it hears this.
const DESK_CHANGED: &str = "desk-changed";
/// What the page listens to while files are moved: it asks how far they are when it hears this.
const DESK_MOVES: &str = "desk-moves";

/// To be killed is harmless, so a ledger that does not answer does not keep the program from ending.
const LONGEST_CLOSE: Duration = Duration::from_secs(10);

/// What the window is opened for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// This user's desk.
    #[default]
    OwnDesk,
    /// A practice desk.
    Practice,
}

/// How the program is started.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Start {
    /// For which desk.
    pub which: Which,
    /// To wait in the tray.
    pub in_background: bool,
    /// To go somewhere.
    pub link: Option<String>,
}

/// Opens the window and returns when it was closed and the desk has ended.
///
/// # Errors
/// What kept the window from opening.
pub fn run(start: Start) -> tauri::Result<ExitCode> {
    let stage = Stage::opening(start.which == Which::Practice);
    let mut builder = Builder::<Wry>::default();
    // A practice window may stand beside the desk, and a desk elsewhere is another one; its folder has a lock of its own.
    let elsewhere = std::env::var_os("CUSTODY_HOME");
    if start.which == Which::OwnDesk && elsewhere.is_none() {
        let stage = stage.clone();
        builder = builder.plugin(tauri_plugin_single_instance::init(move |app, words, _| {
            match words.iter().skip(1).find(|word| Link::is_meant(word)) {
                Some(link) => stage.follow(link),
                None => show_main(app),
            }
        }));
    }
    if start.which == Which::OwnDesk {
        builder = builder.plugin(window_state(elsewhere.map(PathBuf::from)));
    }
    let app = builder
        // It asks nobody by itself: releases are looked for only when a person wants to know.
        .plugin(tauri_plugin_updater::Builder::new().build())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_autostart::Builder::new().arg("--in-background").build())
        .manage(stage.clone())
        .invoke_handler(commands::handler())
        .setup({
            let stage = stage.clone();
            move |app| {
                begin(app.handle(), &stage, &start);
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
        RunEvent::WindowEvent { label, event: WindowEvent::CloseRequested { api, .. }, .. } if label == MAIN_WINDOW => {
            api.prevent_close();
            let stage = stage.clone();
            spawn(async move { stage.close_window().await });
        }
        RunEvent::WindowEvent { label, event: WindowEvent::DragDrop(event), .. } if label == MAIN_WINDOW => {
            dragging::follow(app, &stage, event);
        }
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => show_main(app),
        #[cfg(target_os = "macos")]
        RunEvent::Opened { urls } => urls.iter().for_each(|url| stage.follow(url.as_str())),
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

/// The window comes back where it was, in its size, and never where no screen is any more.
fn window_state(elsewhere: Option<PathBuf>) -> TauriPlugin<Wry> {
    let kept = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED;
    let builder =
        tauri_plugin_window_state::Builder::new().with_state_flags(kept).with_filter(|label| label == MAIN_WINDOW);
    // What belongs to a desk that lies elsewhere lies there too.
    match elsewhere.and_then(|home| home.join("window.json").into_os_string().into_string().ok()) {
        Some(file) => builder.with_filename(file).build(),
        None => builder.build(),
    }
}

/// The configuration, the pages and the permissions, as they were built in.
pub fn context<R: Runtime>() -> Context<R> {
    tauri::generate_context!()
}

/// Puts the program on its desktop, and opens the desk beside the window, which shows meanwhile that it is being opened.
fn begin(app: &AppHandle, stage: &Stage, start: &Start) {
    let desktop = desktop::settle(app, stage, start.in_background);
    stage.set_program(desktop.clone());
    stage.on_change({
        let app = app.clone();
        move || {
            // A window that is being closed hears nothing any more.
            let _ = app.emit_to(MAIN_WINDOW, DESK_CHANGED, ());
            desktop.look();
        }
    });
    stage.on_move({
        let app = app.clone();
        move || {
            let _ = app.emit_to(MAIN_WINDOW, DESK_MOVES, ());
        }
    });
    stage.reach_by(System(app.clone()));
    stage.viewers().in_windows(SystemWindows(app.clone()));
    if !start.in_background {
        show_main(app);
    }
    if let Some(link) = &start.link {
        stage.follow(link);
    }
    let (stage, which) = (stage.clone(), start.which);
    spawn(async move {
        match which {
            Which::OwnDesk => stage.open_own(Places::of_this_user()).await,
            Which::Practice => stage.open_practice().await,
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

    fn choose_files(&self) -> Later<Vec<PathBuf>> {
        let (tell, told) = tokio::sync::oneshot::channel();
        self.0.dialog().file().pick_files(move |files| {
            let files = files.unwrap_or_default();
            let _ = tell.send(files.into_iter().filter_map(|file| file.into_path().ok()).collect());
        });
        Box::pin(async { told.await.unwrap_or_default() })
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
