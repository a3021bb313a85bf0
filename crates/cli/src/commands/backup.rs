//! `custody backup`

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};
use custody_core::period::Period;
use custody_desk::{
    settings::BackupSetting,
    views::{BackupStanding, BackupView},
};
use serde_json::json;

use crate::{
    context::Context,
    failure::Failure,
    progress::Bars,
    table::{Side, Table, clipped, size},
    times::local_or_dash,
};

const EXAMPLES: &str = "\
Examples:
  custody backup
  custody backup connect second-disk /media/vault
  custody backup now";

/// Backups that honour erasure: list them, connect one, bring them up to date
///
/// A backup is a folder on another disk or on a share. It holds the sealed files, one state (the ledger and the keys, sealed for the
/// recovery kit), and a journal of erasures that no restore rolls back. While `custody run` or the window works, backups are kept up to
/// date by themselves. An erased file leaves the backup at once, and the receipt says so.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Backup {
    #[command(subcommand)]
    act: Option<Act>,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Connect a backup
    ///
    /// The desk makes a folder of its own in the one that is named. Needs a recovery kit (`custody recovery make`). Say how long others
    /// keep earlier versions of that place, such as snapshots of a share: receipts then say until when one of them may still hold an
    /// erased file.
    #[command(
        after_long_help = "Examples:\n  custody backup connect second-disk /media/vault\n  custody backup connect share /mnt/share --snapshots-kept '30 days'"
    )]
    Connect {
        /// Its name: stands on receipts and in lists
        name: String,
        /// The folder
        #[arg(value_hint = ValueHint::DirPath)]
        folder: PathBuf,
        /// How long others keep earlier versions of the place
        #[arg(long, value_name = "PERIOD", default_value = "0 days")]
        snapshots_kept: Period,
        /// Take it over from another installation of this desk, which then writes there no more
        #[arg(long)]
        take_over: bool,
    },
    /// Bring every backup up to date now
    ///
    /// Copies what is held and not there yet, removes what was erased, and writes a new state.
    #[command(after_long_help = "Examples:\n  custody backup now")]
    Now,
    /// Empty a backup and leave it
    ///
    /// Everything in it but the journal is erased and looked at again; then it is taken out of the settings. If its disk no longer
    /// exists, say so with `--lost`: receipts that speak of it stay open then, since nobody could look.
    #[command(
        after_long_help = "Examples:\n  custody backup leave second-disk\n  custody backup leave old-share --lost"
    )]
    Leave {
        /// Its name
        name: String,
        /// The place no longer exists
        #[arg(long)]
        lost: bool,
    },
}

/// Lists, connects, updates or leaves backups.
pub async fn backup(args: Backup, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| match args.act {
            None => {
                let styled = context.out.is_styled();
                context.out.show(desk.backups().await?.as_slice(), |backups| list(backups, styled))
            }
            Some(Act::Connect { name, folder, snapshots_kept, take_over }) => {
                let folder = std::path::absolute(folder).map_err(Failure::CannotRead)?;
                let setting = BackupSetting { name, folder, snapshots_kept };
                desk.connect_backup(setting.clone(), take_over).await?;
                now(desk, context, |context| {
                    context.out.show(&json!({ "connected": setting.name }), |_| {
                        "The backup is connected and up to date. `custody drill` shows that it can be restored.\n"
                            .to_owned()
                    })
                })
                .await
            }
            Some(Act::Now) => {
                now(desk, context, |context| {
                    context.out.show(&json!({ "up_to_date": true }), |_| "Every backup is up to date.\n".to_owned())
                })
                .await
            }
            Some(Act::Leave { name, lost }) => {
                desk.leave_backup(&name, lost).await?;
                context.out.show(&json!({ "left": name, "emptied": !lost }), |_| {
                    let what = if lost { "is left" } else { "is empty and left" };
                    format!("The backup {what}; its journal of erasures stays where it is.\n")
                })
            }
        })
        .await
}

async fn now(
    desk: &custody_desk::Desk,
    context: &mut Context,
    done: impl FnOnce(&mut Context) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let bars = Bars::new();
    let round = desk.back_up(&bars).await;
    bars.clear();
    match round.problems.into_iter().next() {
        Some(met) => Err(met.problem.into()),
        None => done(context),
    }
}

fn list(backups: &[BackupView], styled: bool) -> String {
    let mut table = Table::new([
        ("NAME", Side::Left),
        ("STANDING", Side::Left),
        ("FILES", Side::Right),
        ("SIZE", Side::Right),
        ("MISSING", Side::Right),
        ("GOOD AT", Side::Left),
        ("SNAPSHOTS", Side::Left),
        ("FOLDER", Side::Left),
    ]);
    for backup in backups {
        let standing = match backup.standing {
            BackupStanding::Current => "up to date",
            BackupStanding::Behind => "behind",
            BackupStanding::Away => "away",
            BackupStanding::NotConnected => "not connected",
        };
        table.row([
            clipped(&backup.name, 24),
            standing.to_owned(),
            backup.files.to_string(),
            size(backup.bytes),
            backup.missing.to_string(),
            local_or_dash(backup.good_at.as_deref()),
            backup.snapshots_kept.clone().unwrap_or_else(|| "-".to_owned()),
            backup.folder.clone().unwrap_or_else(|| "-".to_owned()),
        ]);
    }
    table.text(styled, "No backup is connected.")
}
