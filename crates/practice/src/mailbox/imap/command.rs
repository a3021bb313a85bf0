//! Reads one IMAP command.

use super::{
    fetch::{Item, Section},
    search::Key,
};

/// What a client asks for.
pub(super) enum Command {
    Capability,
    Id,
    Noop,
    Logout,
    StartTls,
    Login { user: String, password: String },
    Authenticate { mechanism: String, initial: Option<String> },
    Select { mailbox: Mailbox, read_only: bool },
    List { word: &'static str, any: bool },
    Status { mailbox: Mailbox, items: Vec<String> },
    Namespace,
    Close,
    Check,
    Idle,
    Fetch(Fetch),
    Search { by: Numbers, key: Key },
    Store { by: Numbers, set: Set, change: Change, silent: bool, flags: Vec<String> },
}

/// The one folder, or any other name.
pub(super) enum Mailbox {
    Inbox,
    Other,
}

/// Which letters, and what of them.
pub(super) struct Fetch {
    pub(super) by: Numbers,
    pub(super) set: Set,
    pub(super) items: Vec<Item>,
}

/// What numbers in a command mean.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbers {
    Sequence,
    Uid,
}

/// How flags are changed.
#[derive(Clone, Copy)]
pub(super) enum Change {
    Replace,
    Add,
    Remove,
}

/// A command that cannot be obeyed.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) tag: Option<String>,
    pub(super) why: &'static str,
}

/// Numbers such as `3,7:*`; `None` is the last one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Set(Vec<(Option<u32>, Option<u32>)>);

impl Set {
    pub(super) fn holds(&self, number: u32, last: u32) -> bool {
        self.0.iter().any(|(a, b)| {
            let (a, b) = (a.unwrap_or(last), b.unwrap_or(last));
            (a.min(b)..=a.max(b)).contains(&number)
        })
    }
}

type Parsed<T> = Result<T, &'static str>;

/// How deep a search may nest.
const DEPTH_MOST: usize = 8;
/// How many things one list may hold.
const LIST_MOST: usize = 1000;

/// The size of the literal that ends this line, and whether the client waits to be told to go on.
pub(super) fn announced_literal(line: &[u8]) -> Option<(usize, bool)> {
    let inner = line.strip_suffix(b"}")?;
    let at = inner.iter().rposition(|byte| *byte == b'{')?;
    let number = &inner[at + 1..];
    let (number, waits) = number.strip_suffix(b"+").map_or((number, true), |number| (number, false));
    Some((std::str::from_utf8(number).ok()?.parse().ok()?, waits))
}

/// Reads a command with its literals in place.
pub(super) fn parse(bytes: &[u8]) -> Result<(String, Command), Wrong> {
    let mut scan = Scan { bytes, at: 0 };
    let tag = scan.atom().map_err(|why| Wrong { tag: None, why })?;
    match command(&mut scan) {
        Ok(command) => Ok((tag, command)),
        Err(why) => Err(Wrong { tag: Some(tag), why }),
    }
}

fn command(scan: &mut Scan<'_>) -> Parsed<Command> {
    scan.space()?;
    let mut name = scan.atom()?.to_ascii_uppercase();
    let by = if name == "UID" { Numbers::Uid } else { Numbers::Sequence };
    if by == Numbers::Uid {
        scan.space()?;
        name = scan.atom()?.to_ascii_uppercase();
    }
    let parsed = match name.as_str() {
        "FETCH" => fetch(scan, by)?,
        "SEARCH" => search(scan, by)?,
        "STORE" => store(scan, by)?,
        _ if by == Numbers::Uid => return Err("UID goes with FETCH, SEARCH or STORE"),
        "CAPABILITY" => Command::Capability,
        "NOOP" => Command::Noop,
        "LOGOUT" => Command::Logout,
        "STARTTLS" => Command::StartTls,
        "NAMESPACE" => Command::Namespace,
        "CLOSE" | "UNSELECT" => Command::Close,
        "CHECK" => Command::Check,
        "IDLE" => Command::Idle,
        "ID" => {
            scan.at = scan.bytes.len();
            Command::Id
        }
        "LOGIN" => Command::Login { user: scan.spaced_text()?, password: scan.spaced_text()? },
        "AUTHENTICATE" => {
            scan.space()?;
            let mechanism = scan.atom()?;
            let initial = if scan.ended() { None } else { Some(scan.spaced_text()?) };
            Command::Authenticate {
                mechanism,
                initial: initial.map(|text| if text == "=" { String::new() } else { text }),
            }
        }
        "SELECT" => Command::Select { mailbox: scan.mailbox()?, read_only: false },
        "EXAMINE" => Command::Select { mailbox: scan.mailbox()?, read_only: true },
        "LIST" | "LSUB" => {
            let word = if name == "LIST" { "LIST" } else { "LSUB" };
            scan.spaced_text()?;
            let pattern = scan.spaced_text()?;
            let any = pattern.contains(['*', '%']) || pattern.eq_ignore_ascii_case("INBOX");
            Command::List { word, any }
        }
        "STATUS" => {
            let mailbox = scan.mailbox()?;
            scan.space()?;
            let items = scan.list(|scan| Ok(scan.atom()?.to_ascii_uppercase()))?;
            Command::Status { mailbox, items }
        }
        _ => return Err("Command not known"),
    };
    if scan.ended() { Ok(parsed) } else { Err("Too much in this command") }
}

