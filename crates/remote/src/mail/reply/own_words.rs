//! Cuts quoted text from a plain text: what is left are the author's own words.
//!
//! What is cut by mistake could be a customer's request, so a line goes only for a form that mail programs write. What is
//! left by mistake could be our own letter, so every known form goes.

/// The most that is given, in bytes.
const WORDS_MOST: usize = 64 * 1024;
/// The longest line that may introduce a quote, in bytes.
const INTRODUCTION_MOST: usize = 400;

/// "Wrote", as mail programs say it.
const WROTE: [&str; 15] = [
    "wrote",
    "schrieb",
    "escribió",
    "escribio",
    "a écrit",
    "ha scritto",
    "escreveu",
    "schreef",
    "skrev",
    "napisał",
    "написал",
    "пишет",
    "写道",
    "書きました",
    "のメール",
];
/// How a line begins that introduces a quote and runs over several lines.
const INTRODUCES: [&str; 12] = ["On ", "At ", "Am ", "El ", "Le ", "Il ", "Em ", "Op ", "Den ", "W dniu ", "在 ", "20"];
const FROM: [&str; 12] =
    ["from:", "von:", "de:", "da:", "van:", "от:", "fra:", "från:", "od:", "差出人:", "发件人:", "送信者:"];
const OTHERS: [&str; 30] = [
    "sent:",
    "gesendet:",
    "enviado:",
    "enviado el:",
    "envoyé:",
    "inviato:",
    "verzonden:",
    "date:",
    "datum:",
    "fecha:",
    "to:",
    "an:",
    "para:",
    "à:",
    "a:",
    "aan:",
    "cc:",
    "kopie:",
    "subject:",
    "betreff:",
    "asunto:",
    "objet:",
    "oggetto:",
    "onderwerp:",
    "送信日時:",
    "日付:",
    "宛先:",
    "件名:",
    "发送时间:",
    "主题:",
];

/// The author's own words in a text that may quote others.
pub(super) fn own_words(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(|line| line.trim_matches(is_blank)).collect();
    let mut own = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if is_separator(line) || is_signature(line) || is_letter_head(&lines[at..]) {
            break;
        }
        match introduction(&lines[at..]) {
            Some(Introduction { lines: length, marked: true, .. }) => at += length,
            Some(Introduction { sure: true, .. }) => break,
            _ => {
                if !is_quoted(line) && !is_rule(line) {
                    own.push(*line);
                }
                at += 1;
            }
        }
    }
    let mut words = String::new();
    for line in own {
        if line.is_empty() && (words.is_empty() || words.ends_with("\n\n")) {
            continue;
        }
        words.push_str(line);
        words.push('\n');
    }
    words.truncate(words.floor_char_boundary(WORDS_MOST));
    words.trim().to_owned()
}

/// White space, and marks that take no room.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}')
}

fn is_quoted(line: &str) -> bool {
    line.starts_with('>')
}

fn is_rule(line: &str) -> bool {
    line.len() >= 10 && line.bytes().all(|byte| byte == b'_')
}

/// The line before a signature; what follows it is often a notice that asks everybody to delete the mail.
fn is_signature(line: &str) -> bool {
    line == "--"
}

/// `-----Original Message-----`, in any language.
fn is_separator(line: &str) -> bool {
    let inner = line.trim_matches('-');
    line.starts_with("----") && line.ends_with("----") && inner.contains(char::is_alphabetic)
}

/// The head of a quoted letter: `From:` and at least two of its companions in the lines that follow.
fn is_letter_head(lines: &[&str]) -> bool {
    let starts = |line: &str, words: &[&str]| {
        let line = line.trim_start_matches('*').replace('：', ":").replace(" :", ":").to_lowercase();
        words.iter().any(|word| line.starts_with(word))
    };
    let Some((first, rest)) = lines.split_first() else { return false };
    starts(first, &FROM)
        && rest.iter().filter(|line| !line.is_empty()).take(4).filter(|line| starts(line, &OTHERS)).count() >= 2
}

