//! Keys: locking, epochs, signatures, tokens, and the one desk per process.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use std::{path::Path, process::Command};

use custody_core::{
    id::PersonId,
    ports::{ErrorKind, Fault, KeyStore, Signer, Strongroom},
};
use custody_vault::{Places, TokenName, Vault};
use ed25519_dalek::{Signature, Verifier, VerifyingKey, pkcs8::DecodePublicKey};
use secrecy::ExposeSecret;
use support::{NO_LIMIT, PASSPHRASE, Pieces, content, copy, desk, drain, file, opened, options, places, seal};

#[tokio::test]
async fn a_locked_desk_takes_in_rewraps_and_erases_and_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    vault.lock();
    assert!(!vault.is_unlocked());
    let sealed = seal(&vault, file(1), b"one").await;
    vault.make_epoch(2).await.unwrap();
    let wraps = vault.rewrap(sealed.wraps, 2).await.unwrap();
    vault.destroy_epochs_but(2).await.unwrap();

    let error = opened(&vault, file(1), &wraps).await.unwrap_err();
    assert_eq!((error.fault, error.kind), (Fault::Locked, ErrorKind::NeedsPerson));
    let error = vault.make_viewing_copy(copy(1), &"a.txt".into(), &mut Pieces::of(b"x", 1)).await.unwrap_err();
    assert_eq!(error.fault, Fault::Locked);
    assert!(vault.viewing_copies().await.unwrap().is_empty());

    vault.unlock(PASSPHRASE.into()).await.unwrap();
    assert_eq!(opened(&vault, file(1), &wraps).await.unwrap(), b"one");
    vault.lock();
    vault.erase(file(1)).await.unwrap();
}

#[tokio::test]
async fn locking_ends_a_file_that_is_open_and_a_copy_that_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let sealed = seal(&vault, file(1), &content(4_000_000)).await;
    let mut body = vault.open(file(1), sealed.wraps.clone()).await.unwrap();
    assert!(body.next().await.unwrap().is_some());
    vault.lock();
    assert_eq!(body.next().await.unwrap_err().fault, Fault::Locked);
    assert!(body.next().await.unwrap().is_none(), "nothing comes after the error");

    vault.unlock(PASSPHRASE.into()).await.unwrap();
    let body = vault.open(file(1), sealed.wraps).await.unwrap();
    let mut locking = LockingSource { body, vault: vault.clone() };
    let error = vault.make_viewing_copy(copy(1), &"a.bin".into(), &mut locking).await.unwrap_err();
    assert_eq!(error.fault, Fault::Locked);
    assert!(vault.viewing_copies().await.unwrap().is_empty(), "the half copy is gone");
}

/// Locks the desk while the second piece is fetched, and unlocks it again before anybody looks.
struct LockingSource {
    body: Box<dyn custody_core::ports::ByteSource>,
    vault: Vault,
}

#[async_trait::async_trait]
impl custody_core::ports::ByteSource for LockingSource {
    async fn next(&mut self) -> custody_core::ports::PortResult<Option<bytes::Bytes>> {
        let piece = self.body.next().await;
        self.vault.lock();
        self.vault.unlock(PASSPHRASE.into()).await.unwrap();
        piece
    }
}

#[tokio::test]
async fn a_wrong_passphrase_is_said_to_be_wrong_and_unlocks_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    vault.lock();
    let error = vault.unlock("incorrect horse".into()).await.unwrap_err();
    assert_eq!((error.fault, error.kind), (Fault::WrongPassphrase, ErrorKind::NeedsPerson));
    assert!(!vault.is_unlocked());
}

#[tokio::test]
async fn a_changed_passphrase_replaces_the_old_one() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let sealed = seal(&vault, file(1), b"one").await;
    let error = vault.change_passphrase("wrong".into(), "new".into()).await.unwrap_err();
    assert_eq!(error.fault, Fault::WrongPassphrase);
    vault.change_passphrase(PASSPHRASE.into(), "new".into()).await.unwrap();
    vault.lock();
    assert_eq!(vault.unlock(PASSPHRASE.into()).await.unwrap_err().fault, Fault::WrongPassphrase);
    vault.unlock("new".into()).await.unwrap();
    assert_eq!(opened(&vault, file(1), &sealed.wraps).await.unwrap(), b"one");
}

#[tokio::test]
async fn a_desk_without_a_passphrase_is_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let error = Vault::create(places(folder.path()), KeyStore::KeyFile, "".into(), options()).await.unwrap_err();
    assert_eq!((error.fault, error.kind), (Fault::WrongPassphrase, ErrorKind::NotPossible));
    assert!(!Vault::is_made(&places(folder.path())).unwrap());
}

