//! What is personal goes when it is to go, and only then.

use std::collections::BTreeSet;

use custody_core::{
    case::{Case, CaseDetails},
    hold::HoldScope,
    own_date::OwnDateScope,
    ports::Ledger as _,
    request::RequestStanding,
};

use super::{
    World,
    build::{
        CANARY, arrived, at, case, case_id, copy_id, customer, customer_id, erased, erasing, file_id, hold_id, leased,
        lifted, opened, own_date, placed, receipt, receipt_id, request, rewrap, salt, sealed, wraps,
    },
};
use crate::{Engine, Tables, dump::TABLES, migrate::MIGRATIONS, sql};

/// Two cases of two customers, each with an erased file, a receipt and every kind of hold.
async fn two_lives(world: &World) {
    for number in [1, 2] {
        world
            .commit(vec![
                opened(number, number),
                arrived(number, number),
                placed(number, HoldScope::File(file_id(number))),
                placed(number + 10, HoldScope::Case(case_id(number))),
                leased(number, number),
                placed(number + 20, HoldScope::Customer(customer_id(number))),
                lifted(&placed(number, HoldScope::File(file_id(number)))),
                lifted(&placed(number + 10, HoldScope::Case(case_id(number)))),
                lifted(&placed(number + 20, HoldScope::Customer(customer_id(number)))),
                request(number, number, "post 1", RequestStanding::Accepted)
                    .ask(format!("{CANARY} asks").into(), at(5)),
            ])
            .await;
    }
    world.commit(vec![sealed(1, 1), sealed(2, 2)]).await;
    for number in [1, 2] {
        let scopes = [OwnDateScope::Case(case_id(number)), OwnDateScope::File(file_id(number))];
        world.commit(scopes.map(|scope| own_date(None, scope)).to_vec()).await;
    }
    world.commit(erasing(1, 1)).await;
    world.write(vec![rewrap(2, wraps(2, 2)), receipt(1, 1, vec![erased(1, 1)])]).await;
    world.write(vec![receipt(2, 2, Vec::new())]).await;
}

pub(super) async fn forgetting_a_case_leaves_nothing_personal_of_it(world: &World) {
    two_lives(world).await;
    let of_the_first = |line: &&str| line.contains(CANARY) || line.contains(&hex::encode(salt(1)));
    let before = world.dump(Tables::All).await;
    let personal_before = before.lines().filter(of_the_first).count();
    world.commit(vec![case(1, 1).forget(at(80))]).await;

    let ledger = &world.ledger;
    assert_eq!(ledger.case_details(case_id(1)).await.unwrap(), None);
    assert_eq!(ledger.file_details(file_id(1)).await.unwrap(), None);
    assert_eq!(ledger.envelope(receipt_id(1)).await.unwrap(), None);
    assert_eq!(ledger.customer(customer_id(1)).await.unwrap(), None);
    assert_eq!(ledger.customer_of_user("help", customer(1).user).await.unwrap(), None);
    for hold in [1, 11, 21] {
        assert_eq!(ledger.hold_reason(hold_id(hold)).await.unwrap(), None);
        assert_eq!(ledger.lift_reason(hold_id(hold)).await.unwrap(), None);
    }
    assert_eq!(ledger.viewing_reason(copy_id(1)).await.unwrap(), None);
    let after = world.dump(Tables::All).await;
    assert!(!after.contains(&hex::encode(salt(1))));
    let left: Vec<_> = after.lines().filter(of_the_first).collect();
    // Title, customer, file, letter, eight reasons and two of own dates of the other case.
    assert_eq!((personal_before, left.len()), (28, 14), "{left:#?}");
    assert!(left.iter().all(|line| !line.contains(&case_id(1).to_string())));
    assert_eq!(ledger.file(file_id(1)).await.unwrap(), Some(erased(1, 1)), "what may be kept is kept");
    assert!(ledger.receipt(receipt_id(1)).await.unwrap().is_some());
    assert_eq!(ledger.case(case_id(1)).await.unwrap().unwrap().forgotten_at, Some(at(80)));
    ledger.compact().await.unwrap();
}

pub(super) async fn a_customer_is_forgotten_with_the_last_case_only(world: &World) {
    let hold = placed(1, HoldScope::Customer(customer_id(1)));
    world.commit(vec![opened(1, 1), opened(2, 1), hold]).await;
    world.commit(vec![case(1, 1).forget(at(80))]).await;
    assert_eq!(world.ledger.customer(customer_id(1)).await.unwrap(), Some(customer(1)));
    assert!(world.ledger.hold_reason(hold_id(1)).await.unwrap().is_some());
    world.commit(vec![case(2, 1).forget(at(81))]).await;
    assert_eq!(world.ledger.customer(customer_id(1)).await.unwrap(), None);
    assert_eq!(world.ledger.hold_reason(hold_id(1)).await.unwrap(), None);
    let left = world.dump(Tables::All).await;
    assert!(!left.contains(CANARY), "{left}");
}