struct Introduction {
    lines: usize,
    /// A quoted line follows.
    marked: bool,
    /// It can be nothing else, even if what follows is not marked as quoted.
    sure: bool,
}

/// `On Monday Carol wrote:`, on up to three lines.
fn introduction(lines: &[&str]) -> Option<Introduction> {
    let mut joined = String::new();
    for (index, line) in lines.iter().take(3).enumerate() {
        if line.is_empty() || is_quoted(line) || joined.len() + line.len() > INTRODUCTION_MOST {
            return None;
        }
        if index > 0 {
            if !INTRODUCES.iter().any(|word| joined.starts_with(word)) {
                return None;
            }
            joined.push(' ');
        }
        joined.push_str(line);
        if joined.ends_with([':', '：']) {
            let wrote = WROTE.iter().any(|word| joined.contains(word));
            let address = joined.contains('@');
            let dated = joined.contains(|c: char| c.is_ascii_digit());
            if !dated || !(wrote || address) {
                return None;
            }
            let next = lines[index + 1..].iter().find(|line| !line.is_empty());
            let marked = next.is_some_and(|line| is_quoted(line));
            let sure =
                (wrote && (address || has_time(&joined))) || (address && joined.contains('<') && has_time(&joined));
            return Some(Introduction { lines: index + 1, marked, sure });
        }
    }
    None
}

/// A time of day such as `10:00`.
fn has_time(text: &str) -> bool {
    text.as_bytes()
        .windows(3)
        .any(|window| window[0].is_ascii_digit() && window[1] == b':' && window[2].is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::own_words;

    #[test]
    fn quotes_of_known_forms_are_cut() {
        let quotes = [
            "On Mon, 1 Mar 2027 at 10:00, Desk <desk@support.example> wrote:\n\n> our letter\n> more",
            "On Mon, 1 Mar 2027 at 10:00, Desk <desk@support.example>\nwrote:\n> our letter",
            "On Mar 1, 2027, at 10:00 AM, Desk wrote:\n\nour letter",
            "Am 01.03.2027 um 10:00 schrieb Desk:\n> our letter",
            "El lun, 1 mar 2027 a las 10:00, Desk (<desk@support.example>) escribió:\n> our letter",
            "Le lun. 1 mars 2027 à 10:00, Desk <desk@support.example> a écrit :\n> our letter",
            "2027年3月1日(月) 10:00 Desk <desk@support.example>:\n> our letter",
            "-----Original Message-----\nour letter",
            "-----Ursprüngliche Nachricht-----\nour letter",
            "---------- Forwarded message ---------\nour letter",
            "________________________________\nFrom: Desk <desk@support.example>\nSent: Monday\nTo: Carol\nSubject: x\n\nour letter",
            "*Von:* Desk\n*Gesendet:* Montag\n*An:* Carol\n*Betreff:* x\n\nour letter",
            "差出人: Desk\n送信日時: 2027年3月1日\n宛先: Carol\n件名: x\n\nour letter",
            "> our letter",
            "-- \nCarol\nour letter",
        ];
        for quote in quotes {
            assert_eq!(own_words(&format!("Yes, confirmed.\n\n{quote}\n")), "Yes, confirmed.", "{quote:?} is quoted");
        }
    }

    #[test]
    fn words_below_and_between_quotes_are_kept() {
        let text = "On Mon, 1 Mar 2027 at 10:00, Desk <desk@support.example> wrote:\n> Is it gone?\n\nNo!\n\n> Sure?\n\nI still see it.";
        assert_eq!(own_words(text), "No!\n\nI still see it.");
    }

    #[test]
    fn a_customers_own_sentences_are_never_taken_for_a_quote() {
        for text in [
            "Please erase the following:\n\nthe log of 3 May",
            "On 3 May I sent you a log. Please remove it.",
            "From: my side everything is fine.",
            "I wrote you on 3 May:\n\nPlease remove the log.",
            "- one\n- two",
        ] {
            assert_eq!(own_words(text), text, "these are own words");
        }
    }
}
