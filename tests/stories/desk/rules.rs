//! Changed rules: what they would do is known before they do it, and who changed them stands in the record.

use custody_core::{period::Period, retention::RetentionRule};
use custody_desk::DeskError;
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
    assert!(changed.what.contains("at the latest 8 days after arrival"), "{}", changed.what);
    assert_ne!(changed.who, "Custody");
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
