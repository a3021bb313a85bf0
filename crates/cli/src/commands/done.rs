//! `custody done`

use clap::{ArgGroup, Args};
use serde_json::json;

use crate::{context::Context, failure::Failure, named};

const EXAMPLES: &str = "\
Examples:
  custody done --all
  custody done 5d20b7";

/// End viewing copies now
///
/// `custody open` ends its copy by itself. This is for copies that a killed program left behind: `custody files` lists them. The
/// copy is overwritten and removed, and its end is recorded.
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
            for copy in &copies {
                desk.end_viewing_copy(*copy).await?;
            }
            context.out.show(&json!({ "ended": copies }), |_| match copies.len() {
                0 => "There is no viewing copy.\n".to_owned(),
                1 => "The viewing copy is erased.\n".to_owned(),
                more => format!("{more} viewing copies are erased.\n"),
            })
        })
        .await
}