pub(super) async fn a_forgotten_case_that_gets_files_again_is_remembered_again(world: &World) {
    world.commit(vec![opened(1, 1)]).await;
    world.commit(vec![case(1, 1).forget(at(80))]).await;
    // Meanwhile the same person came back as a new customer with another thread.
    let newcomer = custody_core::case::Customer { id: customer_id(2), ..customer(1) };
    let details = |title: &str| CaseDetails { title: title.into() };
    world.commit(vec![case(2, 2).open(details("second"), newcomer, at(85))]).await;

    let forgotten = world.ledger.case(case_id(1)).await.unwrap().unwrap();
    let again = Case { forgotten_at: None, version: forgotten.version + 1, ..forgotten };
    world.commit(vec![again.clone().open(details("back"), customer(1), at(90))]).await;
    assert_eq!(world.ledger.case(case_id(1)).await.unwrap(), Some(again));
    assert_eq!(world.ledger.case_details(case_id(1)).await.unwrap(), Some(details("back")));
    assert_eq!(world.ledger.customer(customer_id(1)).await.unwrap(), Some(customer(1)));
    assert!(world.ledger.customer_of_user("help", customer(1).user).await.unwrap().is_some());
    let order: Vec<_> = world.ledger.cases(0, 9).await.unwrap().iter().map(|case| case.id).collect();
    assert_eq!(order, [case_id(2), case_id(1)], "a case keeps its place in the list");
}

pub(super) async fn the_kept_tables_hold_nothing_personal_and_the_dump_leaves_no_table_out(world: &World) {
    two_lives(world).await;
    let kept = world.dump(Tables::Kept).await;
    assert!(!kept.contains(CANARY), "{kept}");
    let personal = world.dump(Tables::Personal).await;
    assert!(personal.contains(CANARY));
    let all: BTreeSet<_> = world.dump(Tables::All).await.lines().map(str::to_owned).collect();
    let parts: BTreeSet<_> = kept.lines().chain(personal.lines()).map(str::to_owned).collect();
    assert_eq!(all, parts);

    let tables = match world.ledger.engine() {
        Engine::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table'",
        Engine::Postgres => "SELECT CAST(tablename AS TEXT) AS name FROM pg_tables WHERE schemaname = current_schema()",
    };
    let mut reader = world.ledger.reader().await.unwrap();
    let read = |row: &_| sql::Row::of(row, "schema", "name").text("name");
    let there: BTreeSet<_> = sql::all(&mut reader, tables, Vec::new(), read).await.unwrap().into_iter().collect();
    assert_eq!(there, TABLES.iter().map(|(table, _, _)| (*table).to_owned()).collect());
    for (table, _, _) in TABLES.iter().filter(|(_, personal, _)| *personal) {
        let comment = "-- PERSONAL. ";
        let schema: String = MIGRATIONS.iter().map(|migration| migration.sql).collect();
        let (before, _) = schema.split_once(&format!("CREATE TABLE {table} (")).unwrap();
        let above = before.trim_end().rsplit("\n\n").next().unwrap();
        assert!(above.contains(comment), "the schema says that {table} is personal");
    }
}

pub(super) async fn a_case_is_not_forgotten_while_a_file_arrives_and_then_takes_no_other(world: &World) {
    world.commit(vec![opened(1, 1), arrived(1, 1)]).await;
    let row = world.ledger.case(case_id(1)).await.unwrap().unwrap();
    let refused = world.ledger.commit(vec![row.clone().forget(at(9))]).await.unwrap_err();
    assert_eq!(refused.fault, custody_core::ports::Fault::Conflict);
    assert!(world.ledger.file_details(file_id(1)).await.unwrap().is_some(), "where it is fetched from is still known");
    let file = world.ledger.file(file_id(1)).await.unwrap().unwrap();
    world.commit(vec![file.refuse(custody_core::held_file::Refusal::Empty, at(10)).unwrap()]).await;
    world.commit(vec![row.forget(at(11))]).await;
    let late = world.ledger.commit(vec![arrived(2, 1)]).await.unwrap_err();
    assert_eq!(late.fault, custody_core::ports::Fault::Conflict, "its customer is nobody any more");
}
