//! The promises that a demo looks at.

use std::path::Path;

use serde::Serialize;

/// A promise and what was found.
#[derive(Clone, Debug, Serialize)]
pub struct Promise {
    /// The promise.
    pub promise: String,
    /// What was looked at, and what was seen.
    pub seen: String,
    /// Whether it was kept.
    pub kept: bool,
}

/// The promises as a list, and where the papers are.
pub fn in_words(promises: &[Promise], folder: &Path) -> String {
    let mut text = String::from("\nPromises, each looked at just now\n");
    for Promise { promise, seen, kept } in promises {
        text.push_str(&format!("  {} {promise}\n        {seen}\n", if *kept { "kept  " } else { "BROKEN" }));
    }
    let kept = promises.iter().filter(|promise| promise.kept).count();
    text.push_str(&format!("\n{kept} of {} promises kept.\n", promises.len()));
    text.push_str(&format!(
        "The receipts, the letters, the report and the audit chain are in\n  {}\n",
        folder.display()
    ));
    text
}
