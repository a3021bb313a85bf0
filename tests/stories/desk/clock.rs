//! The machine's clock jumps, stands still or is wrong: nothing is erased because of it, somebody is told, and once servers
//! agree the desk goes on by itself.

use std::sync::{Arc, Mutex};

use custody_core::{
    Timestamp,
    ports::{Clock, Fault},
};
use custody_desk::{DeskOptions, views::WhoView};
use custody_practice::{PracticeClock, scenario::CAROLA};
use jiff::SignedDuration;

use crate::support::{Stage, assert_told, options_of};

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// A machine whose clock need not show the true time, which is the practice world's.
#[derive(Clone)]
struct Machine {
    truth: PracticeClock,
    off: Arc<Mutex<SignedDuration>>,
    slept: Arc<Mutex<SignedDuration>>,
}

impl Machine {
    fn set_off(&self, off: SignedDuration) {
        *self.off.lock().unwrap() = off;
    }

    /// Time goes on without the program knowing.
    fn sleep(&self, time: SignedDuration) {
        self.truth.advance(time);
        *self.slept.lock().unwrap() += time;
    }
}

impl Clock for Machine {
    fn now(&self) -> Timestamp {
        self.truth.now() + *self.off.lock().unwrap()
    }

    fn uptime(&self) -> SignedDuration {
        self.truth.now().duration_since(Timestamp::UNIX_EPOCH) - *self.slept.lock().unwrap()
    }
}

/// The demo's desk on a machine whose clock is so far off.
async fn on_machine(off: SignedDuration) -> (Stage, Machine) {
    let shut = Stage::demo().await.shut().await;
    let machine = Machine { truth: shut.world.clock.clone(), off: Arc::default(), slept: Arc::default() };
    machine.set_off(off);
    let options = DeskOptions { clock: Arc::new(machine.clone()), ..options_of(&shut.world.clock) };
    let stage = shut.open_with(options).await.unwrap_or_else(|(_, error)| panic!("{error:?}"));
    (stage, machine)
}

/// Carola's ticket is closed, and her three files are in the three days of grace.
async fn in_grace() -> (Stage, Machine) {
    let (stage, machine) = on_machine(SignedDuration::ZERO).await;
    stage.round().await;
    stage.practice.world.forum.close(stage.topic(CAROLA)).unwrap();
    stage.round().await;
    assert_eq!(states(&stage).await, ["due"; 3]);
    (stage, machine)
}

async fn states(stage: &Stage) -> Vec<String> {
    stage.states(stage.case_of(CAROLA.name).await).await
}

