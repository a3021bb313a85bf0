//! Seals a file into a folder, synced at the end, and prints how fast that was and how much memory it took.
//!
//! ```text
//! cargo run --release -p custody-vault --example seal_bench -- <file> <empty folder>
//! ```

use std::{
    error::Error,
    fs::File,
    io::{Read, Write},
    path::PathBuf,
    time::Instant,
};

use async_trait::async_trait;
use bytes::Bytes;
use custody_core::{
    id::FileId,
    ports::{ByteSource, Fault, KeyStore, PortError, PortResult, Strongroom},
};
use custody_vault::{Places, Vault, VaultOptions, WorkFactor};
use tokio::task::spawn_blocking;

const PIECE: usize = 1 << 20;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(file), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("usage: seal_bench <file> <empty folder>".into());
    };
    let options = VaultOptions { work_factor: WorkFactor::PRACTICE, ..VaultOptions::default() };
    let vault = Vault::create(Places::under(folder)?, KeyStore::KeyFile, "bench".into(), options).await?;
    let mut source = FromDisk { file: Some(File::open(file)?) };
    let begin = Instant::now();
    let sealed = vault.seal(FileId::from_bytes([1; 16]), 1, &mut source, u64::MAX).await?;
    let seconds = begin.elapsed().as_secs_f64();
    let speed = sealed.size as f64 / 1e6 / seconds;
    let memory = peak_memory().map_or("unknown".to_owned(), |mib| format!("{mib:.1}"));
    writeln!(std::io::stdout(), "seconds {seconds:.2}\nMB/s {speed:.0}\npeak MiB {memory}")?;
    Ok(())
}

/// A source as a download would be: piece after piece, waited for.
struct FromDisk {
    file: Option<File>,
}

#[async_trait]
impl ByteSource for FromDisk {
    async fn next(&mut self) -> PortResult<Option<Bytes>> {
        let Some(mut file) = self.file.take() else { return Ok(None) };
        let read = spawn_blocking(move || {
            let mut piece = Vec::with_capacity(PIECE);
            (&mut file).take(PIECE as u64).read_to_end(&mut piece).map(|_| (file, piece))
        });
        let trouble = |cause: std::io::Error| PortError::needs_person(Fault::DiskTrouble).because(cause);
        let (file, piece) = read.await.map_err(|cause| trouble(cause.into()))?.map_err(trouble)?;
        if piece.is_empty() {
            return Ok(None);
        }
        self.file = Some(file);
        Ok(Some(piece.into()))
    }
}

/// The most memory this process ever held, in MiB; known on Linux only.
fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.trim().parse::<f64>().ok()? / 1024.0)
}
