//! `custody key`

use clap::Args;
use serde_json::json;

use crate::{context::Context, failure::Failure};

const EXAMPLES: &str = "\
Examples:
  custody key > desk.pub
  custody receipt verify receipt-1a2b3c4d.json --key desk.pub";

/// Print the public key of the receipts' signatures
///
/// Put it where customers trust it, such as your own page: with it anybody can check a receipt, with `custody receipt verify` or
/// with openssl alone. It is an Ed25519 key in PEM. It is public; the signing key never leaves the keychain.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Key {}

/// Prints the public key.
pub async fn key(_args: Key, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let pem = desk.public_key_pem()?;
            context.out.show(&json!({ "public_key": pem }), |_| pem.clone())
        })
        .await
}
