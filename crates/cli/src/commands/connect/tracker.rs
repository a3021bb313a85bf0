//! `custody connect tracker`

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use custody_desk::{
    Desk,
    settings::{TrackerKindSetting, TrackerSetting},
    views::TrackerFoundView,
};
use url::Url;

use crate::{context::Context, failure::Failure, secrets};

const EXAMPLES: &str = "\
Examples:
  custody connect tracker rt https://rt.example.com --kind request-tracker
  custody connect tracker jira https://example.atlassian.net --kind jira-cloud --account bob@example.com
  custody connect tracker product https://gitlab.example.com --kind gitlab --project group/product --key-file key.txt
  custody connect tracker help https://example.zendesk.com --kind zendesk --account bob@example.com --closed solved,closed";

/// Connect a tracker whose tickets decide when files are due
///
/// The tracker is asked first who we are and what its states mean, and nothing is kept unless it answers. Cases are linked to its
/// tickets by what staff write in a thread (ticket patterns in settings.toml), or by `custody link`. --closed names the states that
/// mean closed, instead of those that the tracker itself calls closed.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Tracker {
    /// Its name in the ledger and in ticket patterns; must not change
    #[arg(value_name = "NAME")]
    name: String,
    /// Its address, with the folder it lives in
    #[arg(value_name = "URL", value_hint = ValueHint::Url)]
    url: Url,
    /// What kind of tracker it is
    #[arg(long, value_enum)]
    kind: Kind,
    /// The account's address, for Jira Cloud and Zendesk
    #[arg(long, value_name = "ADDRESS", value_hint = ValueHint::EmailAddress)]
    account: Option<String>,
    /// The project (GitLab: group/project, GitHub: owner/name)
    #[arg(long, value_name = "PROJECT")]
    project: Option<String>,
    /// The states that mean closed, separated by commas
    #[arg(long, value_name = "STATES", value_delimiter = ',')]
    closed: Option<Vec<String>>,
    /// Read the key from this file instead of asking; `-` is standard input
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath)]
    key_file: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    RequestTracker,
    Redmine,
    JiraCloud,
    JiraDataCenter,
    #[value(name = "gitlab")]
    GitLab,
    #[value(name = "github")]
    GitHub,
    Zendesk,
}

impl From<Kind> for TrackerKindSetting {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::RequestTracker => Self::RequestTracker,
            Kind::Redmine => Self::Redmine,
            Kind::JiraCloud => Self::JiraCloud,
            Kind::JiraDataCenter => Self::JiraDataCenter,
            Kind::GitLab => Self::GitLab,
            Kind::GitHub => Self::GitHub,
            Kind::Zendesk => Self::Zendesk,
        }
    }
}

/// Connects a tracker.
pub async fn tracker(args: Tracker, desk: &Desk, context: &mut Context) -> Result<(), Failure> {
    let key = secrets::token(args.key_file.as_deref(), "the tracker's key", "Key: ")?;
    let setting = TrackerSetting {
        name: args.name,
        kind: args.kind.into(),
        url: args.url,
        account: args.account,
        project: args.project,
        closed_states: args.closed,
    };
    let found = desk.connect_tracker(setting, key).await?;
    context.out.show(&found, in_words)
}

fn in_words(found: &TrackerFoundView) -> String {
    let mut text = String::from("The tracker is connected.\n");
    if !found.account.is_empty() {
        text.push_str(&format!("It takes us for {}.\n", found.account));
    }
    if !found.places.is_empty() {
        text.push_str(&format!("We see there: {}.\n", found.places.join(", ")));
    }
    if !found.sees_tickets {
        text.push_str("We see no ticket there: ask for the right to read them.\n");
    }
    if !found.closed_states.is_empty() {
        text.push_str(&format!("Closed means: {}.\n", found.closed_states.join(", ")));
    }
    if !found.unknown_states.is_empty() {
        text.push_str(&format!("It does not know these states: {}.\n", found.unknown_states.join(", ")));
    }
    text
}
