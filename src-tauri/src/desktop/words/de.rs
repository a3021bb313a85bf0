//! German.

#[cfg(any(target_os = "macos", test))]
use super::Bar;
use super::{Note, Words};

/// German.
pub const DE: Words = Words {
    product: "Custody",
    well: "Alles in Ordnung",
    problem: "Etwas steht still; im Fenster steht, was",
    no_desk: "Kein Platz ist geöffnet",
    waits: |things| match things {
        1 => "1 Sache wartet auf Sie".to_owned(),
        many => format!("{many} Sachen warten auf Sie"),
    },
    paused: "Pause: nichts wird abgeholt, kein Brief geht hinaus",
    open: "Custody öffnen",
    attention: |things| match things {
        1 => "1 Sache wartet auf Sie".to_owned(),
        many => format!("{many} Sachen warten auf Sie"),
    },
    nothing_waits: "Nichts wartet auf Sie",
    sync: "Jetzt abgleichen",
    pause: "Abholen und Briefe pausieren",
    pause_for: |hours| match hours {
        1 => "Für eine Stunde".to_owned(),
        24 => "Für einen Tag".to_owned(),
        hours => format!("Für {hours} Stunden"),
    },
    resume: "Fortsetzen",
    lock: "Sperren",
    locked: "Gesperrt; Annahme und Löschung gehen weiter",
    quit: "Custody beenden",
    needs_person: Note { title: "Etwas braucht Sie", body: "Es wartet in Custody, bis Sie es angesehen haben." },
    needs_person_more: |things| match things {
        1 => "1 Sache braucht Sie".to_owned(),
        many => format!("{many} Sachen brauchen Sie"),
    },
    removal_asked: Note {
        title: "Eine Kundin oder ein Kunde bittet um Löschung",
        body: "Die Dateien werden gelöscht, sofern sie nicht angehalten sind.",
    },
    copy_ends: Note {
        title: "Eine Arbeitskopie endet gleich",
        body: "In wenigen Minuten wird sie gelöscht. Verlängern Sie sie, wenn Sie sie noch brauchen.",
    },
    show: "Zeigen",
    #[cfg(any(target_os = "macos", test))]
    bar: Bar {
        edit: "Bearbeiten",
        view: "Darstellung",
        window: "Fenster",
        help: "Hilfe",
        close_window: "Fenster schließen",
        what_waits: "Was auf Sie wartet",
    },
};
