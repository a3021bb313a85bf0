//! Seals a large log into a case, looks at it as the window does, and prints how fast its first page is there and how much
//! memory scrolling through it takes.
//!
//! ```text
//! cargo run --release -p custody-practice-desk --example viewer_bench -- <MiB> <empty folder>
//! ```

#![expect(clippy::disallowed_methods, reason = "it makes the file that it measures with")]

use std::{
    error::Error,
    fs::File,
    io::Write,
    path::PathBuf,
    time::{Duration, Instant},
};

use custody_core::flow::Silent;
use custody_practice::{WorldOptions, scenario::Story};
use custody_practice_desk::PracticeDesk;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(mib), Some(folder)) = (arguments.next(), arguments.next().map(PathBuf::from)) else {
        return Err("usage: viewer_bench <MiB> <empty folder>".into());
    };
    let mut out = std::io::stdout();
    let options = WorldOptions { story: Story::Demo, log_size: 1 << 20, ..WorldOptions::default() };
    let practice = PracticeDesk::start(&folder.join("desk"), options).await?;
    let desk = practice.desk.clone();
    desk.round(&Silent).await;
    let case = desk.cases().await?.first().ok_or("there is no case")?.id.parse()?;
    let saved = PathBuf::from(desk.make_drop_folder(case).await?.into_revealed());
    write_log(&saved.join("server.log"), mib.parse::<u64>()? << 20)?;
    let file = loop {
        desk.round(&Silent).await;
        let files = desk.case(case).await?.files;
        match files.iter().find(|file| file.name == "server.log" && file.size.is_some()) {
            Some(file) => break file.id.parse()?,
            // A file must have rested before it is taken for complete.
            None => tokio::time::sleep(Duration::from_secs(1)).await,
        }
    };

    begin_peak();
    let before = memory("VmRSS:");
    let begin = Instant::now();
    let viewer = desk.open_viewer(file).await?;
    let rows = viewer.rows(0, 0, false, 120).await?.rows;
    let first = begin.elapsed();
    writeln!(out, "first page      {:6.1} ms ({} rows)", millis(first), rows.len())?;

    // While lines are being counted, as somebody does who does not wait for that.
    let size = viewer.view().layers.first().ok_or("it has ended")?.size;
    let (mut slowest, mut read) = (Duration::ZERO, Duration::ZERO);
    let pages = 2_000;
    for page in 0..pages {
        // Forwards, then here and there, as a bar is dragged.
        let at = if page % 2 == 0 { size / pages * page } else { size / pages * ((page * 7_919) % pages) };
        let begin = Instant::now();
        let start = viewer.rows(0, at, false, 120).await?.rows.first().map_or(0, |row| row.start);
        viewer.rows(0, start, true, 60).await?;
        slowest = slowest.max(begin.elapsed());
        read += begin.elapsed();
    }
    writeln!(
        out,
        "a jump          {:6.1} ms on average, {:.1} ms at most",
        millis(read) / pages as f64,
        millis(slowest)
    )?;

    let begin = Instant::now();
    let mut changes = viewer.changes();
    while !viewer.view().layers[0].lines.as_ref().is_some_and(|lines| lines.done) {
        changes.changed().await?;
    }
    let lines = viewer.view().layers[0].lines.as_ref().map_or(0, |lines| lines.count);
    writeln!(out, "lines counted   {:6.1} s more ({lines} lines)", begin.elapsed().as_secs_f64())?;

    let begin = Instant::now();
    viewer.search(0, "a line that is nowhere", false)?;
    while !viewer.view().layers[0].search.as_ref().is_some_and(|search| search.done) {
        changes.changed().await?;
    }
    writeln!(out, "searched        {:6.1} s", begin.elapsed().as_secs_f64())?;
    let peak = memory("VmHWM:");
    writeln!(out, "memory          {before:6.1} MiB before, {peak:.1} MiB at most")?;
    drop(viewer);
    practice.close().await?;
    Ok(())
}

/// Lines as a server writes them; after some MiB of them they begin anew.
fn write_log(path: &PathBuf, size: u64) -> std::io::Result<()> {
    const LEVELS: [&str; 5] = ["INFO", "DEBUG", "WARN", "TRACE", "ERROR"];
    const BLOCK: usize = 8 << 20;
    let mut block = Vec::with_capacity(BLOCK + 200);
    let mut line = 0_usize;
    while block.len() < BLOCK {
        writeln!(
            block,
            "2026-03-02T09:{:02}:{:02}.{:03}Z {} exporter[4711]: request {line:010} took {} ms and wrote {} bytes",
            line / 60_000 % 60,
            line / 1000 % 60,
            line % 1000,
            LEVELS[line % LEVELS.len()],
            line.wrapping_mul(2_654_435_761) % 997,
            line.wrapping_mul(40_503) % 65_521,
        )?;
        line += 1;
    }
    let mut log = File::create(path)?;
    let mut left = size;
    while left > 0 {
        let count = left.min(block.len() as u64);
        log.write_all(&block[..usize::try_from(count).unwrap_or(block.len())])?;
        left -= count;
    }
    Ok(())
}

fn millis(span: Duration) -> f64 {
    span.as_secs_f64() * 1e3
}

/// From now on the peak is counted anew: sealing had one too. Known on Linux only.
fn begin_peak() {
    if let Ok(mut file) = File::options().write(true).open("/proc/self/clear_refs") {
        let _ = file.write_all(b"5");
    }
}

/// A line of what the system says of this process, in MiB.
fn memory(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    line.trim().trim_end_matches(" kB").trim().parse::<f64>().unwrap_or_default() / 1024.0
}