fn fetch(scan: &mut Scan<'_>, by: Numbers) -> Parsed<Command> {
    scan.space()?;
    let set = scan.set()?;
    scan.space()?;
    let items = if scan.peek() == Some(b'(') { scan.list(fetch_item)? } else { vec![fetch_item(scan)?] };
    let items = items.into_iter().flatten().collect();
    Ok(Command::Fetch(Fetch { by, set, items }))
}

fn fetch_item(scan: &mut Scan<'_>) -> Parsed<Vec<Item>> {
    let whole = |label: &str, section| Item::Body { label: label.to_owned(), section, peek: false, partial: None };
    Ok(match scan.atom()?.to_ascii_uppercase().as_str() {
        "FLAGS" => vec![Item::Flags],
        "UID" => vec![Item::Uid],
        "INTERNALDATE" => vec![Item::InternalDate],
        "RFC822.SIZE" => vec![Item::Size],
        "FAST" => vec![Item::Flags, Item::InternalDate, Item::Size],
        "RFC822" => vec![whole("RFC822", Section::Whole)],
        "RFC822.TEXT" => vec![whole("RFC822.TEXT", Section::Text)],
        "RFC822.HEADER" => {
            vec![Item::Body { label: "RFC822.HEADER".to_owned(), section: Section::Header, peek: true, partial: None }]
        }
        "BODY" if scan.peek() == Some(b'[') => vec![body(scan, false)?],
        "BODY.PEEK" if scan.peek() == Some(b'[') => vec![body(scan, true)?],
        _ => return Err("That part of a letter is not offered"),
    })
}

fn body(scan: &mut Scan<'_>, peek: bool) -> Parsed<Item> {
    let start = scan.at;
    scan.expect(b'[')?;
    let name = if scan.peek() == Some(b']') { String::new() } else { scan.atom()?.to_ascii_uppercase() };
    let section = match name.as_str() {
        "" => Section::Whole,
        "HEADER" => Section::Header,
        "TEXT" => Section::Text,
        "HEADER.FIELDS" | "HEADER.FIELDS.NOT" => {
            scan.space()?;
            let names = scan.list(|scan| Ok(scan.text()?.to_ascii_lowercase()))?;
            Section::Fields { names, except: name == "HEADER.FIELDS.NOT" }
        }
        _ => return Err("That section of a letter is not offered"),
    };
    scan.expect(b']')?;
    let mut label = format!("BODY{}", String::from_utf8_lossy(&scan.bytes[start..scan.at]));
    let mut partial = None;
    if scan.peek() == Some(b'<') {
        scan.at += 1;
        let from = scan.number()?;
        scan.expect(b'.')?;
        let count = scan.number()?;
        scan.expect(b'>')?;
        label = format!("{label}<{from}>");
        partial = Some((from as usize, count as usize));
    }
    Ok(Item::Body { label, section, peek, partial })
}

fn store(scan: &mut Scan<'_>, by: Numbers) -> Parsed<Command> {
    scan.space()?;
    let set = scan.set()?;
    scan.space()?;
    let (change, silent) = match scan.atom()?.to_ascii_uppercase().as_str() {
        "FLAGS" => (Change::Replace, false),
        "FLAGS.SILENT" => (Change::Replace, true),
        "+FLAGS" => (Change::Add, false),
        "+FLAGS.SILENT" => (Change::Add, true),
        "-FLAGS" => (Change::Remove, false),
        "-FLAGS.SILENT" => (Change::Remove, true),
        _ => return Err("STORE changes FLAGS"),
    };
    scan.space()?;
    let flags = if scan.peek() == Some(b'(') { scan.list(Scan::flag)? } else { vec![scan.flag()?] };
    Ok(Command::Store { by, set, change, silent, flags })
}

