//! Nothing personal is left anywhere by whole lives on a desk that writes its log. A process has one log, so this story has a
//! process of its own.
#![expect(clippy::unwrap_used, reason = "a story fails by panicking")]

mod tale;

use custody_practice::scenario::Story;
use tale::Tale;

#[tokio::test(flavor = "multi_thread")]
async fn no_log_file_error_or_kept_row_holds_a_name_a_title_a_content_or_a_key() {
    let mut demo = Tale::begin(Story::Demo).await;
    demo.the_search_finds_every_mark();
    let logs = demo.practice.desk.places().logs();
    custody_desk::logs::start(demo.practice.desk.places()).unwrap();
    demo.play().await;
    demo.everything_is_forgotten().await;
    let written = bytes_in(&logs);
    assert!(written > 2000, "a log of {written} bytes would prove nothing");

    // Its lines go to the first desk's log: it is one process.
    let mut standard = Tale::begin(Story::Standard).await;
    standard.play().await;
    standard.everything_is_forgotten().await;
    standard.end().await;
    assert!(bytes_in(&logs) > written);
    demo.end().await;
}

fn bytes_in(logs: &std::path::Path) -> u64 {
    std::fs::read_dir(logs).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len()).sum()
}
