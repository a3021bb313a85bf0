//! Changed rules: what they would do is known before they do it, and who changed them stands in the record.

use custody_core::{
    file_kind::FileKind,
    period::Period,
    retention::{Applies, Product, RetentionRule, RuleBook},
};
use custody_desk::{
    DeskError, Tables,
    settings::Settings,
    views::{AttentionKind, WhoView},
    words,
};
use custody_practice::scenario::{CAROLA, OWEN};

use crate::support::{Stage, assert_told};

/// The usual rule, but a file is kept so many days at the most.
fn at_the_latest(stage: &Stage, days: u32) -> Vec<RetentionRule> {
    let mut rules = stage.desk().settings().rules;
    rules[0].ceiling = Some(Period::days(days));
    rules
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_rules_does_what_its_simulation_said_and_is_recorded_with_its_author() {
    let stage = Stage::demo().await;
    stage.round().await;
    stage.days(10);
    let (carola, owen) = (stage.case_of(CAROLA.name).await, stage.case_of(OWEN.name).await);
    let rules = at_the_latest(&stage, 8);
    let simulation = stage.desk().simulate_rules(rules.clone()).await.unwrap();
    assert_eq!((simulation.erased_now, simulation.sooner, simulation.later, simulation.unchanged), (5, 0, 0, 0));
    assert_eq!(stage.states(carola).await, ["held"; 3], "a simulation changes nothing");

    stage.desk().change_rules(rules, &simulation.token).await.unwrap();
    let round = stage.round().await;
    assert_eq!(round.erased, simulation.erased_now);
    assert_eq!(
        (stage.states(carola).await, stage.states(owen).await),
        (vec!["erased".to_owned(); 3], vec!["erased".to_owned(); 2])
    );
    let events = stage.desk().events(0, 1000).await.unwrap();
    let changed = events.iter().find(|event| event.event == "rules_changed").unwrap();
    assert!(changed.what.to_string().contains("at the latest 8 days after arrival"), "{}", changed.what);
    assert_ne!(changed.who, WhoView::Desk);
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_are_not_changed_by_the_token_of_another_simulation() {
    let stage = Stage::demo().await;
    stage.round().await;
    let before = stage.desk().settings().rules;
    let eight = stage.desk().simulate_rules(at_the_latest(&stage, 8)).await.unwrap().token;
    let refused = stage.desk().change_rules(at_the_latest(&stage, 7), &eight).await.unwrap_err();
    assert!(matches!(refused, DeskError::OtherSimulation));
    assert_told(&refused.problem());

    // The same rules, but meanwhile they would erase more than somebody saw.
    stage.days(10);
    let refused = stage.desk().change_rules(at_the_latest(&stage, 8), &eight).await.unwrap_err();
    assert!(matches!(refused, DeskError::OtherSimulation));
    assert_eq!(stage.desk().settings().rules, before);
    assert_eq!(stage.round().await.erased, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_that_leave_a_file_without_an_end_are_refused() {
    let stage = Stage::demo().await;
    let mut rules = stage.desk().settings().rules;
    rules[0].ceiling = None;
    let refused = stage.desk().simulate_rules(rules).await.unwrap_err();
    assert!(matches!(refused, DeskError::Settings(_)));
    assert_told(&refused.problem());
}

/// The usual rule, and before it one for these files alone, who are kept a week at the most.
fn a_week_for(stage: &Stage, applies: Applies) -> RuleBook {
    let usual = stage.desk().settings().rules[0].clone();
    let week = RetentionRule { name: "a week".into(), applies, ceiling: Some(Period::days(7)), ..usual.clone() };
    let atlas = Product { name: "Ledger".into(), tags: vec![], categories: vec![], title_words: vec!["ledger".into()] };
    RuleBook { products: vec![atlas], rules: vec![week, usual] }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_for_a_kind_of_file_ends_those_files_alone_and_their_receipt_says_which_rule_that_was() {
    let stage = Stage::demo().await;
    stage.round().await;
    let carola = stage.case_of(CAROLA.name).await;
    let files = stage.files(carola).await;
    assert_eq!(
        files.iter().map(|file| file.kind).collect::<Vec<_>>(),
        [FileKind::Document, FileKind::Log, FileKind::Image]
    );

    stage.put_rules_in_force(a_week_for(&stage, Applies { kinds: vec![FileKind::Log], ..Applies::default() })).await;
    let view = stage.desk().case(carola).await.unwrap();
    let said = words::rules(&view.rules);
    assert!(said.contains("1 file: ") && said.contains("2 files: "), "{said}");
    let of_files: Vec<_> = view.files.iter().map(|file| file.rule.as_str()).collect();
    assert_eq!(of_files, ["usual", "a week", "usual"]);

    stage.days(8);
    stage.round().await;
    assert_eq!(stage.states(carola).await, ["held", "erased", "held"]);
    let statement = stage.statement(stage.only_receipt(carola).await).await;
    assert!(statement.issuer.policy.contains("at the latest 7 days after arrival"), "{}", statement.issuer.policy);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_for_files_under_several_rules_says_each_of_them_once() {
    let stage = Stage::demo().await;
    stage.round().await;
    stage.put_rules_in_force(a_week_for(&stage, Applies { kinds: vec![FileKind::Log], ..Applies::default() })).await;
    stage.practice.world.forum.close(stage.topic(CAROLA)).unwrap();
    stage.round().await;
    stage.days(3);
    stage.round().await;
    let carola = stage.case_of(CAROLA.name).await;
    let policy = stage.statement(stage.only_receipt(carola).await).await.issuer.policy;
    assert_eq!(policy.matches("Erase ").count(), 2, "{policy}");
    assert!(policy.contains("latest 7 days") && policy.contains("latest 90 days"), "{policy}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_for_a_customer_or_a_product_ends_their_files_alone() {
    let to = |applies| (applies, [3, 2]);
    let customers = |named: &str| Applies { customers: vec![named.to_owned()], ..Applies::default() };
    for (applies, [carolas, owens]) in [
        to(customers(CAROLA.username)),
        to(customers(CAROLA.email)),
        (customers("@customer.example"), [5, 5]),
        to(Applies { products: vec!["Ledger".into()], ..Applies::default() }),
    ] {
        let stage = Stage::demo().await;
        stage.round().await;
        stage.days(8);
        let simulation = stage.desk().simulate_rules(a_week_for(&stage, applies.clone())).await.unwrap();
        assert_eq!(simulation.erased_now, carolas, "{applies:?}");
        stage.put_rules_in_force(a_week_for(&stage, applies.clone())).await;
        assert_eq!(stage.round().await.erased, carolas, "{applies:?}");
        let owen = stage.states(stage.case_of(OWEN.name).await).await;
        let left = owen.iter().filter(|state| *state == "held").count();
        assert_eq!(left, if owens == 5 { 0 } else { 2 }, "{applies:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_written_into_the_settings_by_hand_decide_nothing_until_somebody_puts_them_into_force() {
    let stage = Stage::demo().await;
    stage.round().await;
    stage.days(10);
    let mut written = stage.desk().settings();
    written.rules = at_the_latest(&stage, 8);
    let shut = stage.shut().await;
    written.write(shut.places.settings()).unwrap();
    let stage = shut.open().await.unwrap_or_else(|(_, error)| panic!("{error}"));

    assert_eq!(stage.round().await.erased, 0, "the desk works by the rules that were adopted");
    assert_eq!(stage.waiting(AttentionKind::RulesDiffer).await.len(), 1, "and says that the file differs");
    assert!(stage.desk().rules().draft.is_some());
    // What else is saved leaves the draft where it is.
    stage.change_settings(|settings| settings.sweep.cap = 40).await;
    assert_eq!(Settings::read(stage.places().settings()).unwrap().book(), written.book());

    let draft = stage.desk().drafted_rules().unwrap();
    let simulation = stage.desk().simulate_rules(draft.clone()).await.unwrap();
    assert_eq!(simulation.erased_now, 5);
    stage.desk().change_rules(draft, &simulation.token).await.unwrap();
    assert_eq!(stage.round().await.erased, 5);
    assert!(stage.waiting(AttentionKind::RulesDiffer).await.is_empty());
    let stage = stage.restart().await;
    assert!(stage.desk().rules().draft.is_none(), "and after a restart nothing differs");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_adopts_the_rules_it_has_once() {
    let adoptions = async |stage: &Stage| {
        let events = stage.desk().events(0, 1000).await.unwrap();
        events.iter().filter(|event| event.event == "rules_adopted").count()
    };
    let stage = Stage::demo().await;
    assert_eq!(adoptions(&stage).await, 1);
    let stage = stage.restart().await;
    assert_eq!(adoptions(&stage).await, 1, "a restart adopts nothing");
    assert!(stage.chain_is_whole().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_rules_name_stands_in_no_event_and_no_table_that_is_kept() {
    let stage = Stage::demo().await;
    let customers = vec!["somebody@private.example".to_owned()];
    stage.put_rules_in_force(a_week_for(&stage, Applies { customers, ..Applies::default() })).await;
    let mut kept = String::new();
    stage.desk().dump(Tables::Kept, &mut |line| kept.push_str(line)).await.unwrap();
    assert!(kept.contains("rules_changed") && !kept.contains("private.example"), "{kept}");
}
