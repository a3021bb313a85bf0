//! English.

#[cfg(any(target_os = "macos", test))]
use super::Bar;
use super::{Note, Words};

/// English.
pub const EN: Words = Words {
    product: "Custody",
    well: "All is well",
    problem: "Something has stopped; the window says what",
    no_desk: "No desk is open",
    waits: |things| match things {
        1 => "1 thing waits for you".to_owned(),
        many => format!("{many} things wait for you"),
    },
    paused: "Paused: nothing is fetched and no letter goes out",
    open: "Open Custody",
    attention: |things| match things {
        1 => "1 thing waits for you".to_owned(),
        many => format!("{many} things wait for you"),
    },
    nothing_waits: "Nothing waits for you",
    sync: "Sync now",
    pause: "Pause fetching and letters",
    pause_for: |hours| match hours {
        1 => "For an hour".to_owned(),
        24 => "For a day".to_owned(),
        hours => format!("For {hours} hours"),
    },
    resume: "Resume",
    lock: "Lock",
    locked: "Locked; intake and erasure go on",
    quit: "Quit Custody",
    needs_person: Note { title: "Something needs you", body: "It waits in Custody until you have looked." },
    needs_person_more: |things| match things {
        1 => "1 thing needs you".to_owned(),
        many => format!("{many} things need you"),
    },
    removal_asked: Note {
        title: "A customer asked for removal",
        body: "The files are erased unless a hold keeps them.",
    },
    copy_ends: Note {
        title: "A viewing copy is about to end",
        body: "It is erased in a few minutes. Extend it if you still need it.",
    },
    show: "Show",
    #[cfg(any(target_os = "macos", test))]
    bar: Bar {
        edit: "Edit",
        view: "View",
        window: "Window",
        help: "Help",
        close_window: "Close Window",
        what_waits: "What Waits for You",
    },
};