#[tokio::test]
async fn a_damaged_identity_and_an_exchanged_recipient_are_found_at_unlocking() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let identity = vault.places().keys().join("desk-identity.age");
    let whole = std::fs::read_to_string(&identity).unwrap();
    std::fs::write(&identity, &whole[..whole.len() / 2]).unwrap();
    assert_eq!(vault.unlock(PASSPHRASE.into()).await.unwrap_err().fault, Fault::Damaged);
    std::fs::remove_file(&identity).unwrap();
    assert_eq!(vault.unlock(PASSPHRASE.into()).await.unwrap_err().fault, Fault::KeyMissing);
    std::fs::write(&identity, &whole).unwrap();
    vault.unlock(PASSPHRASE.into()).await.unwrap();

    let ours = vault.recipient().to_string();
    drop(vault);
    let note = places(folder.path()).keys().join("desk.json");
    let stranger = age::x25519::Identity::generate().to_public().to_string();
    let exchanged = std::fs::read_to_string(&note).unwrap().replace(&ours, &stranger);
    std::fs::write(&note, exchanged).unwrap();
    let vault = Vault::open(places(folder.path()), options()).await.unwrap();
    assert_eq!(vault.unlock(PASSPHRASE.into()).await.unwrap_err().fault, Fault::Damaged);
}

#[tokio::test]
async fn after_a_rotation_old_wraps_open_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let (one, two) = (seal(&vault, file(1), b"one").await, seal(&vault, file(2), b"two").await);
    let key_file = vault.places().keys().join("keys.json");
    let key_of_epoch_1 = kept(&key_file, "epoch-1");

    vault.make_epoch(2).await.unwrap();
    vault.make_epoch(2).await.unwrap();
    let key_of_epoch_2 = kept(&key_file, "epoch-2");
    let old: Vec<_> = [one.wraps.clone(), two.wraps.clone()].concat();
    let new = vault.rewrap(old.clone(), 2).await.unwrap();
    assert_eq!(vault.epochs().await.unwrap(), [1, 2]);
    assert_eq!(vault.destroy_epochs_but(2).await.unwrap(), [1]);
    assert_eq!(vault.destroy_epochs_but(2).await.unwrap(), [0_i64; 0], "a second time there is nothing to destroy");
    assert_eq!(vault.epochs().await.unwrap(), [2]);

    for (number, content) in [(1, b"one"), (2, b"two")] {
        let of_file = |wraps: &[custody_core::transition::Wrap]| -> Vec<_> {
            wraps.iter().filter(|wrap| wrap.file == file(number)).cloned().collect()
        };
        assert_eq!(opened(&vault, file(number), &of_file(&new)).await.unwrap(), content);
        assert_eq!(opened(&vault, file(number), &of_file(&old)).await.unwrap_err().fault, Fault::KeyMissing);
    }
    assert_ne!(key_of_epoch_1, key_of_epoch_2);
    let text = std::fs::read_to_string(&key_file).unwrap();
    assert!(!text.contains(&key_of_epoch_1) && text.contains(&key_of_epoch_2));
    assert_eq!(vault.seal(file(3), 1, &mut Pieces::of(b"x", 1), NO_LIMIT).await.unwrap_err().fault, Fault::KeyMissing);
}

fn kept(key_file: &Path, name: &str) -> String {
    let content: serde_json::Value = serde_json::from_slice(&std::fs::read(key_file).unwrap()).unwrap();
    content["keys"][name].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_last_epoch_key_is_never_destroyed_for_one_that_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    assert_eq!(vault.destroy_epochs_but(2).await.unwrap_err().fault, Fault::KeyMissing);
    assert_eq!(vault.epochs().await.unwrap(), [1]);
    assert_eq!(vault.rewrap(Vec::new(), 2).await.unwrap_err().fault, Fault::KeyMissing);
}

#[tokio::test]
async fn signatures_verify_with_the_public_key_also_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let (public, pem) = (vault.public_key(), vault.public_key_pem().unwrap());
    let signature = Signature::from_bytes(&vault.sign(b"a receipt").await.unwrap());
    drop(vault);
    let vault = Vault::open(places(folder.path()), options()).await.unwrap();
    assert_eq!(vault.public_key(), public);
    let key = VerifyingKey::from_public_key_pem(&pem).unwrap();
    assert_eq!(key.to_bytes(), public);
    assert!(key.verify(b"a receipt", &signature).is_ok());
    assert!(key.verify(b"another receipt", &signature).is_err());
}

#[tokio::test]
async fn tokens_are_kept_replaced_listed_and_destroyed() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    tokens(&vault).await;
}

