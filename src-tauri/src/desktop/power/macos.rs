//! Whether the session is locked on macOS, from what its console says of its users. There is no call for it that needs no
//! `unsafe`, so the system's own tool is asked.

use plist::{Dictionary, Value};

/// Whether nobody can be at the desk: the screen is locked, or somebody else has the console. `None` if it is not known.
#[cfg(target_os = "macos")]
pub async fn is_away() -> Option<bool> {
    use std::os::unix::fs::MetadataExt as _;

    let told = tokio::process::Command::new("/usr/sbin/ioreg").args(["-n", "Root", "-d1", "-a"]).output().await.ok()?;
    // Whoever owns the home folder is whoever we are.
    let home = directories::BaseDirs::new()?.home_dir().metadata().ok()?;
    is_locked(&told.stdout, home.uid())
}

/// Reads the property list that `ioreg -n Root -d1 -a` prints.
fn is_locked(told: &[u8], user: u32) -> Option<bool> {
    let root = Value::from_reader_xml(told).ok()?;
    let users = root.as_dictionary()?.get("IOConsoleUsers")?.as_array()?;
    let is_ours = |session: &&Dictionary| {
        session.get("kCGSSessionUserIDKey").and_then(Value::as_unsigned_integer) == Some(u64::from(user))
    };
    let ours = users.iter().filter_map(Value::as_dictionary).find(is_ours)?;
    let says = |key| ours.get(key).and_then(Value::as_boolean);
    // Only a locked session has the first, and only the one at the console has the other.
    Some(says("CGSSessionScreenIsLocked") == Some(true) || says("kCGSSessionOnConsoleKey") == Some(false))
}

#[cfg(test)]
mod tests {
    use super::is_locked;

    fn told(sessions: &str) -> Vec<u8> {
        let head = r#"<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN"
            "http://www.apple.com/DTDs/PropertyList-1.0.dtd"><plist version="1.0"><dict><key>IOConsoleLocked</key><false/>
            <key>IOConsoleUsers</key><array>"#;
        format!("{head}{sessions}</array></dict></plist>").into_bytes()
    }

    fn session(user: u32, at_console: bool, locked: bool) -> String {
        let locked = if locked { "<key>CGSSessionScreenIsLocked</key><true/>" } else { "" };
        format!(
            "<dict><key>kCGSSessionUserIDKey</key><integer>{user}</integer>{locked}\
             <key>kCGSSessionOnConsoleKey</key><{at_console}/></dict>"
        )
    }

    #[test]
    fn a_locked_session_and_one_that_left_the_console_are_away() {
        assert_eq!(is_locked(&told(&session(501, true, false)), 501), Some(false));
        assert_eq!(is_locked(&told(&session(501, true, true)), 501), Some(true));
        let switched = session(501, false, false) + &session(502, true, false);
        assert_eq!(is_locked(&told(&switched), 501), Some(true), "somebody else is at the console");
        assert_eq!(is_locked(&told(&switched), 502), Some(false));
    }

    #[test]
    fn what_is_not_understood_says_nothing() {
        assert_eq!(is_locked(b"", 501), None);
        assert_eq!(is_locked(b"<plist>", 501), None);
        assert_eq!(is_locked(&told(""), 501), None);
        assert_eq!(is_locked(&told(&session(502, true, true)), 501), None);
    }
}
