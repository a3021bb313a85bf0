//! The real `age` program opens what the vault sealed, and the vault opens what it sealed.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use std::{
    io::Write,
    process::{Command, Stdio},
};

use custody_vault::{Form, open_age};
use secrecy::ExposeSecret;
use support::{content, desk, file, seal};

fn age() -> Command {
    let program = std::env::var_os("CUSTODY_AGE").unwrap_or_else(|| "age".into());
    let version = Command::new(&program).arg("--version").output();
    assert!(version.is_ok(), "the age program is needed here: install the package `age`, or name it in CUSTODY_AGE");
    Command::new(program)
}

#[tokio::test]
async fn the_age_program_opens_a_sealed_file_with_its_identity() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    for (number, size) in [0, 1, 65_536, 65_537, 1_000_000].into_iter().enumerate() {
        let (id, original) = (file(number as u8), content(size));
        let sealed = seal(&vault, id, &original).await;
        let identity = vault.file_identity(id, sealed.wraps).await.unwrap();
        let identity_file = folder.path().join("identity");
        std::fs::write(&identity_file, identity.expose_secret()).unwrap();
        let path = vault.places().sealed().join(format!("{id}.age"));
        let output = age().args(["--decrypt", "--identity"]).arg(&identity_file).arg(path).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stdout == original, "{size} bytes came back changed");
    }
}

#[test]
fn the_vault_opens_what_the_age_program_sealed() {
    let identity = age::x25519::Identity::generate();
    let original = content(200_000);
    for (form, flag) in [(Form::Binary, None), (Form::Armored, Some("--armor"))] {
        let mut child = age()
            .args(["--encrypt", "--recipient", &identity.to_public().to_string()])
            .args(flag)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let written = original.clone();
        let writing = std::thread::spawn(move || stdin.write_all(&written).unwrap());
        let output = child.wait_with_output().unwrap();
        writing.join().unwrap();
        let mut opened = open_age(&output.stdout[..], form, &[&identity]).unwrap();
        assert!(opened.piece(1 << 20).unwrap().unwrap() == original, "{form:?}");
        assert_eq!(opened.piece(1).unwrap(), None);
    }
}
