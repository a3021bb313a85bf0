//! The log of a desk: ids, counts and kinds of trouble, in files that only their owner can read. See `docs/logging.md`.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use custody_core::{
    SignedDuration, Timestamp,
    ports::{Clock, Fault, PortError},
};
use custody_vault::Places;
use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

use crate::{Result, SystemClock};

/// Our own crates alone: what libraries log is not under our rule, and one of them logs whole mails.
const WHAT: &str = "off,custody_core=info,custody_vault=info,custody_ledger=info,custody_remote=info,custody_desk=info,\
                    custody_cli=info,custody_app=info,custody_practice_desk=info";
/// How long a day's log is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Writes the log of this process below [`Places::logs`] from now on, one file a day, and removes old ones.
///
/// A process that logs already keeps its first log: a second desk in it (a story, a practice desk) adds none.
pub fn start(places: &Places) -> Result<()> {
    let log = Log::open(places.logs(), Arc::new(SystemClock)).map_err(trouble)?;
    let subscriber = tracing_subscriber::fmt().json().with_env_filter(EnvFilter::new(WHAT)).with_writer(log).finish();
    if tracing::subscriber::set_global_default(subscriber).is_err() {
        tracing::debug!("logs.start: this process logs already");
    }
    Ok(())
}

fn trouble(cause: io::Error) -> PortError {
    PortError::needs_person(Fault::DiskTrouble).because(cause)
}

/// A folder of logs, one file a day.
#[derive(Clone)]
struct Log(Arc<Mutex<Today>>);

struct Today {
    folder: PathBuf,
    clock: Arc<dyn Clock>,
    day: String,
    file: File,
}

impl Log {
    fn open(folder: PathBuf, clock: Arc<dyn Clock>) -> io::Result<Self> {
        make_private(&folder)?;
        let now = clock.now();
        remove_old(&folder, now)?;
        let day = day(now);
        let file = open_day(&folder, &day)?;
        Ok(Self(Arc::new(Mutex::new(Today { folder, clock, day, file }))))
    }
}

impl Today {
    fn write(&mut self, line: &[u8]) -> io::Result<()> {
        let now = self.clock.now();
        if day(now) != self.day {
            self.day = day(now);
            self.file = open_day(&self.folder, &self.day)?;
            remove_old(&self.folder, now)?;
        }
        self.file.write_all(line)
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Line;

    fn make_writer(&'a self) -> Line {
        Line { log: self.clone(), text: Vec::new() }
    }
}

/// One line, written as a whole when it is complete: two processes never mix theirs.
struct Line {
    log: Log,
    text: Vec<u8>,
}

impl io::Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.text.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        // A log that cannot be written must not stop the desk; a full disk is told by what could not be sealed.
        let _ = self.log.0.lock().unwrap_or_else(PoisonError::into_inner).write(&self.text);
    }
}

/// Also the desk's folder above, if the log is the first thing in it.
fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn day(now: Timestamp) -> String {
    now.strftime("%Y-%m-%d").to_string()
}

fn open_day(folder: &Path, day: &str) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(folder.join(format!("custody-{day}.log")))
}

fn remove_old(folder: &Path, now: Timestamp) -> io::Result<()> {
    let oldest = format!("custody-{}.log", day(now.checked_sub(KEPT).unwrap_or(Timestamp::MIN)));
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        // Days sort as text. Whatever else lies here is not ours.
        if name
            .to_str()
            .is_some_and(|name| name.starts_with("custody-") && name.ends_with(".log") && name < &oldest[..])
        {
            fs::remove_file(folder.join(name))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Hand(Mutex<Timestamp>);

    impl Clock for Hand {
        fn now(&self) -> Timestamp {
            *self.0.lock().unwrap()
        }
    }

    #[test]
    fn a_day_has_a_file_of_its_own_and_goes_after_two_weeks() {
        let folder = tempfile::tempdir().unwrap();
        let hand = Arc::new(Hand(Mutex::new("2026-03-01T23:59:59Z".parse().unwrap())));
        fs::write(folder.path().join("notes.txt"), "mine").unwrap();
        let log = Log::open(folder.path().to_owned(), hand.clone()).unwrap();
        log.make_writer().write_all(b"one\n").unwrap();
        *hand.0.lock().unwrap() = "2026-03-02T00:00:00Z".parse().unwrap();
        log.make_writer().write_all(b"two\n").unwrap();
        let read = |day: &str| fs::read_to_string(folder.path().join(format!("custody-{day}.log")));
        assert_eq!((read("2026-03-01").unwrap(), read("2026-03-02").unwrap()), ("one\n".into(), "two\n".into()));
        *hand.0.lock().unwrap() = "2026-03-16T00:00:00Z".parse().unwrap();
        log.make_writer().write_all(b"three\n").unwrap();
        assert!(read("2026-03-01").is_err(), "fifteen days old");
        assert!(read("2026-03-02").is_ok(), "fourteen days old");
        assert!(folder.path().join("notes.txt").exists(), "what is not ours stays");
    }

    #[cfg(unix)]
    #[test]
    fn a_log_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("desk");
        let log = Log::open(home.join("logs"), Arc::new(SystemClock)).unwrap();
        let day = log.0.lock().unwrap().day.clone();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&home.join("logs").join(format!("custody-{day}.log"))), 0o600);
        assert_eq!((mode(&home), mode(&home.join("logs"))), (0o700, 0o700));
    }
}