fn search(scan: &mut Scan<'_>, by: Numbers) -> Parsed<Command> {
    let start = scan.at;
    scan.space()?;
    if scan.atom().is_ok_and(|word| word.eq_ignore_ascii_case("CHARSET")) {
        let charset = scan.spaced_text()?.to_ascii_uppercase();
        if charset != "UTF-8" && charset != "US-ASCII" {
            return Err("Charset not known");
        }
    } else {
        scan.at = start;
    }
    let mut keys = Vec::new();
    while !scan.ended() {
        scan.space()?;
        keys.push(search_key(scan, 0)?);
        if keys.len() > LIST_MOST {
            return Err("Too long a search");
        }
    }
    if keys.is_empty() { Err("Search for what?") } else { Ok(Command::Search { by, key: Key::All(keys) }) }
}

fn search_key(scan: &mut Scan<'_>, depth: usize) -> Parsed<Key> {
    if depth > DEPTH_MOST {
        return Err("Too deep a search");
    }
    match scan.peek() {
        Some(b'(') => return Ok(Key::All(scan.list(|scan| search_key(scan, depth + 1))?)),
        Some(b'0'..=b'9' | b'*') => return Ok(Key::Sequence(scan.set()?)),
        _ => {}
    }
    let word = scan.atom()?.to_ascii_uppercase();
    if let Some(plain) = word.strip_prefix("UN").and_then(flag_word) {
        return Ok(Key::Not(Box::new(Key::Flag(plain))));
    }
    if let Some(flag) = flag_word(&word) {
        return Ok(Key::Flag(flag));
    }
    if word == "ALL" {
        return Ok(Key::All(Vec::new()));
    }
    scan.space()?;
    Ok(match word.as_str() {
        "UID" => Key::Uid(scan.set()?),
        "NOT" => Key::Not(Box::new(search_key(scan, depth + 1)?)),
        "OR" => {
            let one = search_key(scan, depth + 1)?;
            scan.space()?;
            Key::Either(Box::new(one), Box::new(search_key(scan, depth + 1)?))
        }
        "SINCE" => Key::Since(scan.date()?),
        "BEFORE" => Key::Before(scan.date()?),
        "ON" => Key::On(scan.date()?),
        "LARGER" => Key::Larger(scan.number()? as usize),
        "SMALLER" => Key::Smaller(scan.number()? as usize),
        "FROM" | "TO" | "CC" | "SUBJECT" => Key::Header { name: word.to_ascii_lowercase(), holds: scan.text()? },
        "HEADER" => {
            let name = scan.text()?.to_ascii_lowercase();
            Key::Header { name, holds: scan.spaced_text()? }
        }
        _ => return Err("That search is not offered"),
    })
}

