//! The two cases of the demo.

use super::{CAROLA, Case, OWEN, canary, files};
use crate::{
    forum::PracticeFile,
    scenario::Person,
    world::{SUPPORT, World, WorldError},
};

/// Starts a private thread with the support group.
pub(super) async fn thread(
    world: &mut World,
    customer: Person,
    title: &str,
    body: &str,
    attached: Vec<PracticeFile>,
) -> Result<Case, WorldError> {
    world.welcome(&customer)?;
    let (title, body, attached) = if world.is_marked() {
        let body = format!("{body}\n\nOur customer number is {}.", canary::POST);
        (format!("{title} (ref {})", canary::TITLE), body, attached)
    } else {
        (title.to_owned(), body.to_owned(), attached.into_iter().map(canary::unmarked).collect())
    };
    let topic = world.forum.private_thread(customer.username, &[SUPPORT], &title, &body, attached.clone()).await?;
    Ok(Case { topic, title, customer, files: attached })
}

/// A document, the big log and a picture; an engineer has answered. The story closes its ticket.
///
/// # Errors
/// When the thread cannot be started.
pub async fn ticket_that_closes(world: &mut World) -> Result<Case, WorldError> {
    let attached = vec![
        files::docx("cnryfile-ledger-q3.docx")?,
        files::log("cnryfile-converter.log", world.log_size()),
        files::png("cnryfile-page-212.png", 800, 420),
    ];
    let case = thread(
        world,
        CAROLA,
        "Conversion of the Q3 ledger stops at page 212",
        "Hello,\n\nthe conversion of the attached document to PDF stops at page 212 every time.\n\
         I attach the document, the log of the last run and a picture of the last page.",
        attached,
    )
    .await?;
    let answer = "Thank you, I can see the problem with your document. A fix is in today's build.";
    world.forum.reply("bob", case.topic, answer, Vec::new()).await?;
    Ok(case)
}

/// An archive and a configuration; an engineer has answered. The story lets the customer ask for removal.
///
/// # Errors
/// When the thread cannot be started.
pub async fn customer_asks(world: &mut World) -> Result<Case, WorldError> {
    let attached = vec![files::archive("cnryfile-bundle.zip")?, files::configuration("cnryfile-settings.xml")];
    let case = thread(
        world,
        OWEN,
        "Archive opens in other programs but not in yours",
        "Hi,\n\nyour library refuses the attached archive as damaged. Settings are attached as well.",
        attached,
    )
    .await?;
    world
        .forum
        .reply("bob", case.topic, "The archive uses an old central directory. Please try 26.11.", Vec::new())
        .await?;
    Ok(case)
}
