//! `custody done`

use clap::{ArgGroup, Args};
use serde_json::json;

use crate::{context::Context, copies, failure::Failure, named};

const EXAMPLES: &str = "\
Examples:
  custody done --all
  custody done 5d20b7";

/// End viewing copies now
///
/// `custody open` ends its copy by itself. This is for copies that a killed program left behind: `custody files` lists them. The
/// copy and whatever lies beside it is overwritten and removed, and its end is recorded. Programs that still have it open are named.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES, group(ArgGroup::new("which").required(true).args(["copy", "all"])))]
pub struct Done {
    /// The viewing copy
    #[arg(value_name = "COPY")]
    copy: Option<String>,
    /// Every viewing copy
    #[arg(long)]
    all: bool,
}

/// Ends viewing copies.
pub async fn done(args: Done, context: &mut Context) -> Result<(), Failure> {
    context
        .with_desk(async |desk, context| {
            let copies = match &args.copy {
                Some(copy) => vec![named::viewing_copy(desk, copy).await?],
                None => named::viewing_copies(desk).await?,
            };
            let mut ended = Vec::new();
            let mut first_failure = None;
            for copy in copies {
                // One that cannot be ended keeps no other.
                match desk.end_viewing_copy(copy).await {
                    Ok(view) => ended.push((copy, view)),
                    Err(error) => first_failure = first_failure.or(Some(error)),
                }
            }
            let shown: Vec<_> = ended
                .iter()
                .map(|(copy, view)| {
                    json!({
                        "copy": copy,
                        "beside": view.beside,
                        "elsewhere": view.elsewhere,
                        "open_in": view.open_in,
                    })
                })
                .collect();
            let is_done = first_failure.is_none();
            context.out.show(&json!({ "ended": shown }), |_| match ended.as_slice() {
                [] if is_done => "There is no viewing copy.\n".to_owned(),
                all => all.iter().map(|(_, view)| copies::erased(view) + "\n").collect(),
            })?;
            first_failure.map_or(Ok(()), |error| Err(error.into()))
        })
        .await
}
