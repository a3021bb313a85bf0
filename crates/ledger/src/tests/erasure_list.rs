//! The list of erasures.

use custody_core::{
    Private,
    case_list::{CaseQuery, CaseStanding, CaseSummary},
    erasure_list::{ErasureQuery, ErasureStage, ListedErasure},
    ports::Ledger as _,
};

use super::{
    World,
    build::{arrived, at, case_id, erased, erasing, file_id, opened, receipt, receipt_id, sealed},
};

fn erasure(number: u32, stage: ErasureStage, second: i64) -> ListedErasure {
    ListedErasure { file: file_id(number), stage, at: at(second), receipt: None }
}

fn query(stage: ErasureStage) -> ErasureQuery {
    ErasureQuery { stage, words: Vec::new(), skip: 0, limit: 50 }
}

async fn listed(world: &World, query: &ErasureQuery) -> Vec<ListedErasure> {
    let page = world.ledger.list_erasures(query).await.unwrap();
    assert!(page.erasures.iter().all(|(file, erasure)| file.id() == erasure.file));
    page.erasures.into_iter().map(|(_, erasure)| erasure).collect()
}

async fn with_files(world: &World) {
    world.commit(vec![opened(1, 1), opened(2, 2)]).await;
    world
        .commit((1..=3).map(|number| arrived(number, 1)).chain((4..=6).map(|number| arrived(number, 2))).collect())
        .await;
}

pub(super) async fn erasures_to_come_are_soonest_first_and_those_that_were_newest_first(world: &World) {
    use ErasureStage as S;
    with_files(world).await;
    world.commit(vec![sealed(1, 1)]).await;
    world.commit(erasing(1, 1)).await;
    world.write(vec![receipt(1, 1, vec![erased(1, 1)])]).await;
    let done = ListedErasure { receipt: Some(receipt_id(1)), ..erasure(1, S::Done, 40) };
    let first = vec![done, erasure(2, S::Next, 90), erasure(3, S::Next, 80)];
    let second = vec![erasure(4, S::Next, 80), erasure(5, S::Running, 30), erasure(6, S::Done, 50)];
    world.ledger.put_erasures(&[(case_id(1), first.clone()), (case_id(2), second.clone())]).await.unwrap();
    assert_eq!(listed(world, &query(S::Next)).await, [first[2], second[0], first[1]], "of one moment, as they came");
    assert_eq!(listed(world, &query(S::Running)).await, [second[1]]);
    assert_eq!(listed(world, &query(S::Done)).await, [second[2], first[0]], "as they were written");
    assert_eq!(listed(world, &ErasureQuery { skip: 1, limit: 1, ..query(S::Next) }).await, [second[0]]);
    let counts = world.ledger.list_erasures(&query(S::Running)).await.unwrap().counts;
    assert_eq!(counts, [(S::Done, 2), (S::Next, 3), (S::Running, 1)], "whatever part was asked for");

    for (number, words) in [(1, "müller"), (2, "50%_off")] {
        let (case, words) = (case_id(number), Private::new(words.to_owned()));
        let summary = CaseSummary { case, standing: CaseStanding::Due, files: 1, bytes: 1, erases_at: None, words };
        world.ledger.put_case_list(&[summary], None).await.unwrap();
    }
    let found = ErasureQuery { words: CaseQuery::words_of("0%_O"), ..query(S::Next) };
    assert_eq!(listed(world, &found).await, [second[0]]);
    let counts = world.ledger.list_erasures(&found).await.unwrap().counts;
    assert_eq!(counts, [(S::Done, 1), (S::Next, 1), (S::Running, 1)], "of what is found");
}

pub(super) async fn the_erasures_of_a_case_take_the_place_of_those_before(world: &World) {
    use ErasureStage as S;
    with_files(world).await;
    let both = [(case_id(1), vec![erasure(1, S::Next, 80)]), (case_id(2), vec![erasure(4, S::Next, 90)])];
    world.ledger.put_erasures(&both).await.unwrap();
    world.ledger.put_erasures(&both).await.unwrap();
    assert_eq!(listed(world, &query(S::Next)).await.len(), 2);
    world.ledger.put_erasures(&[(case_id(1), vec![erasure(1, S::Running, 85)])]).await.unwrap();
    assert_eq!(listed(world, &query(S::Next)).await, both[1].1);
    assert_eq!(listed(world, &query(S::Running)).await, [erasure(1, S::Running, 85)]);
    world.ledger.put_erasures(&[(case_id(1), Vec::new()), (case_id(2), Vec::new())]).await.unwrap();
    assert!(world.ledger.list_erasures(&query(S::Next)).await.unwrap().counts.is_empty());
    // What the ledger does not know is not listed.
    let unknown = erasure(99, S::Next, 80);
    world.ledger.put_erasures(&[(case_id(1), vec![unknown])]).await.unwrap();
    assert!(listed(world, &query(S::Next)).await.is_empty());
    assert!(world.ledger.file(file_id(99)).await.unwrap().is_none());
}