/// A sweep without anything else, and what it met.
async fn swept(stage: &Stage) -> Vec<Fault> {
    let round = stage.desk().sweep().await;
    round.problems.iter().for_each(|met| assert_told(&met.problem));
    round.problems.iter().map(|met| met.problem.code).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_jumps_ahead_erases_nothing_and_says_so_until_it_is_put_right() {
    for ahead in [DAY * 4, DAY * 4000] {
        let (stage, machine) = in_grace().await;
        machine.set_off(ahead);
        assert_eq!(swept(&stage).await, [Fault::ClockInDoubt]);
        assert_eq!(states(&stage).await, ["due"; 3]);
        assert_eq!(stage.round_with(Fault::ClockInDoubt).await.erased, 0);

        machine.set_off(SignedDuration::ZERO);
        stage.round().await;
        assert_eq!(states(&stage).await, ["due"; 3]);
        stage.days(3);
        stage.round().await;
        assert_eq!(states(&stage).await, ["erased"; 3]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_jump_that_no_server_can_confirm_erases_nothing() {
    let (stage, machine) = in_grace().await;
    stage.practice.world.forum.unplug().await;
    machine.set_off(DAY * 4);
    assert_eq!(swept(&stage).await, [Fault::ClockInDoubt]);
    assert_eq!(states(&stage).await, ["due"; 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_sleep_of_days_the_forum_is_asked_for_the_time_and_what_is_over_is_erased() {
    let (stage, machine) = in_grace().await;
    machine.sleep(DAY * 4);
    assert_eq!(swept(&stage).await, []);
    assert_eq!(states(&stage).await, ["erased"; 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restart_days_later_time_counts_once_a_server_confirms_it() {
    let stage = Stage::demo().await;
    stage.round().await;
    stage.practice.world.forum.close(stage.topic(CAROLA)).unwrap();
    stage.round().await;
    let shut = stage.shut().await;
    shut.world.clock.advance(DAY * 4);
    shut.world.forum.unplug().await;
    let stage = shut.open().await.unwrap_or_else(|(_, error)| panic!("{error}"));
    assert_eq!(swept(&stage).await, [Fault::ClockInDoubt]);
    assert_eq!(states(&stage).await, ["due"; 3]);
    stage.practice.world.forum.plug_in().await;
    stage.hours(7);
    stage.round().await;
    assert_eq!(states(&stage).await, ["erased"; 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_set_back_erases_nothing_early_and_events_stay_in_order() {
    let (stage, machine) = in_grace().await;
    let before = stage.now();
    machine.set_off(-DAY * 10);
    assert_eq!(swept(&stage).await, [Fault::ClockInDoubt]);
    assert!(stage.now() >= before, "the desk goes on by the time it was sure of");
    stage.days(2);
    stage.round_with(Fault::ClockInDoubt).await;
    assert_eq!(states(&stage).await, ["due"; 3]);
    stage.days(1);
    stage.round_with(Fault::ClockInDoubt).await;
    assert_eq!(states(&stage).await, ["erased"; 3], "the time that was waited for has come all the same");
    let events = stage.desk().events(0, 1000).await.unwrap();
    let times: Vec<Timestamp> = events.iter().map(|event| event.at.parse().unwrap()).collect();
    assert!(times.is_sorted(), "{times:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_comes_while_the_clock_is_years_behind_is_as_old_as_it_is() {
    let (stage, machine) = on_machine(-DAY * 4000).await;
    stage.round_with(Fault::ClockInDoubt).await;
    let arrived: Timestamp = stage.files(stage.case_of(CAROLA.name).await).await[0].arrived_at.parse().unwrap();
    assert_eq!(arrived, machine.truth.now(), "the forum's own date says when that was");
    machine.set_off(SignedDuration::ZERO);
    stage.days(89);
    stage.round().await;
    assert_ne!(states(&stage).await, ["erased"; 3], "put right, the clock ends nothing early");
    stage.days(1);
    stage.round().await;
    assert_eq!(states(&stage).await, ["erased"; 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_hour_off_as_after_a_wrong_time_zone_is_told_and_intake_goes_on() {
    let (stage, _) = on_machine(SignedDuration::from_hours(1)).await;
    let round = stage.round_with(Fault::ClockInDoubt).await;
    assert_eq!(round.sealed, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_customer_asks_for_waits_for_no_clock() {
    let (stage, _) = on_machine(DAY * 4).await;
    stage.round_with(Fault::ClockInDoubt).await;
    let case = stage.case_of(CAROLA.name).await;
    stage.practice.customer_asks(case).await.unwrap();
    stage.round_with(Fault::ClockInDoubt).await;
    assert_eq!(states(&stage).await, ["erased"; 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_may_say_that_the_clock_is_right_and_the_record_names_them() {
    let (stage, machine) = in_grace().await;
    machine.set_off(DAY * 4);
    assert_eq!(swept(&stage).await, [Fault::ClockInDoubt]);
    assert!(stage.desk().clock().server.is_some());
    let clock = stage.desk().confirm_clock().await.unwrap();
    assert_eq!(clock.doubt, None);
    stage.round().await;
    assert_eq!(states(&stage).await, ["erased"; 3]);
    let events = stage.desk().events(0, 1000).await.unwrap();
    let confirmed = events.iter().find(|event| event.event == "clock_confirmed").unwrap();
    assert_ne!(confirmed.who, WhoView::Desk);
}