fn flag_word(word: &str) -> Option<&'static str> {
    Some(match word {
        "SEEN" => "\\Seen",
        "ANSWERED" => "\\Answered",
        "FLAGGED" => "\\Flagged",
        "DELETED" => "\\Deleted",
        "DRAFT" => "\\Draft",
        _ => return None,
    })
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn ended(&self) -> bool {
        self.at >= self.bytes.len()
    }

    fn expect(&mut self, byte: u8) -> Parsed<()> {
        if self.peek() != Some(byte) {
            return Err("Cannot read that");
        }
        self.at += 1;
        Ok(())
    }

    fn space(&mut self) -> Parsed<()> {
        self.expect(b' ')
    }

    fn take_while(&mut self, wanted: impl Fn(u8) -> bool) -> Parsed<String> {
        let start = self.at;
        while self.peek().is_some_and(&wanted) {
            self.at += 1;
        }
        if self.at == start {
            return Err("Something is missing");
        }
        Ok(String::from_utf8_lossy(&self.bytes[start..self.at]).into_owned())
    }

    fn atom(&mut self) -> Parsed<String> {
        self.take_while(|byte| byte > b' ' && byte != 0x7f && !b"(){}[]<>\"\\".contains(&byte))
    }

    fn flag(&mut self) -> Parsed<String> {
        let system = self.peek() == Some(b'\\');
        if system {
            self.at += 1;
        }
        let name = self.atom()?;
        if !system {
            return Ok(name);
        }
        let known = flag_word(&name.to_ascii_uppercase()).ok_or("Flag not known")?;
        Ok(known.to_owned())
    }

    fn number(&mut self) -> Parsed<u32> {
        self.take_while(|byte| byte.is_ascii_digit())?.parse().map_err(|_| "Too large a number")
    }

    fn set(&mut self) -> Parsed<Set> {
        let mut ranges = Vec::new();
        loop {
            let first = self.set_number()?;
            let second = if self.peek() == Some(b':') {
                self.at += 1;
                self.set_number()?
            } else {
                first
            };
            ranges.push((first, second));
            if ranges.len() > LIST_MOST {
                return Err("Too many numbers");
            }
            if self.peek() != Some(b',') {
                return Ok(Set(ranges));
            }
            self.at += 1;
        }
    }

    fn set_number(&mut self) -> Parsed<Option<u32>> {
        if self.peek() == Some(b'*') {
            self.at += 1;
            return Ok(None);
        }
        self.number().map(Some)
    }

    fn list<T>(&mut self, mut one: impl FnMut(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> {
        self.expect(b'(')?;
        let mut items = Vec::new();
        while self.peek() != Some(b')') {
            if !items.is_empty() {
                self.space()?;
            }
            items.push(one(self)?);
            if items.len() > LIST_MOST {
                return Err("Too long a list");
            }
        }
        self.expect(b')')?;
        Ok(items)
    }

    fn mailbox(&mut self) -> Parsed<Mailbox> {
        let name = self.spaced_text()?;
        Ok(if name.eq_ignore_ascii_case("INBOX") { Mailbox::Inbox } else { Mailbox::Other })
    }

    fn spaced_text(&mut self) -> Parsed<String> {
        self.space()?;
        self.text()
    }

    /// An atom, a quoted text or a literal.
    fn text(&mut self) -> Parsed<String> {
        match self.peek() {
            Some(b'"') => self.quoted(),
            Some(b'{') => self.literal(),
            _ => self.take_while(|byte| byte > b' ' && byte != 0x7f && !b"(){}\"\\".contains(&byte)),
        }
    }

    fn quoted(&mut self) -> Parsed<String> {
        self.expect(b'"')?;
        let mut text = Vec::new();
        loop {
            let byte = self.peek().ok_or("A quote is open")?;
            self.at += 1;
            match byte {
                b'"' => return String::from_utf8(text).map_err(|_| "No UTF-8"),
                b'\\' => {
                    text.push(self.peek().ok_or("A quote is open")?);
                    self.at += 1;
                }
                b'\r' | b'\n' => return Err("A quote is open"),
                byte => text.push(byte),
            }
        }
    }

    fn literal(&mut self) -> Parsed<String> {
        self.expect(b'{')?;
        let size = self.number()? as usize;
        if self.peek() == Some(b'+') {
            self.at += 1;
        }
        for byte in *b"}\r\n" {
            self.expect(byte)?;
        }
        let bytes = self.bytes.get(self.at..self.at + size).ok_or("A literal is too short")?;
        self.at += size;
        String::from_utf8(bytes.to_vec()).map_err(|_| "No UTF-8")
    }

    fn date(&mut self) -> Parsed<jiff::civil::Date> {
        let text = self.text()?;
        jiff::civil::Date::strptime("%d-%b-%Y", text).map_err(|_| "No date")
    }
}

#[cfg(test)]
mod tests {
    use super::{Command, Numbers, Scan, Set, announced_literal, parse};

    #[test]
    fn sets_hold_what_they_say() {
        let set = |text: &str| Scan { bytes: text.as_bytes(), at: 0 }.set().unwrap();
        assert_eq!(set("3"), Set(vec![(Some(3), Some(3))]));
        assert!(set("2,4:*").holds(9, 9));
        assert!(!set("2,4:*").holds(3, 9));
        assert!(set("12:*").holds(9, 9), "the last letter is always in n:*");
    }

    #[test]
    fn literals_stand_for_texts() {
        let (tag, command) = parse(b"a LOGIN {4}\r\ndesk {3+}\r\na b").unwrap();
        assert_eq!(tag, "a");
        assert!(matches!(command, Command::Login { user, password } if user == "desk" && password == "a b"));
        assert_eq!(announced_literal(b"a LOGIN {4}"), Some((4, true)));
        assert_eq!(announced_literal(b"a LOGIN x {12+}"), Some((12, false)));
        assert_eq!(announced_literal(b"a LOGIN \"{x}\""), None);
    }

    #[test]
    fn a_fetch_keeps_its_labels() {
        let (_, command) = parse(b"7 UID FETCH 1:* (UID BODY.PEEK[HEADER.FIELDS (From)]<0.5>)").unwrap();
        let Command::Fetch(fetch) = command else { panic!("it is a FETCH") };
        assert!(fetch.by == Numbers::Uid);
        assert_eq!(fetch.items.len(), 2);
    }

    #[test]
    fn wrong_commands_are_answered_with_their_tag() {
        for wrong in
            ["a", "a ", "a FETCH", "a UID LOGIN x y", "a LOGIN \"x", "a SEARCH", "a FETCH 1 (BODY[1.2])", "a NOOP x"]
        {
            assert!(parse(wrong.as_bytes()).is_err(), "{wrong:?} is wrong");
        }
        let deep = format!("a SEARCH {}ALL", "NOT ".repeat(20));
        assert_eq!(parse(deep.as_bytes()).err().unwrap().tag.as_deref(), Some("a"));
    }
}
