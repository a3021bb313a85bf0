//! Scripted stories with real-looking content, marked so that anything that leaks is found.

pub mod canary;
mod cases;
pub mod files;
mod standard;

use crate::{
    forum::{PracticeFile, PracticeForum, ScriptError, TopicId},
    world::{World, WorldError},
};

pub use canary::canaries;
pub use cases::{customer_asks, ticket_that_closes};
pub use files::ContentError;
pub use standard::standard;

/// What has happened on the forum when a world starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Story {
    /// Nothing: staff, no customers, no threads.
    Empty,
    /// The two cases of the demo: one whose ticket closes, one whose customer asks for removal.
    Demo,
    /// Nine threads of all kinds, the demo's among them: for looking around.
    Standard,
}

/// A customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name on the forum.
    pub username: &'static str,
    /// The full name.
    pub name: &'static str,
    /// The address.
    pub email: &'static str,
}

/// Writes in English; sends documents and the big log.
pub const CAROLA: Person =
    Person { username: "carola_zebrafinch", name: "Carola Zebrafinch", email: "carola.zebrafinch@customer.example" };
/// Sends archives and asks for their removal.
pub const OWEN: Person =
    Person { username: "owen_linnetson", name: "Owen Linnetson", email: "owen.linnetson@customer.example" };
/// Sends images and a crash dump.
pub const DARIA: Person =
    Person { username: "daria_siskinova", name: "Daria Siskinova", email: "daria.siskinova@customer.example" };
/// Writes in Japanese.
pub const HIBARI: Person =
    Person { username: "hibari_yamagara", name: "山雀ひばり", email: "hibari.yamagara@customer.example" };
/// Sends files with hostile names and a page with a script.
pub const SILAS: Person =
    Person { username: "silas_nuthatcher", name: "Silas Nuthatcher", email: "silas.nuthatcher@customer.example" };

/// Every customer of the stories.
pub const CUSTOMERS: [Person; 5] = [CAROLA, OWEN, DARIA, HIBARI, SILAS];

/// A thread of the story, its customer and the files in it.
#[derive(Clone, Debug)]
pub struct Case {
    /// The thread.
    pub topic: TopicId,
    /// The thread's title.
    pub title: String,
    /// The customer who started it.
    pub customer: Person,
    /// What the customer attached, as they have it.
    pub files: Vec<PracticeFile>,
}

/// How a customer asks for removal: a line that leaves no doubt.
pub const REMOVAL_REQUEST: &str = "Thank you, that solved it for us.\n\nPlease delete my files.";

/// The customer asks in the thread that their files be removed.
///
/// # Errors
/// When the thread or the customer is gone.
pub async fn ask_for_removal(forum: &PracticeForum, case: &Case) -> Result<(), ScriptError> {
    forum.reply(case.customer.username, case.topic, REMOVAL_REQUEST, Vec::new()).await?;
    Ok(())
}

pub(crate) async fn play(world: &mut World, story: Story) -> Result<Vec<Case>, WorldError> {
    Ok(match story {
        Story::Empty => Vec::new(),
        Story::Demo => vec![ticket_that_closes(world).await?, customer_asks(world).await?],
        Story::Standard => standard(world).await?,
    })
}
