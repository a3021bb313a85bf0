//! What the program says outside of its window, one file for each language. A lock screen shows it too: no name, no title.

mod de;
mod en;

pub use self::{de::DE, en::EN};

/// All of it. What one language lacks does not compile.
#[derive(Debug)]
pub struct Words {
    pub product: &'static str,
    pub well: &'static str,
    pub problem: &'static str,
    pub no_desk: &'static str,
    /// With the number of things.
    pub waits: fn(u64) -> String,
    pub paused: &'static str,
    pub open: &'static str,
    /// With the number of things.
    pub attention: fn(u64) -> String,
    pub nothing_waits: &'static str,
    pub sync: &'static str,
    pub pause: &'static str,
    /// With the number of hours.
    pub pause_for: fn(u32) -> String,
    pub resume: &'static str,
    pub lock: &'static str,
    pub locked: &'static str,
    pub quit: &'static str,
    pub needs_person: Note,
    /// With the number of things.
    pub needs_person_more: fn(u64) -> String,
    pub removal_asked: Note,
    pub copy_ends: Note,
    /// On the button of a notification.
    pub show: &'static str,
    /// Of the menu bar.
    #[cfg(any(target_os = "macos", test))]
    pub bar: Bar,
}

/// The menus of the menu bar, and what stands nowhere else.
#[cfg(any(target_os = "macos", test))]
#[derive(Debug)]
pub struct Bar {
    pub edit: &'static str,
    pub view: &'static str,
    pub window: &'static str,
    pub help: &'static str,
    pub close_window: &'static str,
    pub what_waits: &'static str,
}

/// A notification.
#[derive(Clone, Copy, Debug)]
pub struct Note {
    /// Its first line.
    pub title: &'static str,
    /// What follows.
    pub body: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(words: &Words) -> Vec<(&'static str, String)> {
        let Words {
            product,
            well,
            problem,
            no_desk,
            waits,
            paused,
            open,
            attention,
            nothing_waits,
            sync,
            pause,
            pause_for,
            resume,
            lock,
            locked,
            quit,
            needs_person,
            needs_person_more,
            removal_asked,
            copy_ends,
            show,
            bar: Bar { edit, view, window, help, close_window, what_waits },
        } = words;
        let counted = |say: &fn(u64) -> String| [say(1), say(2)].join("\n");
        let note = |note: &Note| [note.title, note.body].join("\n");
        let plain = |text: &&str| (*text).to_owned();
        vec![
            ("product", plain(product)),
            ("well", plain(well)),
            ("problem", plain(problem)),
            ("no_desk", plain(no_desk)),
            ("waits", counted(waits)),
            ("paused", plain(paused)),
            ("open", plain(open)),
            ("attention", counted(attention)),
            ("nothing_waits", plain(nothing_waits)),
            ("sync", plain(sync)),
            ("pause", plain(pause)),
            ("pause_for", [pause_for(1), pause_for(4), pause_for(24)].join("\n")),
            ("resume", plain(resume)),
            ("lock", plain(lock)),
            ("locked", plain(locked)),
            ("quit", plain(quit)),
            ("needs_person", note(needs_person)),
            ("needs_person_more", counted(needs_person_more)),
            ("removal_asked", note(removal_asked)),
            ("copy_ends", note(copy_ends)),
            ("show", plain(show)),
            ("edit", plain(edit)),
            ("view", plain(view)),
            ("window", plain(window)),
            ("help", plain(help)),
            ("close_window", plain(close_window)),
            ("what_waits", plain(what_waits)),
        ]
    }

    #[test]
    fn each_language_says_everything_in_its_own_words() {
        for ((name, en), (_, de)) in all(&EN).into_iter().zip(all(&DE)) {
            for text in en.lines().chain(de.lines()) {
                assert!(!text.trim().is_empty() && text.len() < 160, "{name}: {text}");
            }
            assert_eq!(en.lines().count(), de.lines().count(), "{name}");
            assert!(en != de || name == "product", "{name} is not translated: {en}");
        }
    }

    #[test]
    fn one_and_many_are_told_apart() {
        for words in [&EN, &DE] {
            for say in [words.waits, words.attention, words.needs_person_more] {
                let (one, many) = (say(1), say(2));
                assert_ne!(one.replace('1', "2"), many, "{one}");
                assert!(many.contains('2'), "{many}");
            }
            assert!((words.pause_for)(1) != (words.pause_for)(4) && (words.pause_for)(4).contains('4'));
        }
    }
}
