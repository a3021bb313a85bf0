//! Whatever a machine's clock does: what ends by time never ends before its time has come.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use custody_core::{
    SignedDuration, Timestamp,
    case::{Case, Labels, TopicId},
    file_kind::FileKind,
    held_file::{ForumDigest, HeldFile, Sealed, SourceMark, State},
    id::{CaseId, CustomerId, FileId},
    period::Period,
    retention::{RetentionRule, Rules, StartPoint, Subject, decide},
    ticket::{Standing, TicketRef},
    timekeeper::{TOLERANCE, Timekeeper},
};
use proptest::prelude::*;

/// What may happen to a machine and its clock, in minutes.
#[derive(Clone, Debug)]
enum Step {
    /// The program runs on.
    Runs(i64),
    /// The machine sleeps: time goes on, the program's does not.
    Sleeps(i64),
    /// Machine and program stand still, as a paused virtual machine does.
    StandsStill(i64),
    /// Somebody or something sets the clock.
    IsSet(i64),
    /// It shows the right time again.
    IsPutRight,
    /// The program ends and starts again, so much later.
    Restarts(i64),
    /// A server answers; its own clock is a little off.
    ServerAnswers(i64),
}

fn step() -> impl Strategy<Value = Step> {
    // Small steps too: many of them must not add up to what one of them may not do.
    let minutes = || prop_oneof![0_i64..8, 0_i64..100_000];
    prop_oneof![
        3 => minutes().prop_map(Step::Runs),
        2 => minutes().prop_map(Step::Sleeps),
        1 => minutes().prop_map(Step::StandsStill),
        3 => prop_oneof![-8_i64..8, -5_000_000_i64..5_000_000].prop_map(Step::IsSet),
        1 => Just(Step::IsPutRight),
        2 => minutes().prop_map(Step::Restarts),
        3 => (-1_i64..=1).prop_map(Step::ServerAnswers),
    ]
}

fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

struct Machine {
    /// The true time.
    truth: Timestamp,
    /// How far its clock is off.
    off: SignedDuration,
    uptime: SignedDuration,
    keeper: Timekeeper,
    /// What the ledger keeps of the sure time.
    noted: Option<Timestamp>,
    /// A file that came with the first answer: when it was stamped, and when that was.
    file: Option<(HeldFile, Timestamp)>,
}

impl Machine {
    fn clock(&self) -> Timestamp {
        self.truth + self.off
    }

    fn live(&mut self, step: &Step) {
        match *step {
            Step::Runs(count) => {
                self.truth += minutes(count);
                self.uptime += minutes(count);
            }
            Step::Sleeps(count) => self.truth += minutes(count),
            Step::StandsStill(count) => {
                self.truth += minutes(count);
                self.off -= minutes(count);
            }
            Step::IsSet(count) => self.off += minutes(count),
            Step::IsPutRight => self.off = SignedDuration::ZERO,
            Step::Restarts(count) => {
                self.truth += minutes(count);
                self.uptime = SignedDuration::ZERO;
                self.keeper = Timekeeper::default();
                if let Some(noted) = self.noted {
                    self.keeper.resume(noted, self.uptime);
                }
            }
            Step::ServerAnswers(off) => {
                let (date, clock) = (self.truth + minutes(off), self.clock());
                self.keeper.hear(date, clock, self.uptime);
                // What is stamped after an answer, such as an arrival, never seems older than it is.
                let stamp = self.keeper.read(clock, self.uptime).now;
                assert!(stamp >= self.truth - TOLERANCE - minutes(1), "a stamp of {stamp} at {}", self.truth);
                self.file.get_or_insert_with(|| (held(stamp), self.truth));
            }
        }
        let reading = self.keeper.read(self.clock(), self.uptime);
        assert!(reading.now >= reading.sure, "what is sure has come");
        if reading.sure > Timestamp::MIN {
            self.noted = Some(reading.sure);
        }
    }
}

fn held(arrived_at: Timestamp) -> HeldFile {
    let sealed = Sealed {
        at: arrived_at,
        size: 1,
        sealed_size: 201,
        digest: String::new(),
        forum_digest: ForumDigest::NotGiven,
        kind: FileKind::Other,
    };
    let (id, case, mark) = (FileId::from_bytes([2; 16]), CaseId::from_bytes([1; 16]), SourceMark::from_bytes([0; 32]));
    HeldFile::restore(id, case, mark, arrived_at, State::Held { sealed }, 0)
}

fn case() -> Case {
    Case {
        id: CaseId::from_bytes([1; 16]),
        forum: "forum".into(),
        topic: TopicId(1),
        customer: CustomerId::from_bytes([3; 16]),
        ticket: TicketRef { tracker: "topic".into(), key: "1".into() },
        standing: Standing::UNREAD,
        exposed_since: None,
        labels: Labels::default(),
        opened_at: Timestamp::UNIX_EPOCH,
        customer_active_at: Timestamp::UNIX_EPOCH,
        probe: None,
        noticed_at: None,
        forgotten_at: None,
        version: 0,
    }
}

/// Ten days and one of grace after arrival.
fn eleven_days() -> Rules {
    let usual = Rules::usual().as_slice()[0].clone();
    let (period, grace) = (Period::days(10), Period::days(1));
    Rules::new(vec![RetentionRule { start: StartPoint::Arrival, period, grace, ceiling: None, ..usual }]).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_time_is_sure_before_it_has_come(steps in proptest::collection::vec(step(), 1..60)) {
        let mut machine = Machine {
            truth: Timestamp::from_second(1_790_000_000).unwrap(),
            off: SignedDuration::ZERO,
            uptime: SignedDuration::ZERO,
            keeper: Timekeeper::default(),
            noted: None,
            file: None,
        };
        let (case, rules) = (case(), eleven_days());
        for step in &steps {
            machine.live(step);
            let reading = machine.keeper.read(machine.clock(), machine.uptime);
            // A server may be a minute off itself.
            let latest = machine.truth + TOLERANCE + minutes(1);
            if let Some((file, arrived)) = &machine.file {
                let subject = Subject { file, case: &case, requests: &[], title: None, customer: None, own_dates: &[] };
                let plan = decide(&[subject], &rules, &[], reading.sure);
                let true_end = *arrived + minutes(11 * 24 * 60);
                let erases = plan.to_erase().count() > 0;
                // The stamp and the sure time may each be off by what counts as agreement.
                prop_assert!(!erases || machine.truth >= true_end - TOLERANCE * 2 - minutes(2), "erased before its end");
            }
            prop_assert!(reading.sure <= latest, "{} is said to be sure at {}", reading.sure, machine.truth);
        }
    }
}
