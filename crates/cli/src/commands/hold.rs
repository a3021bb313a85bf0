//! `custody hold`

use clap::Args;
use custody_core::{hold::HoldScope, id::CustomerId};
use custody_desk::Desk;
use jiff::tz::TimeZone;
use serde_json::json;

use crate::{
    context::Context,
    failure::Failure,
    ids::IdError,
    named::{self, CaseOrFile},
    times,
};

const EXAMPLES: &str = "\
Examples:
  custody hold 3f9a1c --reason 'The regression is not fixed yet' --review 2026-12-24
  custody hold 81f3c2 --reason 'Needed for the patch' --review '14 days'
  custody hold 3f9a1c --customer --reason 'Legal asked' --review '30 days'";

/// Keep files although they would be erased: a case's, one file, or all of a customer
///
/// A hold beats every reason, also a customer's wish, and everybody can see it: it stands in lists and reports with your name, your
/// reason and the date at which you will look at it again. It does not end by itself; `custody release` lifts it, and what waited
/// behind it goes on.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Hold {
    /// The case or the file
    #[arg(value_name = "CASE|FILE")]
    what: String,
    /// Why, in your words
    #[arg(long, value_name = "TEXT", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    reason: String,
    /// When you look at it again: a date, or a time from now such as "14 days"
    #[arg(long, value_name = "DATE")]
    review: String,
    /// Cover every file of the case's customer, in all cases
    #[arg(long)]
    customer: bool,
}

/// Places a hold.
pub async fn hold(args: Hold, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let review_at = times::ahead(&args.review, desk.now(), &TimeZone::system())?;
            let what = named::case_or_file(desk, &args.what).await?;
            let scope = if args.customer { HoldScope::Customer(customer(desk, what).await?) } else { scope(what) };
            let hold = desk.place_hold(scope, args.reason.clone().into(), review_at).await?;
            context.out.show(&json!({ "hold": hold, "review_at": review_at }), |_| {
                format!(
                    "Hold {} is placed. Nothing that it covers is erased until `custody release {}`.\n\
                     You are to look at it again on {}.\n",
                    hold.short(),
                    hold.short(),
                    times::local_moment(review_at)
                )
            })
        })
        .await
}

const fn scope(what: CaseOrFile) -> HoldScope {
    match what {
        CaseOrFile::Case(id) => HoldScope::Case(id),
        CaseOrFile::File(id) => HoldScope::File(id),
    }
}

async fn customer(desk: &Desk, what: CaseOrFile) -> Result<CustomerId, Failure> {
    let case = match what {
        CaseOrFile::Case(id) => id,
        CaseOrFile::File(id) => desk.file(id).await?.case.parse().map_err(|_| IdError::NotAnId)?,
    };
    Ok(desk.case(case).await?.customer_id.parse().map_err(|_| IdError::NotAnId)?)
}
