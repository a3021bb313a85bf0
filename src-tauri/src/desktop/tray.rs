//! The tray: how the desk stands at a glance, and what one does without the window. Shapes tell it, not colours alone.

#[cfg(not(target_os = "linux"))]
mod elsewhere;
#[cfg(target_os = "linux")]
mod linux;

use tauri::image::Image;

#[cfg(not(target_os = "linux"))]
pub use self::elsewhere::Tray;
#[cfg(target_os = "linux")]
pub use self::linux::Tray;
use super::{
    Words,
    glance::{Condition, Glance},
    orders::{Order, PAUSES},
};

/// One line of the tray's menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Something to choose, or to read only.
    Entry {
        /// What it says.
        label: String,
        /// What it does.
        order: Order,
        /// Whether it can be chosen now.
        enabled: bool,
    },
    /// A menu below it.
    Menu {
        /// What it says.
        label: String,
        /// Its lines.
        entries: Vec<(String, Order)>,
    },
    /// A rule between them.
    Rule,
}

/// The menu of the tray.
pub fn menu(glance: &Glance, words: &Words) -> Vec<Line> {
    let entry = |label: &str, order, enabled| Line::Entry { label: label.to_owned(), order, enabled };
    let attention = match glance.waiting {
        0 => entry(words.nothing_waits, Order::Attention, false),
        things => entry(&(words.attention)(things), Order::Attention, true),
    };
    let pause = if glance.paused {
        entry(words.resume, Order::Resume, true)
    } else {
        let entries = PAUSES.map(|hours| ((words.pause_for)(hours), Order::Pause(hours)));
        Line::Menu { label: words.pause.to_owned(), entries: entries.into() }
    };
    let mut lines = vec![entry(words.open, Order::Open, true)];
    if glance.open {
        lines.extend([attention, Line::Rule, entry(words.sync, Order::Sync, true), pause]);
        lines.extend([entry(words.lock, Order::Lock, glance.unlocked)]);
    }
    lines.extend([Line::Rule, entry(words.quit, Order::Quit, true)]);
    lines
}

/// How the desk stands in words.
pub fn says(glance: &Glance, words: &Words) -> String {
    let stands = match glance.condition {
        Condition::Problem => words.problem.to_owned(),
        Condition::Waits => (words.waits)(glance.waiting),
        Condition::Paused => words.paused.to_owned(),
        Condition::Well if !glance.open => words.no_desk.to_owned(),
        Condition::Well => words.well.to_owned(),
    };
    if glance.open && !glance.unlocked { format!("{stands}. {}", words.locked) } else { stands }
}

/// The icons of a condition, in all sizes of this system.
#[cfg(not(target_os = "macos"))]
pub fn icons(condition: Condition) -> &'static [Image<'static>] {
    macro_rules! icons {
        ($($file:literal,)*) => {
            {
                static ALL: [Image<'static>; 5] = [$(tauri::include_image!($file)),*];
                &ALL
            }
        };
    }
    match condition {
        Condition::Well => icons![
            "../icons/tray/well-16.png",
            "../icons/tray/well-22.png",
            "../icons/tray/well-24.png",
            "../icons/tray/well-32.png",
            "../icons/tray/well-44.png",
        ],
        Condition::Waits => icons![
            "../icons/tray/waits-16.png",
            "../icons/tray/waits-22.png",
            "../icons/tray/waits-24.png",
            "../icons/tray/waits-32.png",
            "../icons/tray/waits-44.png",
        ],
        Condition::Paused => icons![
            "../icons/tray/paused-16.png",
            "../icons/tray/paused-22.png",
            "../icons/tray/paused-24.png",
            "../icons/tray/paused-32.png",
            "../icons/tray/paused-44.png",
        ],
        Condition::Problem => icons![
            "../icons/tray/problem-16.png",
            "../icons/tray/problem-22.png",
            "../icons/tray/problem-24.png",
            "../icons/tray/problem-32.png",
            "../icons/tray/problem-44.png",
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{DE, EN},
        *,
    };

    const OPEN: Glance = Glance { open: true, unlocked: true, ..Glance::NO_DESK };

    fn orders(glance: &Glance) -> Vec<Order> {
        let of = |line: Line| match line {
            Line::Entry { order, enabled: true, .. } => vec![order],
            Line::Menu { entries, .. } => entries.into_iter().map(|(_, order)| order).collect(),
            Line::Entry { .. } | Line::Rule => Vec::new(),
        };
        menu(glance, &EN).into_iter().flat_map(of).collect()
    }

    #[test]
    fn the_menu_offers_what_can_be_done_now() {
        let pauses = PAUSES.map(Order::Pause);
        let mut well = vec![Order::Open, Order::Sync];
        well.extend(pauses);
        well.extend([Order::Lock, Order::Quit]);
        assert_eq!(orders(&OPEN), well);
        let paused = orders(&Glance { paused: true, waiting: 2, unlocked: false, ..OPEN });
        assert_eq!(paused, [Order::Open, Order::Attention, Order::Sync, Order::Resume, Order::Quit]);
        assert_eq!(orders(&Glance::NO_DESK), [Order::Open, Order::Quit]);
    }

    #[test]
    fn it_says_how_the_desk_stands_in_the_language_of_the_window() {
        let waits = Glance { condition: Condition::Waits, waiting: 2, ..OPEN };
        assert_eq!(says(&waits, &EN), "2 things wait for you");
        assert_eq!(says(&waits, &DE), "2 Sachen warten auf Sie");
        assert_eq!(says(&Glance { unlocked: false, ..OPEN }, &EN), "All is well. Locked; intake and erasure go on");
        assert_eq!(says(&Glance::NO_DESK, &EN), "No desk is open");
    }

    #[test]
    #[cfg(not(target_os = "macos"))]
    fn each_condition_has_a_shape_of_its_own_in_every_size() {
        let conditions = [Condition::Well, Condition::Waits, Condition::Paused, Condition::Problem];
        for (size, place) in [16, 22, 24, 32, 44].into_iter().zip(0..) {
            let shapes: std::collections::BTreeSet<Vec<bool>> = conditions
                .iter()
                .map(|condition| {
                    let icon = &icons(*condition)[place];
                    assert_eq!((icon.width(), icon.height()), (size, size));
                    // Without any colour: where something is drawn, and how light it is there.
                    icon.rgba()
                        .chunks(4)
                        .map(|it| it[3] > 127 && it[..3].iter().map(|part| u32::from(*part)).sum::<u32>() > 420)
                        .collect()
                })
                .collect();
            assert_eq!(shapes.len(), conditions.len(), "at {size} pixels each is told apart without colours");
        }
    }
}
