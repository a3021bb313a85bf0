//! What customers send, made again from a number whenever it is needed.

use bytes::Bytes;
use custody_practice::{forum::PracticeFile, scenario::canary};

/// A file as its customer has it.
#[derive(Clone)]
pub struct Sent {
    pub name: String,
    pub seed: u64,
    pub size: usize,
}

impl Sent {
    pub fn content(&self) -> Vec<u8> {
        let mut dice = Dice(self.seed);
        let mut content = Vec::with_capacity(self.size + 4096);
        while content.len() < self.size {
            content.extend_from_slice(canary::CONTENT.as_bytes());
            for _ in 0..500 {
                content.extend_from_slice(&dice.next().to_le_bytes());
            }
        }
        content.truncate(self.size);
        content
    }

    pub fn file(&self) -> PracticeFile {
        let sent = self.clone();
        PracticeFile::generated(&self.name, move || Box::new(std::iter::once(Bytes::from(sent.content()))))
    }
}

/// A xorshift: the same on every machine.
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, sides: u64) -> u64 {
        // The low bits of a xorshift are its weakest.
        (self.next() >> 11) % sides
    }
}
