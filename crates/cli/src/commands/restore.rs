//! `custody restore`

use std::path::PathBuf;

use clap::{Args, ValueHint};
use custody_desk::{Desk, KeyStore, RestoreFrom, logs, views::RestoredView};

use super::recovery::KitFile;
use crate::{context::Context, failure::Failure, progress::Bars, secrets, times::local};

const EXAMPLES: &str = "\
Examples:
  custody restore --from /media/vault
  custody restore --from /media/old-copy --journal /media/vault
  custody --home /srv/desk --passphrase-file pass restore --from /mnt/share --kit-file kit.txt --key-file";

/// Make a desk anew out of a backup and the recovery kit
///
/// For a new machine, a lost one, or a passphrase that nobody knows any more. The recovery kit is asked for, then a new passphrase.
/// Before anything can be opened, every erasure that the backup's journal knows of is done again, so that no backup, however old,
/// brings an erased file back; name other copies of the backup with `--journal` if they may know of more. Keys are made anew, and the
/// installation that was there before writes to the backup no more. If this is cut short, run it again.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Restore {
    /// The folder of the backup
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    from: PathBuf,
    /// Another copy of the backup, whose journal of erasures counts too
    #[arg(long = "journal", value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    journals: Vec<PathBuf>,
    #[command(flatten)]
    kit: KitFile,
    /// Keep the keys in a file instead of the keychain; receipts will say so
    #[arg(long)]
    key_file: bool,
}

/// Restores a desk.
pub async fn restore(args: Restore, context: &mut Context) -> Result<(), Failure> {
    let places = context.places()?;
    if Desk::is_made(&places)? {
        return Err(custody_desk::DeskError::DeskExists.into());
    }
    let kit = args.kit.read()?;
    let passphrase = secrets::new_passphrase(context.global.passphrase_file.as_deref())?;
    let key_store = if args.key_file { KeyStore::KeyFile } else { KeyStore::Keychain };
    let from = RestoreFrom { folder: args.from, more_journals: args.journals, kit };
    let bars = Bars::new();
    let restored = Desk::restore(places, key_store, from, passphrase, context.options(), &bars).await;
    bars.clear();
    let (desk, view) = restored?;
    logs::start(desk.places())?;
    desk.close().await;
    context.out.show(&view, text)
}

fn text(view: &RestoredView) -> String {
    let mut text = format!("The desk is restored, as it was at {}.\n\n", local(&view.taken_at));
    text.push_str(&format!("  Files held       {}\n", view.files));
    text.push_str(&format!("  Erased again     {}\n", view.erased_again));
    text.push_str(&format!("  Not taken in     {} (erased before, and not known here)\n", view.not_taken_in));
    text.push_str(&format!("  Not in backup    {}\n", view.missing));
    text.push_str("\nIf the old machine was lost or stolen:\n");
    if view.forum {
        text.push_str("  revoke its key on the forum, then connect again (custody connect forum)\n");
    }
    if view.mail {
        text.push_str("  change the mail password, then connect again (custody connect mail)\n");
    }
    text.push_str("  make a new recovery kit (custody recovery make)\n\nNext: custody run\n");
    text
}