async fn tokens(vault: &Vault) {
    let (forum, mail): (TokenName, TokenName) = ("forum-main".parse().unwrap(), "mail-in".parse().unwrap());
    assert!(vault.token(forum.clone()).await.unwrap().is_none());
    vault.keep_token(forum.clone(), "first".into()).await.unwrap();
    vault.keep_token(forum.clone(), "sécond".into()).await.unwrap();
    vault.keep_token(mail.clone(), "password".into()).await.unwrap();
    assert_eq!(vault.token(forum.clone()).await.unwrap().unwrap().expose_secret(), "sécond");
    let mut names = vault.token_names().await.unwrap();
    names.sort();
    assert_eq!(names, [forum.clone(), mail.clone()]);
    vault.destroy_token(forum.clone()).await.unwrap();
    vault.destroy_token(forum.clone()).await.unwrap();
    assert!(vault.token(forum).await.unwrap().is_none());
    assert_eq!(vault.token_names().await.unwrap(), [mail]);
}

#[tokio::test]
async fn the_ledger_key_stays_the_same_and_differs_between_desks() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let key = *desk(here.path()).await.ledger_key().await.unwrap().expose_secret();
    let again = Vault::open(places(here.path()), options()).await.unwrap();
    assert_eq!(*again.ledger_key().await.unwrap().expose_secret(), key);
    assert_ne!(*desk(there.path()).await.ledger_key().await.unwrap().expose_secret(), key);
}

#[tokio::test]
async fn a_key_file_that_was_tampered_with_is_refused_without_showing_it() {
    let folder = tempfile::tempdir().unwrap();
    drop(desk(folder.path()).await);
    let path = places(folder.path()).keys().join("keys.json");
    let whole = std::fs::read_to_string(&path).unwrap();
    for broken in [
        whole.replace("\"version\": 1", "\"version\": 2"),
        whole[..whole.len() / 2].to_owned(),
        format!("{whole}x"),
        String::new(),
    ] {
        std::fs::write(&path, &broken).unwrap();
        let error = Vault::open(places(folder.path()), options()).await.unwrap_err();
        assert_eq!(error.fault, Fault::KeychainTrouble);
        let secret = kept_in(&whole);
        assert!(!format!("{error:?} {error} {:?}", error.source).contains(&secret), "an error text holds a key");
    }
    std::fs::remove_file(&path).unwrap();
    assert_eq!(Vault::open(places(folder.path()), options()).await.unwrap_err().fault, Fault::KeyMissing);
}

fn kept_in(text: &str) -> String {
    let content: serde_json::Value = serde_json::from_str(text).unwrap();
    content["keys"]["ledger"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_desk_is_made_once_and_opened_only_where_one_was_made() {
    let folder = tempfile::tempdir().unwrap();
    let at = places(folder.path());
    assert!(!Vault::is_made(&at).unwrap());
    assert_eq!(Vault::open(at.clone(), options()).await.unwrap_err().fault, Fault::NotFound);
    assert!(!at.root().exists(), "looking for a desk makes none");
    let first = desk(folder.path()).await.desk();
    assert!(Vault::is_made(&at).unwrap());
    let error = Vault::create(at.clone(), KeyStore::KeyFile, PASSPHRASE.into(), options()).await.unwrap_err();
    assert_eq!(error.fault, Fault::Conflict);
    assert_eq!(Vault::open(at, options()).await.unwrap().desk(), first);
}

#[tokio::test]
async fn destroyed_keys_open_nothing_ever_again() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let sealed = seal(&vault, file(1), b"one").await;
    vault.destroy_keys().await.unwrap();
    vault.unlock(PASSPHRASE.into()).await.unwrap();
    assert_eq!(opened(&vault, file(1), &sealed.wraps).await.unwrap_err().fault, Fault::KeyMissing);
    assert!(vault.epochs().await.unwrap().is_empty());
}

/// Runs this test again in a process of its own, which finds the desk in use.
#[tokio::test]
async fn a_second_process_is_told_that_the_desk_is_in_use() {
    const ROOT: &str = "CUSTODY_TEST_DESK_IN_USE";
    if let Some(root) = std::env::var_os(ROOT) {
        let error = Vault::open(Places::under(root).unwrap(), options()).await.unwrap_err();
        assert_eq!((error.fault, error.kind), (Fault::InUse, ErrorKind::NeedsPerson));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let second = || {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "a_second_process_is_told_that_the_desk_is_in_use"])
            .env(ROOT, vault.places().root())
            .output()
            .unwrap()
    };
    let output = second();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    let error = Vault::open(places(folder.path()), options()).await.unwrap_err();
    assert_eq!(error.fault, Fault::InUse, "the same process is no exception");
    let root = places(folder.path());
    drop(vault);
    assert!(Vault::open(root, options()).await.is_ok(), "a desk that was given back is free");
}

