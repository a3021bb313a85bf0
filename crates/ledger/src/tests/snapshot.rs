//! A ledger survives as bytes: everything in it, and nothing of bytes that are not whole.

use async_trait::async_trait;
use bytes::Bytes;
use custody_core::{
    hold::HoldScope,
    ports::{ByteSource, ChainVerdict, Fault, Ledger as _, PortResult},
    receipt::DeliveryState,
    request::RequestStanding,
};

use super::{
    build::{
        arrived, at, case_id, customer_id, delivery, erased, erasing, file_id, issued, leased, note, opened, placed,
        receipt, request, rewrap, sealed,
    },
    world::{World, key},
};
use crate::{SqlLedger, Tables};

/// Bytes given a few at a time: a line may lie across many pieces.
struct Given(Vec<u8>);

#[async_trait]
impl ByteSource for Given {
    async fn next(&mut self) -> PortResult<Option<Bytes>> {
        let rest = self.0.split_off(self.0.len().min(97));
        let piece = std::mem::replace(&mut self.0, rest);
        Ok((!piece.is_empty()).then(|| Bytes::from(piece)))
    }
}

async fn all(ledger: &SqlLedger) -> Vec<String> {
    let mut lines = Vec::new();
    ledger.dump(Tables::All, &mut |line| lines.push(line.to_owned())).await.unwrap();
    lines
}

async fn taken(world: &World) -> Vec<u8> {
    let mut snapshot = world.ledger.snapshot().await.unwrap();
    let mut bytes = Vec::new();
    while let Some(piece) = snapshot.next().await.unwrap() {
        bytes.extend_from_slice(&piece);
    }
    bytes
}

async fn lived(world: &World) {
    world
        .commit(vec![
            opened(1, 1),
            note(3),
            arrived(1, 1),
            sealed(1, 1),
            arrived(2, 1),
            sealed(2, 1),
            leased(1, 1),
            placed(1, HoldScope::File(file_id(2))),
            placed(2, HoldScope::Case(case_id(1))),
            placed(3, HoldScope::Customer(customer_id(1))),
            request(1, 1, "post 1", RequestStanding::Unclear).receive(at(1)),
        ])
        .await;
    world.commit(erasing(1, 1)).await;
    let kept = world.ledger.all_wraps().await.unwrap();
    let kept = kept.into_iter().map(|wrap| custody_core::transition::Wrap { epoch: 2, ..wrap }).collect();
    world.write(vec![rewrap(2, kept), receipt(1, 1, vec![erased(1, 1)])]).await;
    let row = issued(1, 1, vec![file_id(1)]).row;
    world.write(vec![delivery(&row, 1, DeliveryState::Sent { at: at(50) })]).await;
    world.ledger.put_mark("a mark", "with\nlines \"and quotes\" \u{202e}").await.unwrap();
}

pub(super) async fn a_snapshot_makes_the_same_ledger_again(world: &World) {
    lived(world).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger").join("ledger.db");
    let again = SqlLedger::restore_sqlite(&path, &key(), &mut Given(taken(world).await)).await.unwrap();
    assert_eq!(all(&again).await, all(&world.ledger).await);
    let head = world.ledger.head().await.unwrap();
    assert_eq!(again.verify().await.unwrap(), ChainVerdict::Whole(head));
    // It goes on: rows that refer to others still may.
    again.commit(vec![arrived(9, 1)]).await.unwrap();
}

pub(super) async fn a_snapshot_that_is_not_whole_or_not_one_makes_nothing(world: &World) {
    lived(world).await;
    let whole = taken(world).await;
    let text = String::from_utf8(whole.clone()).unwrap();
    let newer = text.replacen("{\"schema\":", "{\"schema\":9", 1);
    let hostile = [
        (whole[..whole.len() - 1].to_vec(), Fault::LedgerDamaged),
        (whole[..whole.len() / 2].to_vec(), Fault::LedgerDamaged),
        (Vec::new(), Fault::LedgerDamaged),
        (b"no snapshot\n".to_vec(), Fault::LedgerDamaged),
        (newer.into_bytes(), Fault::LedgerNewer),
        (text.replacen("\"table\":\"cases\"", "\"table\":\"cases; DROP TABLE chain\"", 1).into(), Fault::LedgerDamaged),
        (text.replacen("\"topic\"", "\"topic) VALUES (1); --\"", 1).into(), Fault::LedgerDamaged),
    ];
    for (bytes, fault) in hostile {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger").join("ledger.db");
        let refused = SqlLedger::restore_sqlite(&path, &key(), &mut Given(bytes)).await.unwrap_err();
        assert_eq!(refused.fault, fault);
        let left = SqlLedger::open_sqlite(&path, &key()).await.unwrap();
        assert_eq!(left.head().await.unwrap().index, 0, "nothing of it was kept");
    }
}

pub(super) async fn a_snapshot_is_not_loaded_over_a_ledger(world: &World) {
    lived(world).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger").join("ledger.db");
    let bytes = taken(world).await;
    drop(SqlLedger::restore_sqlite(&path, &key(), &mut Given(bytes.clone())).await.unwrap());
    let refused = SqlLedger::restore_sqlite(&path, &key(), &mut Given(bytes)).await.unwrap_err();
    assert_eq!(refused.fault, Fault::Conflict);
}
