//! What a demo leaves: receipts, letters, the public key, the report and the chain.

use std::{
    fs::{self, OpenOptions},
    io::Write as _,
    path::Path,
};

use custody_desk::Desk;
use custody_practice::mailbox::Letter;

use crate::failure::Failure;

/// Makes the folder; one that has something in it is somebody's.
pub fn make_folder(folder: &Path) -> Result<(), Failure> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(Failure::CannotWrite)?;
    let is_used = fs::read_dir(folder).map_err(Failure::CannotWrite)?.next().is_some();
    if is_used { Err(Failure::FileExists) } else { Ok(()) }
}

/// Writes one paper, owner-only, over nothing.
pub fn write(folder: &Path, name: &str, content: &[u8]) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(folder.join(name)).map_err(Failure::CannotWrite)?;
    file.write_all(content).map_err(Failure::CannotWrite)
}

/// The letter as the customer's mailbox has it.
pub fn letter(folder: &Path, name: &str, letter: &Letter) -> Result<(), Failure> {
    write(folder, &format!("{name}.eml"), &letter.raw)
}

/// Every event of the chain, one JSON object a line.
pub async fn chain(folder: &Path, desk: &Desk) -> Result<(), Failure> {
    const AT_A_TIME: u32 = 500;
    let (mut lines, mut after) = (Vec::new(), 0);
    loop {
        let events = desk.events(after, AT_A_TIME).await?;
        let Some(last) = events.last() else { break };
        after = last.index;
        for event in &events {
            serde_json::to_writer(&mut lines, event).map_err(|error| Failure::Terminal(error.into()))?;
            lines.push(b'\n');
        }
    }
    write(folder, "audit.jsonl", &lines)
}
