//! The list of cases says of each case what the case itself says, whatever happened, and finds it by its words.

use custody_core::{
    case_list::{CaseOrder, CaseQuery, CaseStanding},
    hold::HoldScope,
    period::Period,
};
use custody_desk::views::CaseListView;
use custody_practice::{
    forum::{Fault as Trouble, Scope},
    scenario::{CAROLA, OWEN},
};

use crate::support::Stage;

/// Every row of the list against the case it stands for.
async fn says_what_the_cases_say(stage: &Stage, after: &str) {
    let rows = stage.desk().cases().await.unwrap();
    assert!(rows.len() >= 2, "{after}");
    for row in rows {
        let case = stage.desk().case(row.id.parse().unwrap()).await.unwrap();
        let (listed, own) = (serde_json::to_value(&row).unwrap(), serde_json::to_value(&case.row).unwrap());
        assert_eq!(listed, own, "after {after}");
    }
}

async fn list(stage: &Stage, query: CaseQuery) -> CaseListView {
    stage.desk().list_cases(&CaseQuery { limit: 100, ..query }).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_follows_whatever_happens_to_a_case() {
    let stage = Stage::demo().await;
    says_what_the_cases_say_nothing_yet(&stage).await;
    stage.round().await;
    says_what_the_cases_say(&stage, "files came in").await;

    let (carola, owen) = (stage.case_of(CAROLA.name).await, stage.case_of(OWEN.name).await);
    let customer = stage.desk().case(carola).await.unwrap().customer_id.parse().unwrap();
    let review = stage.now().checked_add(jiff::SignedDuration::from_hours(24 * 14)).unwrap();
    let scope = HoldScope::Customer(customer);
    let hold = stage.desk().place_hold(scope, "a lawsuit".into(), review).await.unwrap();
    says_what_the_cases_say(&stage, "a hold on a customer").await;
    stage.desk().lift_hold(hold, "settled".into()).await.unwrap();
    says_what_the_cases_say(&stage, "the hold was lifted").await;

    let mut book = stage.desk().rules_in_force();
    for rule in &mut book.rules {
        rule.ceiling = Some(Period::days(30));
    }
    stage.put_rules_in_force(book).await;
    says_what_the_cases_say(&stage, "another rule").await;

    stage.practice.close_ticket(carola).await.unwrap();
    stage.practice.customer_asks(owen).await.unwrap();
    stage.round().await;
    says_what_the_cases_say(&stage, "a ticket was closed and a customer asked").await;
    stage.days(4);
    stage.round().await;
    says_what_the_cases_say(&stage, "files were erased").await;
    let receipt = stage.only_receipt(owen).await;
    stage.practice.customer_confirms(receipt).await.unwrap();
    stage.round().await;
    says_what_the_cases_say(&stage, "a receipt was confirmed").await;
    let row = stage.desk().cases().await.unwrap().into_iter().find(|row| row.id == owen.to_string()).unwrap();
    assert_eq!(row.standing, CaseStanding::Confirmed);

    // Another process made it, and this one goes on from there.
    let stage = stage.restart().await;
    says_what_the_cases_say(&stage, "a restart").await;
}

async fn says_what_the_cases_say_nothing_yet(stage: &Stage) {
    let view = list(stage, CaseQuery::default()).await;
    assert_eq!((view.rows.len(), view.total, view.counts.len()), (0, 0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_found_by_its_title_its_customer_its_ticket_and_its_files() {
    let stage = Stage::demo().await;
    stage.round().await;
    let carola = stage.case_of(CAROLA.name).await;
    let case = stage.desk().case(carola).await.unwrap();
    let finds = async |search: &str| {
        let found = list(&stage, CaseQuery { words: CaseQuery::words_of(search), ..CaseQuery::default() }).await;
        assert_eq!(found.total, found.rows.len() as u64, "{search:?}");
        found.rows.iter().any(|row| row.id == case.row.id)
    };
    for words in [&case.row.title, &case.row.customer, &case.row.ticket, &case.files[0].name] {
        assert!(finds(words).await && finds(&words.to_uppercase()).await, "{words:?}");
    }
    assert!(!finds("nobody wrote this").await);

    let everything = list(&stage, CaseQuery::default()).await;
    let held: u64 = everything.counts.iter().map(|count| count.cases).sum();
    assert_eq!((everything.total, held), (everything.rows.len() as u64, everything.total));
    let second = CaseQuery { skip: 1, ..CaseQuery::default() };
    let rest = stage.desk().list_cases(&CaseQuery { limit: 1, ..second }).await.unwrap();
    assert_eq!(rest.total, everything.total, "a part says how long the whole is");
    let ids = |view: &CaseListView| view.rows.iter().map(|row| row.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&rest), ids(&everything)[1..2]);

    let by_size = list(&stage, CaseQuery { order: CaseOrder::Bytes, ..CaseQuery::default() }).await;
    assert!(by_size.rows.is_sorted_by(|one, next| one.bytes >= next.bytes));
    let soonest = list(&stage, CaseQuery { order: CaseOrder::ErasedNext, ..CaseQuery::default() }).await;
    let ends: Vec<_> = soonest.rows.iter().filter_map(|row| row.erases_at.clone()).collect();
    assert!(ends.is_sorted() && soonest.rows[..ends.len()].iter().all(|row| row.erases_at.is_some()));
    let held = CaseQuery { standings: vec![CaseStanding::Held], ..CaseQuery::default() };
    assert!(list(&stage, held).await.rows.iter().all(|row| row.standing == CaseStanding::Held));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_forum_assigns_to_the_desk_s_account_is_mine_and_what_ends_within_a_week_is_due_soon() {
    let stage = Stage::demo().await;
    let forum = &stage.practice.world.forum;
    forum.configure(|options| options.assign = false);
    stage.round().await;
    let page = list(&stage, CaseQuery::default()).await;
    assert_eq!((page.total, page.mine, page.due_soon), (2, None, 0), "a forum without assignments");

    forum.configure(|options| options.assign = true);
    forum.assign(stage.topic(CAROLA), Some("bob")).unwrap();
    forum.assign(stage.topic(OWEN), Some("erin")).unwrap();
    stage.round().await;
    let mine = CaseQuery { mine: true, ..CaseQuery::default() };
    let page = list(&stage, mine.clone()).await;
    assert_eq!((page.total, page.mine), (1, Some(1)));
    assert_eq!(page.rows[0].customer, CAROLA.name);
    assert_eq!(list(&stage, CaseQuery::default()).await.mine, Some(1));

    // A forum that does not answer takes nothing from anybody.
    forum.faults().switch_on(Trouble::ReadOnly, Scope::Path("/topics/private-messages-assigned".to_owned()));
    stage.round().await;
    forum.faults().clear();
    assert_eq!(list(&stage, mine).await.mine, Some(1));

    let owen = stage.case_of(OWEN.name).await;
    stage.practice.close_ticket(owen).await.unwrap();
    stage.round().await;
    let soon = list(&stage, CaseQuery { due_soon: true, ..CaseQuery::default() }).await;
    assert_eq!((soon.total, soon.due_soon), (1, 1), "grace lasts three days");
    assert_eq!(soon.rows[0].customer, OWEN.name);
    let customer = stage.desk().case(owen).await.unwrap().customer_id.parse().unwrap();
    let review = stage.now().checked_add(jiff::SignedDuration::from_hours(24)).unwrap();
    stage.desk().place_hold(HoldScope::Customer(customer), "a lawsuit".into(), review).await.unwrap();
    assert_eq!(list(&stage, CaseQuery::default()).await.due_soon, 0, "a hold beats every reason");
}
