//! The command line: what every command has in common, the commands, and how their help is laid out.

use std::{ffi::OsString, path::PathBuf};

use clap::{ArgMatches, Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueHint};

use crate::{commands, exit::Exit, failure::Failure, out::tell};

/// Custody: a vault for the files that customers entrust to support.
#[derive(Debug, Parser)]
#[command(
    name = "custody",
    version,
    about = "A vault for the files that customers entrust to support",
    disable_help_subcommand = true,
    max_term_width = 110
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    global: Global,
}

/// Options that every command has.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Everywhere")]
pub struct Global {
    /// The desk's folder, instead of this user's own desk
    ///
    /// Without it, $CUSTODY_HOME is taken, and without that the place where this system keeps such things.
    #[arg(long, global = true, value_name = "PATH", value_hint = ValueHint::DirPath)]
    pub home: Option<PathBuf>,
    /// Who acts, instead of the user of this system: stands with holds, requests and openings
    #[arg(
        long = "as",
        global = true,
        value_name = "NAME",
        value_parser = clap::builder::NonEmptyStringValueParser::new()
    )]
    pub person: Option<String>,
    /// Show JSON, for programs; errors are JSON on standard error
    #[arg(long, global = true)]
    pub json: bool,
    /// Read the passphrase from this file instead of asking; `-` is standard input
    #[arg(
        long,
        global = true,
        value_name = "PATH",
        env = "CUSTODY_PASSPHRASE_FILE",
        hide_env_values = true,
        value_hint = ValueHint::FilePath
    )]
    pub passphrase_file: Option<PathBuf>,
}

/// The commands. A new one also gets its place in [`GROUPS`] and in [`commands::run`].
#[derive(Debug, Subcommand)]
pub enum Command {
    Init(commands::init::Init),
    Connect(Box<commands::connect::Connect>),
    Disconnect(commands::disconnect::Disconnect),
    Passphrase(commands::passphrase::ChangePassphrase),
    Key(commands::key::Key),
    Doctor(commands::doctor::Doctor),
    Recovery(commands::recovery::Recovery),
    Backup(commands::backup::Backup),
    Restore(commands::restore::Restore),
    Drill(commands::drill::Drill),
    Clock(commands::clock::Clock),
    Status(commands::status::Status),
    Sync(commands::sync::Sync),
    Run(commands::run::Run),
    Cases(commands::cases::Cases),
    Files(commands::files::Files),
    Cat(commands::cat::Cat),
    Open(commands::open::Open),
    Done(commands::done::Done),
    Link(commands::link::Link),
    Drop(commands::drop_folder::DropFolder),
    Hold(commands::hold::Hold),
    Holds(commands::holds::Holds),
    Release(commands::release::Release),
    Erase(commands::erase::Erase),
    Request(commands::request::Request),
    Propose(commands::propose::Propose),
    Approvals(commands::approvals::Approvals),
    Approvers(commands::approvers::Approvers),
    Rules(commands::rules::Rules),
    Sweep(commands::sweep::Sweep),
    Until(commands::until::Until),
    Notices(commands::notices::Notices),
    Receipts(commands::receipts::Receipts),
    Receipt(commands::receipt::Receipt),
    Report(commands::report::Report),
    Audit(commands::audit::Audit),
    Reconcile(commands::reconcile::Reconcile),
    Aside(commands::aside::Aside),
    Incident(commands::incident::Incident),
    Practice(commands::practice::Practice),
    Demo(commands::demo::Demo),
    Completions(commands::completions::Completions),
    Help(commands::help::Help),
}

/// The commands as the help shows them, in the order of a file's life.
const GROUPS: [(&str, &[&str]); 8] = [
    ("Set up", &["init", "connect", "disconnect", "passphrase", "key", "doctor", "clock"]),
    ("Every day", &["status", "sync", "run", "cases", "files", "cat", "open", "done", "link", "drop"]),
    ("Keep and erase", &["hold", "holds", "release", "until", "erase", "request", "rules", "notices", "sweep"]),
    ("Two people", &["propose", "approvals", "approvers"]),
    ("Back up and restore", &["recovery", "backup", "restore", "drill"]),
    ("Prove", &["receipts", "receipt", "report", "audit", "reconcile", "aside", "incident"]),
    ("Try out", &["practice", "demo"]),
    ("Help", &["help", "completions"]),
];

const ROOT_HELP: &str = "\
{about-with-newline}
{usage-heading} {usage}{after-help}

Everywhere:
{options}";

