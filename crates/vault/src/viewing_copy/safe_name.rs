//! Names of viewing copies: made of names that customers chose, and harmless.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use custody_core::Private;

/// A file name made of one that a customer chose. It can become a path in one way only: inside a folder.
#[derive(Clone, PartialEq, Eq)]
pub struct SafeName(String);

/// No file system takes less than 143 bytes (an encrypted home); this leaves room for what viewers append.
const LIMIT: usize = 120;
const EXTENSION_LIMIT: usize = 16;

/// What a double click would run, or what runs scripts when shown: these are shown as text.
const RUNNING: &[&str] = &[
    "action",
    "apk",
    "app",
    "appimage",
    "application",
    "appref-ms",
    "bash",
    "bat",
    "bin",
    "chm",
    "cmd",
    "com",
    "command",
    "cpl",
    "crx",
    "csh",
    "deb",
    "desktop",
    "dmg",
    "elf",
    "exe",
    "fish",
    "flatpakref",
    "gadget",
    "hta",
    "htm",
    "html",
    "inf",
    "ins",
    "iso",
    "isp",
    "jar",
    "jnlp",
    "js",
    "jse",
    "ksh",
    "lnk",
    "mht",
    "mhtml",
    "mjs",
    "msc",
    "msh",
    "msi",
    "msp",
    "mst",
    "osx",
    "out",
    "pif",
    "pkg",
    "pl",
    "prg",
    "ps1",
    "psc1",
    "psd1",
    "psm1",
    "py",
    "pyc",
    "pyw",
    "pyz",
    "rb",
    "reg",
    "rpm",
    "run",
    "scf",
    "scpt",
    "scr",
    "sct",
    "settingcontent-ms",
    "sh",
    "shb",
    "shs",
    "shtml",
    "snap",
    "svg",
    "svgz",
    "terminal",
    "tool",
    "url",
    "vb",
    "vbe",
    "vbs",
    "webloc",
    "workflow",
    "ws",
    "wsc",
    "wsf",
    "wsh",
    "xht",
    "xhtml",
    "xll",
    "xsl",
    "xslt",
    "zsh",
];

impl SafeName {
    /// Makes a name without separators, control and direction characters, of bounded length, that no system reserves.
    pub fn of(name: &Private<String>) -> Self {
        let last = name.reveal().rsplit(['/', '\\']).find(|part| !part.trim_matches(['.', ' ']).is_empty());
        let shown: String = last.unwrap_or_default().chars().filter(|sign| is_shown(*sign)).map(plain).collect();
        let mut safe = shown;
        // What one rule changes another may have to look at again: a cut can end in `.exe` or leave a device's name.
        while let Some(changed) = corrected(&safe) {
            safe = changed;
        }
        Self(safe)
    }

    /// The path of a file of this name in `folder`.
    pub fn within(&self, folder: &Path) -> PathBuf {
        folder.join(&self.0)
    }
}

impl fmt::Debug for SafeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The customer's words are still in it.
        f.write_str("SafeName(private)")
    }
}

/// Control characters, and those that are invisible or turn the direction of what follows: `gpj.exe` must not look like
/// `exe.jpg`.
fn is_shown(sign: char) -> bool {
    !sign.is_control()
        && !matches!(sign,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// The name after one round of rules, or `None` if they ask for nothing more. No round makes a name longer than the
/// limit, and the signs that a round adds are never added twice, so the rounds come to an end.
fn corrected(name: &str) -> Option<String> {
    let trimmed = name
        .trim_end_matches(|sign: char| sign.is_whitespace() || sign == '.')
        .trim_start_matches(|sign: char| sign.is_whitespace() || matches!(sign, '.' | '-'));
    let corrected = if trimmed.is_empty() {
        "file".to_owned()
    } else if is_reserved(trimmed) {
        shortened(&format!("_{trimmed}"))
    } else if extension(trimmed).is_some_and(|extension| RUNNING.contains(&extension.to_lowercase().as_str())) {
        shortened(&format!("{trimmed}.txt"))
    } else {
        shortened(trimmed)
    };
    (corrected != name).then_some(corrected)
}

/// Signs that mean something to a file system or a shell on some platform, and white space of every width.
fn plain(sign: char) -> char {
    match sign {
        '<' | '>' | ':' | '"' | '|' | '?' | '*' | '/' | '\\' | '%' | '$' | '`' | '\'' | '~' | '&' | ';' => '_',
        white if white.is_whitespace() => ' ',
        other => other,
    }
}

/// Cut to the limit, the extension kept, and no white space or dot before the cut.
fn shortened(name: &str) -> String {
    if name.len() <= LIMIT {
        return name.to_owned();
    }
    let ending = extension(name).map_or("", |extension| &name[name.len() - extension.len() - 1..]);
    let stem = &name[..name.len() - ending.len()];
    let cut = stem.floor_char_boundary(LIMIT - ending.len());
    format!("{}{ending}", stem[..cut].trim_end_matches(|sign: char| sign.is_whitespace() || sign == '.'))
}

/// What follows the last dot, if it can be an extension.
fn extension(name: &str) -> Option<&str> {
    let (stem, extension) = name.rsplit_once('.')?;
    let fits = !stem.is_empty()
        && (1..=EXTENSION_LIMIT).contains(&extension.len())
        && extension.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-' || sign == '_');
    fits.then_some(extension)
}

/// Device names of Windows, with any extension.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device).is_some_and(|number| {
            let mut signs = number.chars();
            signs.next().is_some_and(|sign| matches!(sign, '0'..='9' | '¹' | '²' | '³')) && signs.next().is_none()
        })
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" | "CLOCK$")
        || numbered("COM")
        || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn safe(name: &str) -> String {
        SafeName::of(&name.into()).0
    }

    #[test]
    fn ordinary_names_stay() {
        for name in
            ["report.docx", "Tagesbericht März.pdf", "見積書.xlsx", "تقرير.pdf", "server log (2).txt", "a.tar.gz"]
        {
            assert_eq!(safe(name), name);
        }
    }

    #[test]
    fn hostile_names_become_harmless() {
        let cases = [
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\x\\secret.txt", "secret.txt"),
            ("..", "file"),
            ("/", "file"),
            ("", "file"),
            ("   ", "file"),
            (".bashrc", "bashrc"),
            ("a\u{202e}fdp.exe", "afdp.exe.txt"),
            ("line\nbreak\0.log", "linebreak.log"),
            ("CON", "_CON"),
            ("nul.txt", "_nul.txt"),
            ("com\u{b9}.log", "_com\u{b9}.log"),
            ("-rf", "rf"),
            ("dump.log. . .", "dump.log"),
            ("page.HTML", "page.HTML.txt"),
            ("a:b.txt", "a_b.txt"),
            ("folder/", "folder"),
            ("what is \u{2003}this?.png", "what is  this_.png"),
        ];
        for (hostile, harmless) in cases {
            assert_eq!(safe(hostile), harmless, "for {hostile:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_extension() {
        let name = safe(&format!("{}.docx", "ü".repeat(400)));
        assert!(name.len() <= LIMIT && name.ends_with("ü.docx"), "{name}");
    }
}
