//! Runs the program on a desk in a folder of its own, beside a practice world in this process.

use std::{
    fmt, fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::Mutex,
};

use custody_practice::{World, WorldOptions, forum::ForumOptions, scenario::Story};
use serde_json::Value;

pub const PASSPHRASE: &str = "correct horse battery staple 7731";
pub const WRONG: &str = "incorrect donkey accumulator 1377";

/// What a run of the program left.
pub struct Ran {
    pub code: i32,
    pub stdout: Vec<u8>,
    pub stderr: String,
}

impl fmt::Debug for Ran {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "code {}\n{}\n{}", self.code, String::from_utf8_lossy(&self.stdout), self.stderr)
    }
}

impl Ran {
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: output.stdout,
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    pub fn text(&self) -> &str {
        str::from_utf8(&self.stdout).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.stdout).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    /// It did what was asked, and had nothing to complain of.
    #[track_caller]
    pub fn done(self) -> Self {
        assert_eq!(self.code, 0, "{self:?}");
        self
    }

    /// It ended with this code and exactly two lines.
    #[track_caller]
    pub fn failed(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:?}");
        assert_eq!(self.stderr.lines().count(), 2, "two lines: {:?}", self.stderr);
        assert!(
            self.stderr.lines().all(|line| line.ends_with('.') || line.ends_with('`') || line.ends_with(')')),
            "{:?}",
            self.stderr
        );
        self
    }
}

/// The program, without a desk and with nothing of this process's surroundings that would change what it does.
pub fn custody(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_custody"));
    command
        .args(arguments)
        .stdin(Stdio::null())
        .env("TZ", "UTC")
        .env_remove("CUSTODY_PASSPHRASE_FILE")
        .env_remove("CUSTODY_HOME");
    command
}

pub fn ran(arguments: &[&str]) -> Ran {
    Ran::of(custody(arguments).output().unwrap())
}

/// A desk in a folder of its own.
pub struct Desk {
    folder: tempfile::TempDir,
    /// Everything the program said, to look for secrets in it.
    said: Mutex<Vec<u8>>,
}

impl Desk {
    /// A place for a desk, with the passphrase in a file.
    pub fn none() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap(), said: Mutex::default() };
        fs::write(desk.path("passphrase"), format!("{PASSPHRASE}\n")).unwrap();
        fs::write(desk.path("wrong"), format!("{WRONG}\n")).unwrap();
        desk
    }

    /// A desk that was just made, without a recovery kit: it takes no file in.
    pub fn bare() -> Self {
        let desk = Self::none();
        desk.run(&["init", "--key-file"]).done();
        desk
    }

    /// A desk that was just made and whose recovery kit is saved.
    pub fn made() -> Self {
        let desk = Self::bare();
        desk.save_kit();
        desk
    }

    /// Makes a recovery kit, writes its words down and shows that they are there. Gives the words.
    pub fn save_kit(&self) -> Vec<String> {
        // By itself: what it says is a secret that is meant to be said.
        let made = self.command(&["recovery", "make", "--json"]).output().unwrap();
        let kit = Ran::of(made).done().json();
        let words: Vec<String> =
            kit["words"].as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect();
        fs::write(self.path("paper"), words.join("\n")).unwrap();
        let paper = self.path("paper").to_str().unwrap().to_owned();
        assert_eq!(self.json(&["recovery", "check", "--kit-file", &paper])["is_current"], true);
        words
    }

    /// A desk that is connected to this world and has taken everything in.
    pub fn at(world: &World) -> Self {
        let desk = Self::made();
        desk.connect(world).done();
        desk.run(&["sync"]).done();
        desk
    }

    /// A path beside the desk's own folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn home(&self) -> PathBuf {
        self.path("desk")
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = custody(arguments);
        command.env("CUSTODY_HOME", self.home()).env("CUSTODY_PASSPHRASE_FILE", self.path("passphrase"));
        command.args(["--as", "Bob"]);
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.remember(self.command(arguments).output().unwrap())
    }

    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Ran {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        self.remember(child.wait_with_output().unwrap())
    }

    pub fn json(&self, arguments: &[&str]) -> Value {
        self.run(&[arguments, &["--json"]].concat()).done().json()
    }

    pub fn connect(&self, world: &World) -> Ran {
        self.connect_with(world, &world.keys.bob)
    }

    pub fn connect_with(&self, world: &World, key: &str) -> Ran {
        let url = world.forum.base_url();
        let arguments = ["connect", "forum", &url, "--user-key", "--identity", "test", "--group", "support"];
        let budget = ["--requests-per-minute", "60000", "--requests-per-day", "1000000", "--key-file", "-"];
        self.run_with_input(&[&arguments[..], &budget[..]].concat(), key)
    }

    /// The ids of the case of this thread and of the file with this name in it.
    pub fn find(&self, title: &str, name: &str) -> (String, String) {
        let cases = self.json(&["cases"]);
        let case = cases.as_array().unwrap().iter().find(|case| case["title"].as_str().unwrap().contains(title));
        let case = case.unwrap_or_else(|| panic!("no case {title}: {cases}"))["id"].as_str().unwrap().to_owned();
        let files = self.json(&["files", "--case", &case]);
        let file = files.as_array().unwrap().iter().find(|file| file["name"] == name);
        (case, file.unwrap_or_else(|| panic!("no file {name}: {files}"))["id"].as_str().unwrap().to_owned())
    }

    /// None of these was said, whatever was asked.
    #[track_caller]
    pub fn never_said(&self, secrets: &[&str]) {
        let said = self.said.lock().unwrap();
        let said = String::from_utf8_lossy(&said);
        assert!(said.len() > 100, "something was said");
        for secret in [&[PASSPHRASE, WRONG], secrets].concat() {
            assert!(!said.contains(secret), "a secret was said: {secret}");
        }
    }

    fn remember(&self, output: Output) -> Ran {
        let mut said = self.said.lock().unwrap();
        said.extend_from_slice(&output.stdout);
        said.extend_from_slice(&output.stderr);
        Ran::of(output)
    }
}

/// The demo's two cases, with a small log. Staff see addresses, so that receipts can go by mail.
pub async fn world() -> World {
    let forum = ForumOptions { moderators_view_emails: true, ..ForumOptions::default() };
    World::start(WorldOptions { story: Story::Demo, log_size: 300_000, forum, ..WorldOptions::default() })
        .await
        .unwrap()
}

/// The bytes of a file of the story, as the customer has them.
pub fn bytes_of(world: &World, name: &str) -> Vec<u8> {
    let files = world.cases.iter().flat_map(|case| &case.files);
    let file = files.into_iter().find(|file| file.name() == name).unwrap();
    file.chunks().flat_map(|chunk| chunk.to_vec()).collect()
}

#[cfg(unix)]
pub fn mode(path: &Path) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path).unwrap().permissions()) & 0o777
}

#[cfg(not(unix))]
pub fn mode(_path: &Path) -> u32 {
    0o600
}
