//! The recovery kit: an identity of its own that opens backups, written down as words or sealed for somebody else.

use std::{fmt, io::Write as _, iter, str::FromStr as _};

use age::armor::{ArmoredWriter, Format};
use bech32::{Bech32, Hrp};
use bip39::{Language, Mnemonic};
use custody_core::{
    Private,
    ports::{Fault, PortError, PortResult},
};
use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use super::recipient::Recipient;

const IDENTITY_HRP: &str = "age-secret-key-";
const IDENTITY_MARK: &str = "AGE-SECRET-KEY-1";

/// What opens backups, and every file's key with them. It is shown or written once, and kept nowhere on this machine.
pub struct RecoveryKit(age::x25519::Identity);

impl fmt::Debug for RecoveryKit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RecoveryKit").field(&Recipient::of(&self.0)).finish()
    }
}

/// A text that is no recovery kit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a recovery kit is 24 words, or a line that begins with AGE-SECRET-KEY-1")]
pub struct NotAKit;

impl RecoveryKit {
    /// A new one.
    pub fn make() -> Self {
        Self(age::x25519::Identity::generate())
    }

    /// Reads 24 words (BIP 39, English), or the identity as `age` writes it; other lines around it are left out.
    ///
    /// # Errors
    /// [`NotAKit`]; a mistyped word is noticed by the checksum in the last one.
    pub fn read(text: &SecretString) -> Result<Self, NotAKit> {
        let text = text.expose_secret();
        if let Some(line) = text.lines().map(str::trim).find(|line| line.starts_with(IDENTITY_MARK)) {
            return line.parse().map(Self).map_err(|_| NotAKit);
        }
        // People write numbers before words, commas between them, and capitals.
        let words: Vec<_> = text
            .split(|letter: char| !letter.is_ascii_alphabetic())
            .filter(|word| !word.is_empty())
            .map(str::to_ascii_lowercase)
            .collect();
        let words = Zeroizing::new(words.join(" "));
        let mnemonic = Mnemonic::parse_in_normalized(Language::English, &words).map_err(|_| NotAKit)?;
        let entropy = Zeroizing::new(mnemonic.to_entropy());
        identity_of(&entropy).map(Self).ok_or(NotAKit)
    }

    /// The same kit once more.
    pub fn again(&self) -> Self {
        Self(self.0.clone())
    }

    /// For whom files and backups are sealed with it.
    pub fn recipient(&self) -> Recipient {
        Recipient::of(&self.0)
    }

    /// Its 24 words, to be written down.
    pub fn words(&self) -> PortResult<Private<String>> {
        let wrong = || PortError::not_possible(Fault::KeychainTrouble);
        let text = self.0.to_string();
        let (_, bytes) = bech32::decode(text.expose_secret()).map_err(|cause| wrong().because(cause))?;
        let bytes = Zeroizing::new(bytes);
        let mnemonic = Mnemonic::from_entropy_in(Language::English, &bytes).map_err(|cause| wrong().because(cause))?;
        Ok(Private::new(mnemonic.to_string()))
    }

    /// The kit as an armored age file that this recipient alone opens; inside is the identity as `age` reads it.
    pub fn sealed_for(&self, escrow: &Recipient) -> PortResult<Vec<u8>> {
        let encryptor = age::Encryptor::with_recipients(iter::once(escrow.as_age() as &dyn age::Recipient))
            .map_err(|cause| PortError::not_possible(Fault::KeychainTrouble).because(cause))?;
        let written = (|| {
            let armor = ArmoredWriter::wrap_output(Vec::new(), Format::AsciiArmor)?;
            let mut writer = encryptor.wrap_output(armor)?;
            writer.write_all(self.0.to_string().expose_secret().as_bytes())?;
            writer.write_all(b"\n")?;
            writer.finish()?.finish()
        })();
        written.map_err(|cause| PortError::not_possible(Fault::KeychainTrouble).because(cause))
    }

    pub(crate) const fn identity(&self) -> &age::x25519::Identity {
        &self.0
    }
}

fn identity_of(entropy: &[u8]) -> Option<age::x25519::Identity> {
    if entropy.len() != 32 {
        return None;
    }
    let text = bech32::encode::<Bech32>(Hrp::parse(IDENTITY_HRP).ok()?, entropy).ok().map(Zeroizing::new)?;
    age::x25519::Identity::from_str(&text.to_ascii_uppercase()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kit_survives_its_words_however_they_are_typed() {
        let kit = RecoveryKit::make();
        let words = kit.words().unwrap();
        let plain = words.reveal().clone();
        assert_eq!(plain.split(' ').count(), 24);
        let numbered: String =
            plain.split(' ').enumerate().map(|(at, word)| format!("{}. {}\n", at + 1, word.to_uppercase())).collect();
        for typed in [plain.clone(), format!("  {plain}\n"), plain.replace(' ', ", "), numbered] {
            let read = RecoveryKit::read(&SecretString::from(typed)).unwrap();
            assert_eq!(read.recipient(), kit.recipient());
        }
    }

    #[test]
    fn a_wrong_word_is_noticed() {
        let words = RecoveryKit::make().words().unwrap();
        let mut list: Vec<_> = words.reveal().split(' ').collect();
        list[7] = if list[7] == "zebra" { "zoo" } else { "zebra" };
        let swapped = SecretString::from(list.join(" "));
        // One in 256 wrong words fits the checksum by chance: then it is another kit, and not this one.
        if let Ok(other) = RecoveryKit::read(&swapped) {
            let kit = RecoveryKit::read(&SecretString::from(words.reveal().clone())).unwrap();
            assert_ne!(other.recipient(), kit.recipient());
        }
        for text in ["", "zebra zebra", "AGE-SECRET-KEY-1", &list[..23].join(" ")] {
            assert!(RecoveryKit::read(&SecretString::from(text)).is_err(), "{text:?} is no kit");
        }
    }

    #[test]
    fn a_kit_in_escrow_is_opened_by_its_recipient_with_age() {
        let (kit, escrow) = (RecoveryKit::make(), age::x25519::Identity::generate());
        let sealed = kit.sealed_for(&Recipient::of(&escrow)).unwrap();
        let opened = age::decrypt(&escrow, &sealed).unwrap();
        let read = RecoveryKit::read(&SecretString::from(String::from_utf8(opened).unwrap())).unwrap();
        assert_eq!(read.recipient(), kit.recipient());
    }
}
