//! `custody reconcile`

use clap::Args;
use custody_desk::views::ReconciledView;

use crate::{context::Context, failure::Failure, table::size, times::local};

const EXAMPLES: &str = "\
Examples:
  custody reconcile
  custody reconcile --json | jq .in_order";

/// Compare disk, ledger and keys both ways, and say what does not fit
///
/// Every held file must be in the strongroom with the size that the ledger knows, and everything in the strongroom must have its row.
/// What is missing or of another size is lost, for a person to look at. What the ledger does not know is set aside and kept (see
/// `custody aside`). Keys are counted against files, and bytes by the ledger against bytes by the disk: by their lengths, and by what
/// the disk gives to them. What a crash left is finished first; viewing copies end. A running desk does this by itself, at its
/// start, whenever the folder changes, and every day.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Reconcile {}

/// Compares disk and ledger.
pub async fn reconcile(_args: Reconcile, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            desk.reconcile().await?;
            match desk.reconciled().await? {
                Some(found) => context.out.show(&found, text),
                None => Ok(()),
            }
        })
        .await
}

/// A comparison in words: what fits, then what does not.
pub fn text(found: &ReconciledView) -> String {
    let mut text = format!("Compared {}\n\n", local(&found.at));
    let bytes = |count: u64, bytes: u64| format!("{count} ({})", size(bytes));
    let mut lines = vec![
        ("Held, on the disk as in the ledger", bytes(found.whole, found.counted_bytes)),
        ("Arriving, being erased, or lost", bytes(found.on_the_way, found.on_the_way_bytes)),
        ("Part files of files that arrive", found.parts.to_string()),
        ("All sealed bytes, by their lengths", size(found.physical_bytes)),
        ("The same, as the disk gives them room", size(found.occupied_bytes)),
    ];
    let now = [
        ("Brought back from a backup", found.brought_back),
        ("Found missing or of another size", found.lost),
        ("Without a row, set aside", found.unknown),
        ("Remains of what was not taken in, erased", found.remains),
    ];
    lines.extend(now.into_iter().filter(|(_, count)| *count > 0).map(|(name, count)| (name, count.to_string())));
    for (name, value) in lines {
        text.push_str(&format!("{name:<42} {value}\n"));
    }
    text.push('\n');
    if found.in_order {
        text.push_str("Disk, ledger and keys fit together.\n");
    }
    for line in wrong(found) {
        text.push_str(&format!("{line}\n"));
    }
    text
}

/// What a person has to look at, one sentence each.
pub fn wrong(found: &ReconciledView) -> Vec<String> {
    let mut told = Vec::new();
    let mut tell = |count: u64, sentence: &str| {
        if count > 0 {
            told.push(format!("{count} {sentence}"));
        }
    };
    tell(found.aside, "set aside, since the ledger does not know them: `custody aside` lists them.");
    tell(found.foreign, "other things lie in the folder of sealed files, and are left there.");
    tell(found.without_key, "held files have no key in the ledger: nobody can open them.");
    tell(found.stray_keys, "keys in the ledger are of files that are not in custody.");
    tell(
        found.old_epoch_keys,
        "keys of other epochs are there; `custody reconcile` without a running desk destroys them.",
    );
    tell(found.stray_drop_folders, "drop folders belong to no case: look into them, and remove them.");
    if found.epoch_key_missing {
        told.push("The key of the current epoch is missing: no file can be opened.".to_owned());
    }
    told
}