/// Why no command is run.
#[derive(Debug)]
pub enum NotRun {
    /// Help or the version was shown.
    Shown(Exit),
    /// The command line is not understood.
    Failed {
        /// Why.
        failure: Failure,
        /// Whether programs read this.
        json: bool,
    },
}

/// Reads the command line. Help and version are shown here.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<(Command, Global), NotRun> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if arguments.len() < 2 {
        // Nothing was asked; this is what can be.
        tell(command().render_help());
        return Err(NotRun::Shown(Exit::Usage));
    }
    let read =
        command().try_get_matches_from(&arguments).and_then(|matches: ArgMatches| Cli::from_arg_matches(&matches));
    match read {
        Ok(cli) => Ok((cli.command, cli.global)),
        Err(error) if error.use_stderr() => {
            // The command line was not read, so whoever asked for JSON is known by the word alone.
            let json = arguments.iter().any(|argument| argument == "--json");
            Err(NotRun::Failed { failure: usage(&error), json })
        }
        // Printed by clap itself, which knows about colours; a closed pipe is no matter.
        Err(shown) => {
            drop(shown.print());
            Err(NotRun::Shown(Exit::Done))
        }
    }
}

/// The whole command line, with the commands in groups.
pub fn command() -> clap::Command {
    let command = Cli::command();
    let groups = groups(&command);
    command.help_template(ROOT_HELP).after_help(groups)
}

fn groups(command: &clap::Command) -> String {
    let mut text = String::new();
    for (title, names) in GROUPS {
        text.push_str(&format!("\n{title}:\n"));
        for name in names {
            // A name that is in no command yet is left out; that none is missing here, a test makes sure.
            let Some(found) = command.find_subcommand(name) else { continue };
            let about = found.get_about().map(ToString::to_string).unwrap_or_default();
            text.push_str(&format!("  {name:<12} {about}\n"));
        }
    }
    text.push_str("\n`custody help COMMAND` explains a command with examples.");
    text
}

/// What clap found wrong, in two lines.
fn usage(error: &clap::Error) -> Failure {
    let text = error.render().to_string();
    let mut parts = text.split("\n\n");
    let what = parts.next().unwrap_or_default().trim_start_matches("error:").trim().trim_end_matches('.').to_owned();
    let of = |mark: &str| {
        let part = text.split("\n\n").find_map(|part| part.trim().strip_prefix(mark));
        part.map(|part| part.trim().to_owned())
    };
    let mut todo = String::new();
    if let Some(tip) = of("tip:") {
        todo.push_str(&format!("Perhaps: {tip}. "));
    }
    match of("Usage:") {
        Some(usage) => todo.push_str(&format!("Write it as `{usage}`; `--help` shows examples.")),
        None => todo.push_str("`custody --help` lists the commands; `custody COMMAND --help` shows examples."),
    }
    Failure::Usage { what: format!("{what}. Nothing was changed."), todo }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_holds_together() {
        command().debug_assert();
    }

    #[test]
    fn every_command_stands_in_exactly_one_group() {
        let grouped: Vec<&str> = GROUPS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        for command in command().get_subcommands() {
            let count = grouped.iter().filter(|name| **name == command.get_name()).count();
            assert_eq!(count, 1, "{} stands in {count} groups", command.get_name());
        }
    }

    #[test]
    fn every_command_is_explained_with_an_example() {
        fn check(command: &clap::Command, path: &str) {
            for inner in command.get_subcommands() {
                let path = format!("{path} {}", inner.get_name());
                let long = inner.get_long_about().map(ToString::to_string).unwrap_or_default();
                let after = inner.get_after_long_help().map(ToString::to_string).unwrap_or_default();
                assert!(long.len() > 60, "{path} is explained");
                assert!(after.contains("Examples:") && after.contains(&path), "{path} has an example of itself");
                check(inner, &path);
            }
        }
        check(&command(), "custody");
    }

    fn refused(line: &str) -> Failure {
        match parse(line.split(' ').map(Into::into)) {
            Err(NotRun::Failed { failure, .. }) => failure,
            other => panic!("{line} gave {other:?}"),
        }
    }

    #[test]
    fn a_wrong_command_line_is_told_in_two_lines() {
        for line in ["custody hold", "custody hodl", "custody cases --nonsense", "custody hold x --review y"] {
            let failure = refused(line);
            assert_eq!(failure.exit(), Exit::Usage);
            let told = failure.told(false);
            assert_eq!(told.lines().count(), 2, "{told}");
            assert!(told.contains("Nothing was changed."), "{told}");
        }
        assert!(refused("custody hodl").told(false).contains("hold"), "a slip is recognised");
    }
}
