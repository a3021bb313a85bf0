//! `custody completions`

use clap::Args;
use clap_complete::Shell;

use crate::{args, context::Context, failure::Failure};

const EXAMPLES: &str = "\
Examples:
  custody completions bash > ~/.local/share/bash-completion/completions/custody
  custody completions zsh > ~/.zfunc/_custody
  custody completions fish > ~/.config/fish/completions/custody.fish
  custody completions powershell | Out-String | Invoke-Expression";

/// Print the completions for a shell
///
/// Put the output where your shell looks for completions; the examples show the usual places. They know every command and option
/// of this version; print them anew after an update.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints completions.
pub fn completions(args: Completions, context: &mut Context) -> Result<(), Failure> {
    // Into memory first: the generator would panic on a closed pipe.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut args::command(), "custody", &mut script);
    context.out.bytes(&script)
}
