//! `custody cat`

use std::{io::Write as _, path::PathBuf};

use clap::{Args, ValueHint};
use custody_core::ports::ByteSource;
use custody_desk::Desk;
use serde_json::json;

use crate::{context::Context, failure::Failure, named, new_file::NewFile, out::Out, progress::Bars, stop};

const EXAMPLES: &str = "\
Examples:
  custody cat 81f3c2 | less
  custody cat 81f3c2 | unzip -l /dev/stdin
  custody cat 81f3c2 -o /mnt/ramdisk/crash.dmp";

/// Decrypt a file to standard output, or to a file that you name
///
/// It needs the passphrase, and it is recorded who opened the file and took a copy out of custody. The file is decrypted piece by
/// piece, and each piece is given only after it was authenticated; if the sealed file turns out damaged, the output ends there with
/// an error (exit code 9), and what came before is not the whole file.
///
/// A file written with -o is yours: the desk does not know it, does not erase it, and no receipt speaks of it. It is made anew, for
/// its owner only, and removed again if it does not become whole. `custody open` makes a copy that stays in custody.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Cat {
    /// The file
    #[arg(value_name = "FILE")]
    file: String,
    /// Write it to this file, which must not exist
    #[arg(short, long, value_name = "PATH", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// Show it on a terminal even if it holds bytes that the terminal takes for commands
    #[arg(long)]
    force: bool,
}

/// Decrypts a file.
pub async fn cat(args: Cat, context: &mut Context) -> Result<(), Failure> {
    // Asked before anything else, so that nobody types a passphrase for nothing.
    if args.output.as_deref().is_some_and(|path| path.symlink_metadata().is_ok()) {
        return Err(Failure::FileExists);
    }
    context
        .with_desk(async |desk, context| {
            let id = named::file(desk, &args.file).await?;
            context.unlock(desk).await?;
            let total = desk.file(id).await?.size;
            tokio::select! {
                done = pour(desk, id, &args, total, context) => done,
                asked = stop::asked() => Err(asked.map_or_else(Failure::Terminal, |()| Failure::Stopped)),
            }
        })
        .await
}

async fn pour(
    desk: &Desk,
    id: custody_core::id::FileId,
    args: &Cat,
    total: Option<u64>,
    context: &mut Context,
) -> Result<(), Failure> {
    let Some(path) = &args.output else {
        let mut source = desk.export_file(id).await?;
        return to_stdout(source.as_mut(), args.force, &mut context.out).await;
    };
    let mut copy = NewFile::create(path)?;
    let mut source = desk.export_file(id).await?;
    let bar = Bars::one(&id.short(), total);
    let mut written = 0;
    while let Some(piece) = source.next().await? {
        copy.write_all(&piece).map_err(Failure::CannotWrite)?;
        written += piece.len() as u64;
        bar.set_position(written);
    }
    copy.keep()?;
    bar.finish_and_clear();
    context.out.remark(format_args!(
        "This copy is outside custody: the desk does not know it and will not erase it. Remove it when you are done."
    ));
    context.out.show(&json!({ "file": id.to_string(), "written": written }), |_| String::new())
}

async fn to_stdout(source: &mut dyn ByteSource, force: bool, out: &mut Out) -> Result<(), Failure> {
    let mut guard = (out.is_terminal() && !force).then(TextGuard::default);
    while let Some(piece) = source.next().await? {
        if guard.as_mut().is_some_and(|guard| !guard.lets_through(&piece)) {
            return Err(Failure::NotForATerminal);
        }
        out.bytes(&piece)?;
    }
    out.finish()
}

/// Lets only text through: no control characters, which a terminal takes for commands, and no broken UTF-8.
#[derive(Debug, Default)]
struct TextGuard {
    /// The beginning of a character whose end is in the next piece.
    begun: Vec<u8>,
}

impl TextGuard {
    fn lets_through(&mut self, piece: &[u8]) -> bool {
        let mut bytes = std::mem::take(&mut self.begun);
        bytes.extend_from_slice(piece);
        let text = match str::from_utf8(&bytes) {
            Ok(text) => text,
            Err(error) if error.error_len().is_none() => {
                let (whole, begun) = bytes.split_at(error.valid_up_to());
                self.begun = begun.to_vec();
                str::from_utf8(whole).unwrap_or_default()
            }
            Err(_) => return false,
        };
        !text.chars().any(|letter| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_gets_text_and_no_commands() {
        let passes = |bytes: &[u8]| TextGuard::default().lets_through(bytes);
        assert!(passes("Tabs\tand lines\r\nand 見積書".as_bytes()));
        for bytes in [&b"\x1b[2J"[..], b"PK\x03\x04", b"\x00", "\u{9b}31m".as_bytes(), b"\xff\xfe"] {
            assert!(!passes(bytes), "{bytes:?} does not pass");
        }
    }

    #[test]
    fn a_character_may_lie_across_two_pieces() {
        let text = "見".as_bytes();
        let mut guard = TextGuard::default();
        assert!(guard.lets_through(&text[..1]));
        assert!(guard.lets_through(&text[1..]));
        assert!(guard.begun.is_empty());
        assert!(guard.lets_through(&text[..2]));
        assert!(!guard.lets_through(b"a"), "the character was never ended");
    }
}
