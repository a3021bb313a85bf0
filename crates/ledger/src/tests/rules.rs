//! The rules in force, and own dates.

use custody_core::{
    own_date::OwnDateScope,
    period::Period,
    ports::{Fault, Ledger as _},
    retention::{AdoptedRules, RetentionRule, Rules, simulate},
};

use super::{
    World,
    build::{CANARY, arrived, at, case_id, file_id, opened, own_date, own_date_of, person, sealed},
};

fn rules(days: u32) -> Rules {
    let usual = Rules::usual().as_slice()[0].clone();
    Rules::new(vec![RetentionRule { ceiling: Some(Period::days(days)), ..usual }]).unwrap()
}

pub(super) async fn the_rules_in_force_are_changed_only_by_whoever_knows_them(world: &World) {
    let ledger = &world.ledger;
    assert_eq!(ledger.adopted_rules().await.unwrap(), None);
    let adopted = |days| AdoptedRules::of(&rules(days)).unwrap();
    world.commit(vec![adopted(90).adopt_first(&rules(90), at(1))]).await;
    assert_eq!(ledger.adopted_rules().await.unwrap(), Some(adopted(90)));
    assert_eq!(ledger.adopted_rules().await.unwrap().unwrap().rules().unwrap(), rules(90));

    let simulation = simulate(&[], &rules(90), &rules(30), &[], at(2));
    let change = |was, days| adopted(days).change(&adopted(was), &rules(days), &simulation, person(), at(2));
    for late in [adopted(10).adopt_first(&rules(10), at(2)), change(60, 30)] {
        let refused = ledger.commit(vec![late]).await.unwrap_err();
        assert_eq!(refused.fault, Fault::Conflict);
    }
    assert_eq!(ledger.adopted_rules().await.unwrap(), Some(adopted(90)));
    world.commit(vec![change(90, 30)]).await;
    assert_eq!(ledger.adopted_rules().await.unwrap(), Some(adopted(30)));
}

pub(super) async fn an_own_date_is_found_with_its_case_and_its_last_words_count(world: &World) {
    let ledger = &world.ledger;
    world.commit(vec![opened(1, 1), arrived(1, 1), opened(2, 2), arrived(2, 2)]).await;
    world.commit(vec![sealed(1, 1), sealed(2, 2)]).await;
    let (of_file, of_case) = (OwnDateScope::File(file_id(1)), OwnDateScope::Case(case_id(1)));
    let given = [own_date(None, of_file), own_date(None, of_case), own_date(None, OwnDateScope::Case(case_id(2)))];
    world.commit(given.to_vec()).await;
    let known = ledger.own_dates(case_id(1)).await.unwrap();
    assert_eq!(known, [own_date_of(&given[0]), own_date_of(&given[1])]);
    assert!(ledger.own_date_reason(of_file).await.unwrap().unwrap().reveal().contains(CANARY));

    let again = own_date(Some(known[0]), of_file);
    let withdrawn = own_date_of(&again).withdraw(person(), at(20)).unwrap();
    world.commit(vec![again, withdrawn.clone()]).await;
    let known = ledger.own_dates(case_id(1)).await.unwrap();
    assert!(known.contains(&own_date_of(&withdrawn)));
    let stale = ledger.commit(vec![own_date(None, of_file)]).await.unwrap_err();
    assert_eq!(stale.fault, Fault::Conflict);
    let events = ledger.events_of_case(case_id(1)).await.unwrap();
    assert!(events.len() >= 7, "the events of own dates are the case's: {}", events.len());
}
