//! `custody passphrase`

use std::path::PathBuf;

use clap::{Args, ValueHint};
use serde_json::json;

use crate::{context::Context, failure::Failure, secrets};

const EXAMPLES: &str = "\
Examples:
  custody passphrase
  custody passphrase --passphrase-file old.txt --new-passphrase-file new.txt";

/// Change the passphrase
///
/// The desk's identity is sealed anew with the new passphrase; no file has to be sealed again, and the old passphrase opens
/// nothing any more. Copies of the desk's folder that were made before still open with the old one.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct ChangePassphrase {
    /// Read the new passphrase from this file instead of asking
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath)]
    new_passphrase_file: Option<PathBuf>,
}

/// Changes the passphrase.
pub async fn change(args: ChangePassphrase, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let old = secrets::passphrase(context.global.passphrase_file.as_deref())?;
            let new = secrets::new_passphrase(args.new_passphrase_file.as_deref())?;
            desk.change_passphrase(old, new).await?;
            context.out.show(&json!({ "changed": true }), |_| "The passphrase is changed.\n".to_owned())
        })
        .await
}
