//! A fuller forum, for looking around: threads of all kinds and files with all kinds of names.

use bytes::Bytes;

use super::{CAROLA, Case, DARIA, HIBARI, OWEN, SILAS, cases, files};
use crate::{
    forum::{Markup, PracticeFile},
    world::{World, WorldError},
};

/// Nine threads: the demo's two, and closed, solved, archived, hostile, public and empty ones.
///
/// # Errors
/// When a thread cannot be started.
pub async fn standard(world: &mut World) -> Result<Vec<Case>, WorldError> {
    let mut told = vec![cases::ticket_that_closes(world).await?, cases::customer_asks(world).await?];
    told.push(same_bytes(world).await?);
    told.push(other_scripts(world).await?);
    told.push(hostile(world).await?);
    told.push(closed(world).await?);
    told.push(archived(world).await?);
    told.push(made_public(world).await?);
    told.push(without_files(world).await?);
    // Bob has some of them, Erin one, and nobody the rest.
    for (case, engineer) in told.iter().step_by(2).zip(["bob", "bob", "erin", "bob"]) {
        world.forum.assign(case.topic, Some(engineer))?;
    }
    Ok(told)
}

/// Another customer sends the very bytes that Owen sent, under another name.
async fn same_bytes(world: &mut World) -> Result<Case, WorldError> {
    cases::thread(
        world,
        CAROLA,
        "Same settings, other result",
        "We use the settings your colleague recommended; they are attached.",
        vec![files::configuration("cnryfile-recommended.xml")],
    )
    .await
}

async fn other_scripts(world: &mut World) -> Result<Case, WorldError> {
    let case = cases::thread(
        world,
        HIBARI,
        "変換後の文字が文字化けします",
        "添付のファイルを変換すると文字化けします。",
        vec![
            files::note("見積書_最終版（修正）.txt"),
            files::note("تقرير الأعطال.txt"),
            // The override makes the name read as if it ended in `.pdf`.
            files::note("cnryfile-invoice-\u{202e}fdp.exe"),
        ],
    )
    .await?;
    let answer = world.forum.reply("erin", case.topic, "フォントの埋め込みを有効にしてください。", Vec::new()).await?;
    world.forum.accept_answer(answer)?;
    Ok(case)
}

async fn hostile(world: &mut World) -> Result<Case, WorldError> {
    cases::thread(
        world,
        SILAS,
        "Files that will not upload elsewhere",
        "I had trouble with these names before.",
        vec![
            files::note("../../etc/passwd"),
            files::note("..\\..\\x"),
            files::note("CON.txt"),
            files::page_with_script("cnryfile-report.html"),
            PracticeFile::bytes("cnryfile-empty.dmp", Bytes::new()),
        ],
    )
    .await
}

async fn closed(world: &mut World) -> Result<Case, WorldError> {
    let case = cases::thread(
        world,
        DARIA,
        "Crash on load of a compressed drawing",
        "It crashes as soon as the drawing is opened. Picture and archive are attached.",
        vec![
            files::png("cnryfile-crash.png", 320, 200),
            files::archive("cnryfile-drawing.zip")?.shown_as(Markup::Direct),
        ],
    )
    .await?;
    world.forum.reply("bob", case.topic, "Fixed in 26.10, please update.", Vec::new()).await?;
    world.forum.close(case.topic)?;
    Ok(case)
}

async fn archived(world: &mut World) -> Result<Case, WorldError> {
    let case = cases::thread(
        world,
        OWEN,
        "Licence file is not accepted",
        "The attached file is refused on the second machine.",
        vec![files::note("cnryfile-licence.lic")],
    )
    .await?;
    world.forum.reply("erin", case.topic, "The second machine needs its own activation.", Vec::new()).await?;
    world.forum.archive(case.topic)?;
    Ok(case)
}

/// A thread that stopped being private: everybody sees it now.
async fn made_public(world: &mut World) -> Result<Case, WorldError> {
    let category = world.forum.add_category("General", "general", &[])?;
    let case = cases::thread(
        world,
        DARIA,
        "How to set the page size",
        "Is there a setting for the page size? An example is attached.",
        vec![files::note("cnryfile-example.txt")],
    )
    .await?;
    world.forum.reply("bob", case.topic, "Yes. I make this public, others ask the same.", Vec::new()).await?;
    world.forum.make_public(case.topic, Some(category))?;
    Ok(case)
}

async fn without_files(world: &mut World) -> Result<Case, WorldError> {
    cases::thread(world, CAROLA, "Question about licences", "How many machines does one licence cover?", Vec::new())
        .await
}
