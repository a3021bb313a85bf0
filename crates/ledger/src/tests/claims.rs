//! Whose a ledger is, and who writes to it.

use custody_core::{id::DeskId, ports::Fault};

use super::{World, world::fault};

pub(super) async fn a_ledger_belongs_to_the_desk_that_opened_it_first(world: &World) {
    let (one, other) = (DeskId::from_bytes([1; 16]), DeskId::from_bytes([2; 16]));
    world.ledger.claim(one).await.unwrap();
    assert_eq!(fault(world.ledger.claim(other).await), Fault::OtherDesk);
    world.ledger.claim(one).await.unwrap();
}
