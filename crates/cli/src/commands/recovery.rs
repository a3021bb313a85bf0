//! `custody recovery`

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};
use custody_desk::{Recipient, RecoveryKit};
use serde_json::json;

use crate::{context::Context, failure::Failure, new_file::write_new, secrets};

const EXAMPLES: &str = "\
Examples:
  custody recovery make
  custody recovery make --for age1qz... -o kit.age
  custody recovery check";

/// The recovery kit: what opens backups when this machine is gone
///
/// A kit is an age identity of its own. Backups are sealed for it, and every file's key too, so it is listed on receipts among the
/// keys that were destroyed. It is shown or written once and kept nowhere on this machine. Without it no backup can be restored, so a
/// new desk takes no file in until its kit was saved.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Recovery {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Make a recovery kit, in the place of an earlier one
    ///
    /// Its 24 words are shown once, to be written down or printed. With `--for` nothing is shown: the kit is written to a file that the
    /// age recipient named there alone can open, such as the key of a notary or of the company's safe. The passphrase is asked for,
    /// since the keys of all files are sealed for the new kit; an earlier kit opens nothing any more.
    #[command(
        after_long_help = "Examples:\n  custody recovery make\n  custody recovery make --for age1qz... -o kit.age"
    )]
    Make {
        /// Seal the kit for this age recipient instead of showing it
        #[arg(long = "for", value_name = "AGE-RECIPIENT", requires = "output")]
        escrow: Option<String>,
        /// The file to write the sealed kit to
        #[arg(short, long, value_name = "PATH", requires = "escrow", value_hint = ValueHint::FilePath)]
        output: Option<PathBuf>,
    },
    /// Check that a kit is the one this desk seals for
    ///
    /// Type its 24 words, or name a file that holds them (or the opened age identity). Do this once after writing the words down, and
    /// once a year. Until a kit was checked or sealed for somebody, a new desk takes no file in.
    #[command(
        after_long_help = "Examples:\n  custody recovery check\n  age -d -i me.key kit.age | custody recovery check --kit-file -"
    )]
    Check {
        #[command(flatten)]
        kit: KitFile,
    },
}

/// Where a kit is read from.
#[derive(Debug, Args)]
pub struct KitFile {
    /// Read the kit from this file instead of asking; `-` is standard input
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath)]
    pub kit_file: Option<PathBuf>,
}

impl KitFile {
    /// Reads the kit.
    pub fn read(&self) -> Result<RecoveryKit, Failure> {
        let text = secrets::kit(self.kit_file.as_deref())?;
        RecoveryKit::read(&text).map_err(|_| Failure::NotAKit)
    }
}

/// Makes or checks a recovery kit.
pub async fn recovery(args: Recovery, context: &mut Context) -> Result<(), Failure> {
    match args.act {
        Act::Make { escrow, output } => make(escrow, output, context).await,
        Act::Check { kit } => {
            let kit = kit.read()?;
            context
                .with_desk(async |desk, context| {
                    if !desk.confirm_recovery_kit(&kit).await? {
                        return Err(Failure::OtherKit);
                    }
                    let recipient = kit.recipient().to_string();
                    context.out.show(&json!({ "recipient": recipient, "is_current": true }), |_| {
                        "This is the kit that opens this desk's backups.\n".to_owned()
                    })
                })
                .await
        }
    }
}

async fn make(escrow: Option<String>, output: Option<PathBuf>, context: &mut Context) -> Result<(), Failure> {
    // Before anything is made.
    let escrow: Option<Recipient> = match escrow.map(|text| text.parse()) {
        Some(Ok(escrow)) => Some(escrow),
        Some(Err(_)) => return Err(Failure::NotARecipient),
        None => None,
    };
    if let Some(path) = &output
        && path.exists()
    {
        return Err(Failure::FileExists);
    }
    context
        .with_desk(async |desk, context| {
            context.unlock(desk).await?;
            let kit = desk.make_recovery_kit().await?;
            let recipient = kit.recipient().to_string();
            if let (Some(escrow), Some(path)) = (escrow, output) {
                let sealed = kit.sealed_for(&escrow)?;
                write_new(&path, &String::from_utf8_lossy(&sealed))?;
                desk.kit_was_sealed(&kit).await?;
                let made = json!({ "recipient": recipient, "file": path.display().to_string() });
                return context.out.show(&made, |_| {
                    format!(
                        "The recovery kit is made and sealed in {}.\nGive it to whoever can open it, and try once whether they can \
                         (custody recovery check).\n",
                        path.display()
                    )
                });
            }
            let words = kit.words()?;
            let list: Vec<&str> = words.reveal().split(' ').collect();
            context.out.show(&json!({ "recipient": recipient, "words": list }), |_| shown(&list))
        })
        .await
}

fn shown(words: &[&str]) -> String {
    let mut text = String::from("The recovery kit is made. Write these 24 words down; they are shown only now.\n\n");
    for (row, four) in words.chunks(4).enumerate() {
        let cells: Vec<String> =
            four.iter().enumerate().map(|(at, word)| format!("{:>2}. {word:<10}", row * 4 + at + 1)).collect();
        text.push_str(&format!("  {}\n", cells.join(" ").trim_end()));
    }
    text.push_str(
        "\nWhoever has them and a backup can read every file in it. Keep them away from this machine and from the backups.\n\
         Then: custody recovery check, so that files may come in\n",
    );
    text
}