/// The whole life of keys in the operating system's keychain, where there is one.
#[tokio::test]
async fn keys_live_in_the_keychain_where_there_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let vault = match Vault::create(places(folder.path()), KeyStore::Keychain, PASSPHRASE.into(), options()).await {
        Ok(vault) => vault,
        Err(error) => {
            // Without a keychain the one thing to be shown is that nothing half-made stays.
            println!("no keychain can be reached here ({:?}): the keychain itself was not tested", error.source);
            assert_eq!((error.fault, error.kind), (Fault::KeychainTrouble, ErrorKind::NeedsPerson));
            assert!(!Vault::is_made(&places(folder.path())).unwrap());
            assert!(std::env::var_os("CUSTODY_KEYCHAIN_REQUIRED").is_none(), "a keychain was promised to this run");
            return;
        }
    };
    println!("a keychain was reached: keys live in it");
    assert_eq!(vault.key_store(), KeyStore::Keychain);
    vault.unlock(PASSPHRASE.into()).await.unwrap();
    let sealed = seal(&vault, file(1), b"one").await;
    tokens(&vault).await;
    vault.make_epoch(2).await.unwrap();
    let wraps = vault.rewrap(sealed.wraps.clone(), 2).await.unwrap();
    assert_eq!(vault.epochs().await.unwrap(), [1, 2]);
    assert_eq!(vault.destroy_epochs_but(2).await.unwrap(), [1]);
    assert_eq!(vault.epochs().await.unwrap(), [2]);
    let ledger_key = *vault.ledger_key().await.unwrap().expose_secret();
    let public = vault.public_key();
    drop(vault);

    let vault = Vault::open(places(folder.path()), options()).await.unwrap();
    assert_eq!(*vault.ledger_key().await.unwrap().expose_secret(), ledger_key);
    assert_eq!(vault.public_key(), public);
    vault.unlock(PASSPHRASE.into()).await.unwrap();
    assert_eq!(opened(&vault, file(1), &wraps).await.unwrap(), b"one");
    assert_eq!(opened(&vault, file(1), &sealed.wraps).await.unwrap_err().fault, Fault::KeyMissing);
    assert!(!vault.places().keys().join("keys.json").exists(), "no key is in a file");
    vault.destroy_keys().await.unwrap();
    assert!(vault.epochs().await.unwrap().is_empty() && vault.token_names().await.unwrap().is_empty());
}

#[tokio::test]
async fn an_open_file_survives_only_the_lock_it_was_opened_under() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let sealed = seal(&vault, file(1), &content(2_000_000)).await;
    let body = vault.open(file(1), sealed.wraps).await.unwrap();
    vault.lock();
    vault.unlock(PASSPHRASE.into()).await.unwrap();
    let (given, end) = drain(body).await;
    assert_eq!(end.unwrap_err().fault, Fault::Locked, "unlocking again revives nothing");
    assert!(given.is_empty());
}

#[tokio::test]
async fn an_approvers_key_opens_with_their_own_passphrase_and_is_gone_when_it_is_destroyed() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let (alice, bob) = (PersonId::from_bytes([1; 16]), PersonId::from_bytes([2; 16]));
    let keys = [
        vault.make_approver(alice, "the passphrase of Alice".into()).await.unwrap(),
        vault.make_approver(bob, "the passphrase of Bob".into()).await.unwrap(),
    ];
    assert_ne!(keys[0], keys[1]);
    // Neither needs the desk unlocked, nor does the desk's passphrase open it.
    vault.lock();
    let sign = async |person, passphrase: &str| {
        let signed = vault.sign_as_approver(person, passphrase.into(), b"what is proposed".to_vec()).await;
        signed.map_err(|error| error.fault)
    };
    let signature = sign(alice, "the passphrase of Alice").await.unwrap();
    let key = VerifyingKey::from_bytes(&keys[0]).unwrap();
    key.verify(b"what is proposed", &Signature::from_bytes(&signature)).unwrap();
    for wrong in ["the passphrase of Bob", PASSPHRASE, ""] {
        assert_eq!(sign(alice, wrong).await, Err(Fault::WrongPassphrase), "{wrong:?}");
    }
    assert_eq!(sign(PersonId::from_bytes([3; 16]), PASSPHRASE).await, Err(Fault::NotAnApprover));

    let path = vault.places().keys().join(format!("approver-{alice}.age"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert!(path.is_file());
    vault.destroy_approver(alice).await.unwrap();
    vault.destroy_approver(alice).await.unwrap();
    assert!(!path.exists());
    assert_eq!(sign(alice, "the passphrase of Alice").await, Err(Fault::NotAnApprover));
    assert!(sign(bob, "the passphrase of Bob").await.is_ok());
}
