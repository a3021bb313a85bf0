//! `custody init`

use clap::Args;
use custody_desk::{Desk, KeyStore, logs};
use serde::Serialize;

use crate::{context::Context, failure::Failure, secrets};

const EXAMPLES: &str = "\
Examples:
  custody init
  custody --home /srv/desk --passphrase-file /run/secrets/custody init --key-file";

/// Make a desk: its folders, its keys and its ledger
///
/// A passphrase is asked for. It opens files, and nothing else: taking in and erasing go on without it. It is kept nowhere, so
/// without it no file of this desk can ever be opened.
///
/// The keys that seal files and receipts lie in the system's keychain. A machine without one, such as a server, can keep them in
/// a file that only its owner can read (--key-file); every receipt of the desk then says so.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Init {
    /// Keep the keys in a file instead of the keychain; receipts will say so
    #[arg(long)]
    key_file: bool,
}

#[derive(Serialize)]
struct Made {
    folder: String,
    settings: String,
    key_store: KeyStore,
    public_key: String,
}

/// Makes a desk.
pub async fn init(args: Init, context: &mut Context) -> Result<(), Failure> {
    let places = context.places()?;
    // Before anybody has thought of a passphrase.
    if Desk::is_made(&places)? {
        return Err(custody_desk::DeskError::DeskExists.into());
    }
    let passphrase = secrets::new_passphrase(context.global.passphrase_file.as_deref())?;
    let key_store = if args.key_file { KeyStore::KeyFile } else { KeyStore::Keychain };
    let desk = Desk::create(places, key_store, passphrase, context.options()).await?;
    // Afterwards: the folder around the logs is the vault's to make, for its owner alone.
    logs::start(desk.places())?;
    let made = Made {
        folder: desk.places().root().display().to_string(),
        settings: desk.places().settings().display().to_string(),
        key_store,
        public_key: desk.public_key_pem()?,
    };
    desk.close().await;
    context.out.show(&made, text)
}

fn text(made: &Made) -> String {
    let keys = match made.key_store {
        KeyStore::Keychain => "in the system's keychain",
        KeyStore::KeyFile => "in a file in that folder that only its owner can read; every receipt will say so",
    };
    format!(
        "The desk is made.\n\n  Folder    {}\n  Settings  {}\n  Keys      {keys}\n\n\
         Next:\n  custody recovery make           the recovery kit; until it is saved no file is taken in\n  \
         custody connect forum URL ...   tells it which forum to look at\n  \
         custody connect mail ...        lets it send receipts by mail (without, they are given in the thread)\n  \
         custody key > desk.pub          the public key, for your own page: customers check receipts with it\n  \
         custody run                     lets it work\n\n\
         Keep the passphrase where you keep such things. Nobody can open a file of this desk without it.\n",
        made.folder, made.settings
    )
}
