//! A disk that fails on purpose, for tests: the only honest way to learn what a crash leaves behind.

use std::{
    ffi::OsString,
    io::{self, Read, Write},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use custody_core::ports::Program;

use super::{AtWill, Disk, Entry, Extent, Grip, Lies, NewFile, Original, RealDisk, Stamped, Writer};

/// The real disk, except that a chosen call fails. Clones share the count.
#[derive(Clone, Debug)]
pub struct FailingDisk {
    disk: RealDisk,
    plan: Arc<Plan>,
    turns_bits: bool,
    written_into: Arc<AtomicU64>,
}

#[derive(Debug)]
struct Plan {
    calls: AtomicU64,
    first: AtomicU64,
    last: AtomicU64,
    kind: io::ErrorKind,
}

impl FailingDisk {
    /// A disk on which nothing fails and every call is counted.
    pub fn counting() -> Self {
        Self::between(u64::MAX, u64::MAX, io::ErrorKind::Other)
    }

    /// A disk on which every call succeeds, and sealed files are given back with one bit turned.
    pub fn turning_bits() -> Self {
        Self { turns_bits: true, ..Self::counting() }
    }

    /// A disk on which a program writes a file into the folder of a viewing copy as soon as we have read what lies there,
    /// so many times.
    pub fn written_into(times: u64) -> Self {
        Self { written_into: Arc::new(AtomicU64::new(times)), ..Self::counting() }
    }

    /// From now on the program writes so many times.
    pub fn program_writes(&self, times: u64) {
        self.written_into.store(times, Ordering::SeqCst);
    }

    /// Call number `call` (from 1) fails with this kind of error, the others do not.
    pub fn failing_once(call: u64, kind: io::ErrorKind) -> Self {
        Self::between(call, call, kind)
    }

    /// Every call from number `call` (from 1) on fails: the program was killed there.
    pub fn dying_at(call: u64) -> Self {
        Self::between(call, u64::MAX, io::ErrorKind::Other)
    }

    fn between(first: u64, last: u64, kind: io::ErrorKind) -> Self {
        let plan = Plan { calls: AtomicU64::new(0), first: AtomicU64::new(first), last: AtomicU64::new(last), kind };
        Self { disk: RealDisk, plan: Arc::new(plan), turns_bits: false, written_into: Arc::default() }
    }

    /// How many calls there were.
    pub fn calls(&self) -> u64 {
        self.plan.calls.load(Ordering::SeqCst)
    }

    /// Forgets the count and fails from `calls` calls after this moment on.
    pub fn die_after(&self, calls: u64) {
        self.plan.calls.store(0, Ordering::SeqCst);
        self.plan.first.store(calls + 1, Ordering::SeqCst);
        self.plan.last.store(u64::MAX, Ordering::SeqCst);
    }

    /// Works again, as after a restart.
    pub fn heal(&self) {
        self.plan.first.store(u64::MAX, Ordering::SeqCst);
    }

    /// Whether the chosen call was reached.
    pub fn has_failed(&self) -> bool {
        self.calls() >= self.plan.first.load(Ordering::SeqCst)
    }
}

impl Plan {
    fn step(&self) -> io::Result<()> {
        let call = self.calls.fetch_add(1, Ordering::SeqCst) + 1;
        let fails = (self.first.load(Ordering::SeqCst)..=self.last.load(Ordering::SeqCst)).contains(&call);
        if fails { Err(self.kind.into()) } else { Ok(()) }
    }
}

impl Disk for FailingDisk {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.plan.step()?;
        self.disk.make_folder(path)
    }

    fn take_over_folder(&self, path: &Path) -> io::Result<()> {
        self.plan.step()?;
        self.disk.take_over_folder(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        self.plan.step()?;
        Ok(Box::new(FailingFile { file: self.disk.create(path)?, plan: self.plan.clone() }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.plan.step()?;
        self.disk.rename(from, to)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.plan.step()?;
        self.disk.rename_new(from, to)
    }

    fn true_path(&self, path: &Path) -> io::Result<PathBuf> {
        self.plan.step()?;
        self.disk.true_path(path)
    }

    fn may_change(&self, folder: &Path) -> io::Result<bool> {
        self.plan.step()?;
        self.disk.may_change(folder)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.plan.step()?;
        self.disk.sync_folder(path)
    }

    fn remove(&self, path: &Path) -> io::Result<bool> {
        self.plan.step()?;
        self.disk.remove(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<bool> {
        self.plan.step()?;
        self.disk.remove_folder(path)
    }

    fn grip(&self, path: &Path) -> io::Result<Option<Box<dyn Grip>>> {
        self.plan.step()?;
        let grip = self.disk.grip(path)?;
        Ok(grip.map(|grip| Box::new(FailingGrip { grip, plan: self.plan.clone() }) as Box<dyn Grip>))
    }

    fn list(&self, path: &Path) -> io::Result<Vec<Entry>> {
        self.plan.step()?;
        let listed = self.disk.list(path)?;
        if path.parent().is_some_and(|parent| parent.ends_with("viewing")) {
            let left = self.written_into.load(Ordering::SeqCst);
            if left > 0 {
                self.written_into.store(left - 1, Ordering::SeqCst);
                std::fs::write(path.join(format!("autosave {left}")), "what a program writes")?;
            }
        }
        Ok(listed)
    }

    fn look(&self, path: &Path) -> io::Result<Option<Lies>> {
        self.plan.step()?;
        self.disk.look(path)
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Read + Send>> {
        self.plan.step()?;
        let file = self.disk.open(path)?;
        let is_sealed = path.extension().is_some_and(|extension| extension == "age")
            && path.parent().is_some_and(|folder| folder.ends_with("sealed"));
        Ok(if self.turns_bits && is_sealed { Box::new(Turning { file, at: 0 }) } else { file })
    }

    fn open_at_will(&self, path: &Path) -> io::Result<Box<dyn AtWill>> {
        self.plan.step()?;
        self.disk.open_at_will(path)
    }

    fn stamp(&self, path: &Path) -> io::Result<Option<Stamped>> {
        self.plan.step()?;
        self.disk.stamp(path)
    }

    fn extent(&self, path: &Path) -> io::Result<Option<Extent>> {
        self.plan.step()?;
        self.disk.extent(path)
    }

    fn is_link(&self, path: &Path) -> io::Result<bool> {
        self.plan.step()?;
        self.disk.is_link(path)
    }

    fn open_original(&self, path: &Path) -> io::Result<Box<dyn Original>> {
        self.plan.step()?;
        self.disk.open_original(path)
    }

    fn writers(&self, paths: &[&Path]) -> io::Result<Vec<Option<Writer>>> {
        self.plan.step()?;
        self.disk.writers(paths)
    }

    fn open_below(&self, folder: &Path) -> io::Result<Vec<(OsString, Program)>> {
        self.plan.step()?;
        self.disk.open_below(folder)
    }
}

/// Turns a bit well inside the content.
struct Turning {
    file: Box<dyn Read + Send>,
    at: usize,
}

impl Read for Turning {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        const TURNED: usize = 5000;
        let count = self.file.read(into)?;
        if (self.at..self.at + count).contains(&TURNED) {
            into[TURNED - self.at] ^= 1;
        }
        self.at += count;
        Ok(count)
    }
}

struct FailingFile {
    file: Box<dyn NewFile>,
    plan: Arc<Plan>,
}

impl Write for FailingFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.plan.step() {
            Ok(()) => self.file.write(bytes),
            Err(cause) => {
                // A write that a crash cuts leaves its first half.
                self.file.write_all(&bytes[..bytes.len() / 2])?;
                Err(cause)
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl NewFile for FailingFile {
    fn sync(&mut self) -> io::Result<()> {
        self.plan.step()?;
        self.file.sync()
    }
}

struct FailingGrip {
    grip: Box<dyn Grip>,
    plan: Arc<Plan>,
}

impl Grip for FailingGrip {
    fn overwrite(&mut self) -> io::Result<()> {
        self.plan.step()?;
        self.grip.overwrite()
    }
}
