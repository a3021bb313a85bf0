//! The commands, one file each.

pub mod approvals;
pub mod approvers;
pub mod aside;
pub mod audit;
pub mod backup;
pub mod cases;
pub mod cat;
pub mod clock;
pub mod completions;
pub mod connect;
pub mod demo;
pub mod disconnect;
pub mod doctor;
pub mod done;
pub mod drill;
pub mod drop_folder;
pub mod erase;
pub mod files;
pub mod help;
pub mod hold;
pub mod holds;
pub mod incident;
pub mod init;
pub mod key;
pub mod link;
pub mod notices;
pub mod open;
pub mod passphrase;
pub mod practice;
pub mod propose;
pub mod receipt;
pub mod receipts;
pub mod reconcile;
pub mod recovery;
pub mod release;
pub mod report;
pub mod request;
pub mod restore;
pub mod rules;
pub mod run;
pub mod status;
pub mod sweep;
pub mod sync;
pub mod until;

use crate::{args::Command, context::Context, failure::Failure};

/// Runs a command.
pub async fn run(command: Command, context: &mut Context) -> Result<(), Failure> {
    match command {
        Command::Init(args) => init::init(args, context).await,
        Command::Connect(args) => connect::connect(*args, context).await,
        Command::Disconnect(args) => disconnect::disconnect(args, context).await,
        Command::Passphrase(args) => passphrase::change(args, context).await,
        Command::Key(args) => key::key(args, context).await,
        Command::Recovery(args) => recovery::recovery(args, context).await,
        Command::Backup(args) => backup::backup(args, context).await,
        Command::Restore(args) => restore::restore(args, context).await,
        Command::Drill(args) => drill::drill(args, context).await,
        Command::Doctor(args) => doctor::doctor(args, context).await,
        Command::Status(args) => status::status(args, context).await,
        Command::Sync(args) => sync::sync(args, context).await,
        Command::Run(args) => run::run(args, context).await,
        Command::Cases(args) => cases::cases(args, context).await,
        Command::Files(args) => files::files(args, context).await,
        Command::Cat(args) => cat::cat(args, context).await,
        Command::Open(args) => open::open(args, context).await,
        Command::Done(args) => done::done(args, context).await,
        Command::Hold(args) => hold::hold(args, context).await,
        Command::Drop(args) => drop_folder::drop_folder(args, context).await,
        Command::Link(args) => link::link(args, context).await,
        Command::Holds(args) => holds::holds(args, context).await,
        Command::Release(args) => release::release(args, context).await,
        Command::Erase(args) => erase::erase(args, context).await,
        Command::Request(args) => request::request(args, context).await,
        Command::Propose(args) => propose::propose(args, context).await,
        Command::Approvals(args) => approvals::approvals(args, context).await,
        Command::Approvers(args) => approvers::approvers(args, context).await,
        Command::Rules(args) => rules::rules(args, context).await,
        Command::Until(args) => until::until(args, context).await,
        Command::Sweep(args) => sweep::sweep(args, context).await,
        Command::Receipts(args) => receipts::receipts(args, context).await,
        Command::Receipt(args) => receipt::receipt(args, context).await,
        Command::Report(args) => report::report(args, context).await,
        Command::Audit(args) => audit::audit(args, context).await,
        Command::Reconcile(args) => reconcile::reconcile(args, context).await,
        Command::Aside(args) => aside::aside(args, context).await,
        Command::Incident(args) => incident::incident(args, context).await,
        Command::Practice(args) => practice::practice(args, context).await,
        Command::Demo(args) => demo::demo(args, context).await,
        Command::Notices(args) => notices::notices(args, context).await,
        Command::Clock(args) => clock::clock(args, context).await,
        Command::Completions(args) => completions::completions(args, context),
        Command::Help(args) => help::help(args, context),
    }
}
