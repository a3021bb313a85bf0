//! `custody rules`

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueHint};
use custody_core::retention::{ChangeKind, RuleBook};
use custody_desk::{
    Desk,
    settings::{rules_from_toml, rules_to_toml},
    show,
    views::{RuleView, RulesView, SimulationView},
    words,
};

use crate::{
    context::Context,
    failure::Failure,
    ids::short,
    table::{Side, Table, clipped},
    times::local_or_dash,
};

const EXAMPLES: &str = "\
Examples:
  custody rules
  custody rules --toml > rules.toml
  custody rules simulate rules.toml
  custody rules change rules.toml --token 5f0c1d2e3a4b";

/// Show the retention rules, and change them once it is known what that changes
///
/// A rule says from when a file is kept, for how long, and which files it is for. They are asked in order, and the last one is for
/// every file. The rules in force are in the ledger; others in settings.toml decide nothing until they are put into force. `--toml` writes them as they stand in settings.toml, to be edited. `simulate` tells, for every file in custody, what edited
/// rules would change, by the same calculation as the sweep; `change` puts them into force, and only with the token of that
/// simulation: if anything has changed since, nothing is done.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Rules {
    #[command(subcommand)]
    act: Option<Act>,
    /// Write the rules as TOML
    #[arg(long)]
    toml: bool,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Tell what the rules in a file would change; nothing is changed
    ///
    /// For every file in custody: whether the next sweep would erase it, or it would be erased sooner or later than now, and by which
    /// rule. The token at the end stands for exactly this.
    #[command(after_long_help = "Examples:\n  custody rules simulate rules.toml")]
    Simulate {
        /// The rules, as `custody rules --toml` writes them; without it, those that were written into settings.toml
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: Option<PathBuf>,
    },
    /// Put the rules in a file into force
    ///
    /// Needs the token of their simulation. If a file came, went or moved since so that they would change something else by now, nothing
    /// is done. Who changed the rules, and what that changed, is recorded.
    #[command(after_long_help = "Examples:\n  custody rules change rules.toml --token 5f0c1d2e3a4b")]
    Change {
        /// The rules, as they were simulated; without it, those that were written into settings.toml
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: Option<PathBuf>,
        /// The token of their simulation
        #[arg(long, value_name = "TOKEN")]
        token: String,
    },
}

/// Shows, simulates or changes the rules.
pub async fn rules(args: Rules, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let styled = context.out.is_styled();
            match args.act {
                None => {
                    let text = if args.toml {
                        rules_to_toml(&desk.rules_in_force()).map_err(custody_desk::DeskError::from)?
                    } else {
                        list(desk, styled)
                    };
                    context.out.show(&desk.rules(), |_| text)
                }
                Some(Act::Simulate { file }) => {
                    let simulation = desk.simulate_rules(meant(desk, file.as_deref())?).await?;
                    context.out.show(&simulation, |simulation| told(simulation, file.as_deref(), styled))
                }
                Some(Act::Change { file, token }) => {
                    let simulation = desk.change_rules(meant(desk, file.as_deref())?, token.trim()).await?;
                    context.out.show(&simulation, |told| format!("The rules are changed. {}\n", counts(told)))
                }
            }
        })
        .await
}

/// The rules in a file, or those that wait in the settings. Where none wait, those in force: nothing changes by them.
fn meant(desk: &Desk, file: Option<&Path>) -> Result<RuleBook, Failure> {
    let Some(file) = file else { return Ok(desk.drafted_rules().unwrap_or_else(|| desk.rules_in_force())) };
    let text = std::fs::read_to_string(file).map_err(Failure::CannotRead)?;
    Ok(rules_from_toml(&text).map_err(custody_desk::DeskError::from)?)
}

fn list(desk: &Desk, styled: bool) -> String {
    let RulesView { rules, draft } = desk.rules();
    let mut text = table(&rules, styled);
    for product in &desk.rules_in_force().products {
        text.push_str(&format!("Product {}.\n", show::product(product)));
    }
    if let Some(draft) = draft {
        text.push_str("\nsettings.toml holds other rules. They decide nothing until they are put into force:\n\n");
        text.push_str(&table(&draft, styled));
        text.push_str("\nTo see what they would change: custody rules simulate\n");
    }
    text
}

fn table(rules: &[RuleView], styled: bool) -> String {
    let mut table = Table::new([("NAME", Side::Left), ("FOR", Side::Left), ("RULE", Side::Left)]);
    for rule in rules {
        table.row([clipped(&rule.name, 24), clipped(&words::whom(&rule.whom), 60), rule.terms.to_string()]);
    }
    table.text(styled, "")
}

fn told(simulation: &SimulationView, file: Option<&Path>, styled: bool) -> String {
    let mut text = String::new();
    for rule in &simulation.rules {
        text.push_str(&format!("{rule}\n"));
    }
    let mut table = Table::new([
        ("FILE", Side::Left),
        ("CASE", Side::Left),
        ("CHANGE", Side::Left),
        ("ERASED ON", Side::Left),
        ("INSTEAD OF", Side::Left),
        ("RULE", Side::Left),
        ("NAME", Side::Left),
    ]);
    for change in &simulation.changes {
        table.row([
            short(&change.file).to_owned(),
            short(&change.case).to_owned(),
            match change.kind {
                ChangeKind::ErasedNow => "erased now",
                ChangeKind::Sooner => "sooner",
                ChangeKind::Later => "later",
            }
            .to_owned(),
            local_or_dash(change.after.as_deref()),
            local_or_dash(change.before.as_deref()),
            clipped(&change.rule, 24),
            clipped(&change.name, 32),
        ]);
    }
    text.push_str(&format!("\n{}\n{}\n", table.text(styled, "Nothing changes for any file."), counts(simulation)));
    text.push_str(&format!(
        "To put them into force: custody rules change {}--token {}\n",
        file.map(|file| format!("{} ", file.display())).unwrap_or_default(),
        simulation.token
    ));
    text
}

fn counts(simulation: &SimulationView) -> String {
    let SimulationView { erased_now, sooner, later, unchanged, .. } = simulation;
    format!("{erased_now} erased by the next sweep, {sooner} sooner, {later} later, {unchanged} as before.")
}
