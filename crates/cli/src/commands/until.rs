//! `custody until`

use clap::Args;
use custody_core::own_date::OwnDateScope;
use jiff::tz::TimeZone;
use serde_json::json;

use crate::{
    context::Context,
    failure::Failure,
    named::{self, CaseOrFile},
    times,
};

const EXAMPLES: &str = "\
Examples:
  custody until 3f9a1c 2026-12-24 --reason 'The customer needs it back until then'
  custody until 81f3c2 '7 days' --reason 'Only needed for the reproduction'
  custody until 3f9a1c --as-the-rule-says";

/// Give a file, or the files of a case, a date of its own on which it is erased
///
/// The date may be earlier or later than the one of the retention rule, but never behind the rule's ceiling. It takes the place of what
/// is known now, also of a ticket that is closed already. What becomes known later counts as always: if the ticket closes after this,
/// or the customer asks for removal, files go sooner. For a case, it means the files that are there now. Your name and reason are kept.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Until {
    /// The case or the file
    #[arg(value_name = "CASE|FILE")]
    what: String,
    /// When it is erased: a date, or a time from now such as "14 days"
    #[arg(value_name = "DATE", required_unless_present = "as_the_rule_says", requires = "reason")]
    date: Option<String>,
    /// Why, in your words
    #[arg(long, value_name = "TEXT", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    reason: Option<String>,
    /// Take the own date back
    #[arg(long, conflicts_with_all = ["date", "reason"])]
    as_the_rule_says: bool,
}

/// Gives an own date, or takes it back.
pub async fn until(args: Until, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let scope = match named::case_or_file(desk, &args.what).await? {
                CaseOrFile::Case(id) => OwnDateScope::Case(id),
                CaseOrFile::File(id) => OwnDateScope::File(id),
            };
            let (Some(date), Some(reason)) = (&args.date, &args.reason) else {
                desk.withdraw_own_date(scope).await?;
                return context.out.show(&json!({ "end": null }), |_| {
                    "The own date is taken back; the retention rule alone counts again.\n".to_owned()
                });
            };
            let end = times::ahead(date, desk.now(), &TimeZone::system())?;
            desk.give_own_date(scope, end, reason.clone().into()).await?;
            context.out.show(&json!({ "end": end }), |_| {
                format!(
                    "Erased on {}, unless the ticket closes or the customer asks before that.\n",
                    times::local_moment(end)
                )
            })
        })
        .await
}
