//! Killed at any moment, the ledger holds every commit that was answered, and no part of any other.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Command, Stdio},
};

use custody_core::ports::{ChainVerdict, Ledger as _};

use super::{
    World,
    build::{arrived, note, opened},
    world::key,
};
use crate::SqlLedger;

const FOLDER: &str = "CUSTODY_LEDGER_TO_WRITE";
const SELF: &str = "tests::crash::a_desk_killed_while_it_writes_loses_nothing_it_was_told_is_written";
const KILLS: u32 = 12;

#[tokio::test]
async fn a_desk_killed_while_it_writes_loses_nothing_it_was_told_is_written() {
    if let Some(file) = std::env::var_os(FOLDER) {
        return write_until_killed(&SqlLedger::open_sqlite(file.as_ref(), &key()).await.unwrap()).await;
    }
    let world = World::on_sqlite().await;
    world.commit(vec![opened(1, 1)]).await;
    let (file, _folder) = world.close().await;
    for kill in 1..=KILLS {
        let mut desk = Command::new(std::env::current_exe().unwrap())
            .args([SELF, "--exact", "--nocapture"])
            .env(FOLDER, &file)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let told = BufReader::new(desk.stdout.take().unwrap())
            .lines()
            .map_while(Result::ok)
            .filter_map(|line| line.strip_prefix("written ")?.parse::<u64>().ok())
            .nth(kill as usize)
            .unwrap();
        desk.kill().unwrap();
        desk.wait().unwrap();

        let ledger = SqlLedger::open_sqlite(&file, &key()).await.unwrap();
        let head = ledger.head().await.unwrap();
        assert!(head.index >= told, "{told} was answered, {} is there", head.index);
        assert_eq!(ledger.verify().await.unwrap(), ChainVerdict::Whole(head));
        let files = ledger.files_in(&custody_core::held_file::StateName::ALL).await.unwrap().len() as u64;
        assert_eq!(head.index, 1 + files * 3, "each commit is one file and its three events, or nothing");
        ledger.close().await;
    }
}

async fn write_until_killed(ledger: &SqlLedger) {
    let from = ledger.head().await.unwrap().index;
    for number in u32::try_from(from).unwrap().. {
        let head = ledger.commit(vec![note(1), arrived(number, 1), note(2)]).await.unwrap();
        // Straight to the pipe, whatever the test harness does with printing.
        writeln!(std::io::stdout(), "\nwritten {}", head.index).unwrap();
    }
}
