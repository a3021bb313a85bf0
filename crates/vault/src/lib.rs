//! Sealed bytes, keys, viewing copies and watched folders on this machine.
//!
//! [`Vault`] is the one handle: it implements the ports [`Strongroom`](custody_core::ports::Strongroom),
//! [`DropFolders`](custody_core::ports::DropFolders) and [`Signer`](custody_core::ports::Signer), keeps the keys, and holds the desk's lock. This crate is the only code that
//! opens a sealed file, and it has no way to send what it opened: it depends on nothing that speaks to a network.
//!
//! ```no_run
//! # async fn first_run() -> custody_core::ports::PortResult<()> {
//! use custody_vault::{KeyStore, Places, Vault, VaultOptions};
//!
//! let places = Places::of_this_user()?;
//! let vault = match Vault::is_made(&places)? {
//!     true => Vault::open(places, VaultOptions::default()).await?,
//!     false => Vault::create(places, KeyStore::Keychain, "a long passphrase".into(), VaultOptions::default()).await?,
//! };
//! vault.unlock("a long passphrase".into()).await?;
//! # Ok(())
//! # }
//! ```

mod approvers;
mod backup;
mod blocking;
mod chance;
pub mod disk;
mod drop_folders;
mod keys;
mod places;
mod reserve;
mod signing;
mod strongroom;
mod vault;
mod viewing_copy;
mod watch;

pub use backup::{Backup, StateContent, Target};
pub use chance::OsChance;
pub use custody_core::ports::KeyStore;
pub use keys::{
    Key,
    identity::WorkFactor,
    recipient::{NotARecipient, Recipient},
    recovery::{NotAKit, RecoveryKit},
    token::{NotATokenName, TokenName},
};
pub use places::Places;
pub use strongroom::age_stream::{Form, OpenError, Opened, open_age};
pub use vault::{Vault, VaultOptions};
pub use viewing_copy::SafeName;
pub use watch::Changes;
