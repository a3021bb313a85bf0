//! `custody help`

use clap::Args;

use crate::{args, context::Context, exit, failure::Failure};

const EXAMPLES: &str = "\
Examples:
  custody help hold
  custody help receipt verify
  custody help exit-codes";

/// Explain a command, or the exit codes
///
/// The same as `custody COMMAND --help`. `custody help exit-codes` lists what the numbers mean that the program ends with, for
/// scripts.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Help {
    /// The command, or `exit-codes`
    #[arg(value_name = "COMMAND")]
    topic: Vec<String>,
}

/// Explains.
pub fn help(args: Help, context: &mut Context) -> Result<(), Failure> {
    if args.topic == ["exit-codes"] {
        return context.out.text(&exit::table());
    }
    let mut command = args::command();
    command.build();
    let mut found = &mut command;
    for word in &args.topic {
        found = found.find_subcommand_mut(word).ok_or_else(|| Failure::Usage {
            what: "There is no such command. Nothing was changed.".to_owned(),
            todo: "`custody help` lists the commands.".to_owned(),
        })?;
    }
    let help = found.render_long_help();
    let text = if context.out.is_styled() { help.ansi().to_string() } else { help.to_string() };
    context.out.text(&text)
}
