//! The commands of the windows. Each is: parse (by its argument's type), one call on the desk, a view.

mod acting;
mod bringing;
mod living;
mod looking;
mod opening;
mod playing;
mod reading;
mod reporting;
mod saving;
mod setting_up;
mod settling;

use custody_desk::views::{
    AccountView, AuditEventView, AuditListView, BroughtView, CaseListView, CaseView, ChosenFilesView, ConnectionsView,
    EndedCopyView, EntriesView, ErasureListView, ErasureView, FoundView, HitView, KitWordsView, MailFoundView,
    OpenedView, PauseView, PlaceView, PlanView, ProposalView, ReceiptCheckView, ReceiptListView, ReceiptView,
    ReportView, RoundView, RowsView, RulesView, SecurityView, SignInCodeView, SignInView, SimulationView, StorageView,
    TrackerFoundView, TransferView, ViewerView, ViewingCopyView,
};
use tauri::{Runtime, State, Webview, ipc::Invoke};

use self::{
    acting::*, bringing::*, living::*, looking::*, opening::*, playing::*, reading::*, reporting::*, saving::*,
    setting_up::*, settling::*,
};
use crate::{
    AboutView, AnchorsView, AppError, Approval, ApproveProposal, AskErasure, BackupForm, BroughtBack, ChainView,
    ChosenPassphrase, Copies, DeclineProposal, DropFolderPlace, Escrow, ExportReport, ExtendViewingCopy, FindHit,
    FindLine, GiveOwnDate, HandHoldOn, Inboxes, IpcError, KitWords, LeaveBackup, LiftHold, ListCases, ListErasures,
    ListEvents, ListReceipts, LockAfter, MailForm, MakeViewingCopy, MoveClock, NewApprover, Nothing, OAuthMailForm,
    OfAside, OfCase, OfConnection, OfEvent, OfFile, OfLayer, OfOffer, OfOwnDate, OfPerson, OfReceipt, OfRequest,
    OfSetupStep, OfSignInPage, OfTicket, OfViewingCopy, OpenEntry, PassphraseChange, PauseFor, PlaceHold,
    ProposeErasure, ProposeExport, ProposeLift, Quits, RawBytes, ReadBytes, ReadRows, ReportSpan, ResolveRequest,
    ReviewHold, RulesChange, RulesEdit, SavedFile, SealedKit, SearchText, SignInWish, Speaks, Stage, StageView, Starts,
    StartupView, TrackerForm, TypedPassphrase, UpdateView, ViewingCopyPlace,
};

include!("../command-list.rs");

// Each command calls the function of the same name in the modules above. It is written only here, so that no command can
// forget to log what it could not do, or take another argument than the TypeScript says.
macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident($args:ty) -> $answer:ty;)*) => {
        mod asked {
            use super::*;

            $(
                $(#[$doc])*
                #[tauri::command]
                async fn $name(stage: State<'_, Stage>, args: $args) -> Result<$answer, IpcError> {
                    super::$name(&stage, args).await.map_err(|error: AppError| error.told(stringify!($name)))
                }
            )*

            /// Answers each command of the list, and no other.
            pub fn handler<R: Runtime>() -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
                tauri::generate_handler![$($name),*]
            }
        }

        /// The names of all commands.
        pub const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}

each_command!(commands);

// The same for the window of a viewer. The window says which file is meant, so no page can name another one.
macro_rules! viewer_commands {
    ($($(#[$doc:meta])* $name:ident($args:ty) -> $answer:ty;)*) => {
        mod looked {
            use super::*;

            $(
                $(#[$doc])*
                #[tauri::command]
                async fn $name<R: Runtime>(
                    stage: State<'_, Stage>,
                    window: Webview<R>,
                    args: $args,
                ) -> Result<$answer, IpcError> {
                    let looked = async {
                        let viewer = stage.viewers().of(window.label())?;
                        super::$name(&stage, &viewer, args).await
                    };
                    looked.await.map_err(|error: AppError| error.told(stringify!($name)))
                }
            )*

            /// Answers each command of the list, and no other.
            pub fn handler<R: Runtime>() -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
                tauri::generate_handler![$($name),*]
            }
        }

        /// The names of all commands of a viewer.
        pub const VIEWER_NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}

each_viewer_command!(viewer_commands);

/// Answers each command of both lists, and no other. Which window may ask for which is in its capability.
pub fn handler<R: Runtime>() -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
    let (asked, looked) = (asked::handler(), looked::handler());
    move |invoke| {
        if VIEWER_NAMES.contains(&invoke.message.command()) { looked(invoke) } else { asked(invoke) }
    }
}
