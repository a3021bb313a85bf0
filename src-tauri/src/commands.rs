//! The commands of the window. Each is: parse (by its argument's type), one call on the desk, a view.

mod acting;
mod living;
mod opening;
mod playing;
mod reading;

use custody_desk::views::{
    CaseListView, CaseView, EndedCopyView, PauseView, PlanView, ProposalView, ReceiptRowView, ReceiptView, RoundView,
    RulesView, SimulationView, ViewingCopyView,
};
use tauri::{Runtime, State, ipc::Invoke};

use self::{acting::*, living::*, opening::*, playing::*, reading::*};
use crate::{
    AppError, Approval, ApproveProposal, AskErasure, ChosenPassphrase, DeclineProposal, DropFolderPlace,
    ExtendViewingCopy, GiveOwnDate, HandHoldOn, IpcError, LiftHold, ListCases, MakeViewingCopy, MoveClock, Nothing,
    OfCase, OfOwnDate, OfReceipt, OfRequest, OfTicket, OfViewingCopy, PauseFor, PlaceHold, ProposeErasure, ProposeLift,
    Quits, ResolveRequest, ReviewHold, RulesChange, RulesEdit, Speaks, Stage, StageView, Starts, StartupView,
    TypedPassphrase, ViewingCopyPlace,
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

pub use asked::handler;
