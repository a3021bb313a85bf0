//! `custody aside`

use clap::{Args, Subcommand};
use custody_core::held_file::StateName;
use custody_desk::views::AsideView;
use serde_json::json;

use crate::{
    context::Context,
    failure::Failure,
    table::{Side, Table, size},
    times::local_or_dash,
};

const EXAMPLES: &str = "\
Examples:
  custody aside
  custody aside erase 81f3c2d09be14a7c8f2d6b5e0c9a7714.age";

/// List what the ledger does not know and what was set aside, or erase some of it
///
/// A sealed file without a row in the ledger is moved out of the strongroom and kept. It cannot be taken back into custody: its key was
/// never written down, or was destroyed when the file was erased. Such files come from a seal that was cut short, from a copy that
/// somebody put back, or from a ledger that is older than the disk: then restore the ledger before you erase anything here.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Aside {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    Erase(Erase),
}

/// Erase something that was set aside
///
/// It is overwritten once and removed, and the record says who did it. There is no way back.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:\n  custody aside erase 81f3c2d09be14a7c8f2d6b5e0c9a7714.age")]
struct Erase {
    /// Its name, as the list shows it
    #[arg(value_name = "NAME")]
    name: String,
}

/// Lists what was set aside, or erases some of it.
pub async fn aside(args: Aside, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| match &args.what {
            None => {
                let styled = context.out.is_styled();
                context.out.show(desk.aside().await?.as_slice(), |things| list(things, styled))
            }
            Some(What::Erase(Erase { name })) => {
                desk.erase_aside(name).await?;
                context.out.show(&json!({ "erased": name }), |_| "It is erased, and recorded.\n".to_owned())
            }
        })
        .await
}

fn list(things: &[AsideView], styled: bool) -> String {
    let mut table = Table::new([
        ("NAME", Side::Left),
        ("SIZE", Side::Right),
        ("SET ASIDE", Side::Left),
        ("THE LEDGER SAYS", Side::Left),
    ]);
    for thing in things {
        let says = match thing.state {
            None => "nothing of it",
            Some(StateName::Erased) => "erased: its key is destroyed",
            Some(StateName::Refused) => "not taken in",
            Some(_) => "in custody",
        };
        table.row([thing.name.clone(), size(thing.size), local_or_dash(thing.since.as_deref()), says.to_owned()]);
    }
    table.text(styled, "Nothing was set aside.")
}
