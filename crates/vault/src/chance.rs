//! Randomness from the operating system.

use custody_core::ports::{Chance, Fault, PortError, PortResult};

/// The operating system's random number generator, as the port [`Chance`].
#[derive(Clone, Copy, Debug, Default)]
pub struct OsChance;

impl Chance for OsChance {
    fn id_bytes(&self) -> PortResult<[u8; 16]> {
        random()
    }
}

/// Random bytes. Without them nothing can be sealed, so a failure is a matter of keys.
pub(crate) fn random<const N: usize>() -> PortResult<[u8; N]> {
    let mut bytes = [0; N];
    fill(&mut bytes)?;
    Ok(bytes)
}

/// Fills a buffer with random bytes.
pub(crate) fn fill(bytes: &mut [u8]) -> PortResult<()> {
    getrandom::fill(bytes).map_err(|cause| PortError::needs_person(Fault::KeychainTrouble).because(cause.to_string()))
}
