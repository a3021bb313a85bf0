//! The recovery kit that must be saved before the first file comes in: shown once, and asked back.

use std::{
    fmt,
    sync::{Mutex, PoisonError},
};

use custody_core::{
    Private,
    event::EventKind,
    flow::first_file,
    ports::{Chance as _, Fault, PortError},
};
use custody_vault::{OsChance, Recipient, RecoveryKit};

use super::Desk;
use crate::{
    Result,
    views::{KitStanding, KitWordsView},
};

/// How many of the words are asked back.
const ASKED: usize = 3;
/// How many words a kit has.
const WORDS: usize = 24;

/// A kit that is being shown, until it was shown to be saved or the desk is locked.
#[derive(Default)]
pub(super) struct Shown(Mutex<Option<ShownKit>>);

struct ShownKit {
    kit: RecoveryKit,
    /// Which words are asked back, counted from nought. Nothing, if the kit was sealed for somebody.
    asked: Vec<usize>,
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shown").finish_non_exhaustive()
    }
}

impl Shown {
    fn put(&self, shown: Option<ShownKit>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = shown;
    }

    /// Forgets it.
    pub(super) fn clear(&self) {
        self.put(None);
    }
}

impl Desk {
    /// Whether there is a recovery kit, and whether a person has shown that they saved it.
    pub async fn kit_standing(&self) -> Result<KitStanding> {
        let Some(recipient) = self.recovery_recipient() else { return Ok(KitStanding::None) };
        let saved = first_file::saved_kit(&self.wired().ports).await?;
        Ok(if saved == Some(recipient) { KitStanding::Saved } else { KitStanding::Made })
    }

    /// Makes a recovery kit in the place of an earlier one, to be written down now, and says which of its words will be asked
    /// back. Needs the desk unlocked.
    pub async fn show_new_kit(&self) -> Result<KitWordsView> {
        let kit = self.make_recovery_kit().await?;
        let text = kit.words()?;
        let words = text.reveal().split(' ').map(str::to_owned).collect();
        let asked = some_places(&OsChance.id_bytes()?);
        let view = KitWordsView { words, asked: asked.iter().map(|place| *place as u32 + 1).collect() };
        self.0.shown_kit.put(Some(ShownKit { kit, asked }));
        Ok(view)
    }

    /// Whether these are the words that were asked for of the kit that was shown. Then it counts as saved, is forgotten here,
    /// and files may come in.
    ///
    /// # Errors
    /// [`Fault::NoRecoveryKit`] if none is being shown.
    pub async fn answer_kit_words(&self, words: &[Private<String>]) -> Result<bool> {
        let recipient = {
            let shown = self.0.shown_kit.0.lock().unwrap_or_else(PoisonError::into_inner);
            let shown = shown.as_ref().filter(|shown| !shown.asked.is_empty()).ok_or_else(no_kit)?;
            let text = shown.kit.words()?;
            let all: Vec<&str> = text.reveal().split(' ').collect();
            let right = shown.asked.len() == words.len()
                && shown.asked.iter().zip(words).all(|(place, typed)| all[*place] == plain(typed.reveal()));
            if !right {
                return Ok(false);
            }
            shown.kit.recipient().to_string()
        };
        self.kit_is_saved(recipient, false).await?;
        Ok(true)
    }

    /// Makes a recovery kit in the place of an earlier one, sealed so that this age recipient alone can open it. The text is
    /// to be given to them; [`Desk::kit_was_handed_over`] says that it was. Needs the desk unlocked.
    pub async fn seal_new_kit(&self, escrow: &Recipient) -> Result<String> {
        let kit = self.make_recovery_kit().await?;
        let sealed = kit.sealed_for(escrow)?;
        self.0.shown_kit.put(Some(ShownKit { kit, asked: Vec::new() }));
        Ok(String::from_utf8_lossy(&sealed).into_owned())
    }

    /// A person says that the sealed kit is in the hands of whoever can open it. The record says who said so.
    ///
    /// # Errors
    /// [`Fault::NoRecoveryKit`] if none was sealed.
    pub async fn kit_was_handed_over(&self) -> Result<()> {
        let recipient = {
            let shown = self.0.shown_kit.0.lock().unwrap_or_else(PoisonError::into_inner);
            let shown = shown.as_ref().filter(|shown| shown.asked.is_empty()).ok_or_else(no_kit)?;
            shown.kit.recipient().to_string()
        };
        self.kit_is_saved(recipient, true).await
    }

    /// Whether this kit, typed in whole, is the one for which this desk seals. Then it counts as saved.
    pub async fn confirm_recovery_kit(&self, kit: &RecoveryKit) -> Result<bool> {
        let is_current = self.is_recovery_kit(kit);
        if is_current && self.kit_standing().await? != KitStanding::Saved {
            self.kit_is_saved(kit.recipient().to_string(), false).await?;
        }
        Ok(is_current)
    }

    /// A kit that was sealed into a file for somebody else counts as saved: it can be given away, and not be read here.
    pub async fn kit_was_sealed(&self, kit: &RecoveryKit) -> Result<()> {
        self.kit_is_saved(kit.recipient().to_string(), true).await
    }

    async fn kit_is_saved(&self, recipient: String, sealed: bool) -> Result<()> {
        self.note(EventKind::RecoveryKitSaved { recipient: recipient.clone(), sealed }).await?;
        first_file::note_saved_kit(&self.wired().ports, &recipient).await?;
        self.0.shown_kit.clear();
        // What waited for it comes in now.
        self.wake();
        Ok(())
    }
}

/// Places in a kit that differ, in order.
fn some_places(random: &[u8]) -> Vec<usize> {
    let mut places = Vec::new();
    // Behind them any will do: sixteen bytes that hold fewer than three places are one in very many.
    for place in random.iter().map(|byte| usize::from(*byte) % WORDS).chain(0..WORDS) {
        if places.len() < ASKED && !places.contains(&place) {
            places.push(place);
        }
    }
    places.sort_unstable();
    places
}

/// A word as people type it.
fn plain(typed: &str) -> String {
    typed.trim().to_lowercase()
}

fn no_kit() -> PortError {
    PortError::needs_person(Fault::NoRecoveryKit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_different_words_are_asked_whatever_chance_gives() {
        for random in [[0_u8; 16], [23; 16], [1, 1, 1, 2, 26, 26, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]] {
            let places = some_places(&random);
            assert_eq!(places.len(), ASKED, "{places:?}");
            assert!(places.windows(2).all(|two| two[0] < two[1]) && places.iter().all(|place| *place < WORDS));
        }
    }
}
