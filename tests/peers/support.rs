//! What `npm run test:peers` started.

use serde::de::DeserializeOwned;

/// What is known of one of the peers.
pub fn peer<T: DeserializeOwned>(name: &str) -> T {
    let file =
        std::env::var("CUSTODY_PEERS").expect("these tests run by `npm run test:peers`, which starts the servers");
    let all: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    serde_json::from_value(all[name].clone()).unwrap_or_else(|error| panic!("{name}: {error}"))
}
