//! `POST /message-bus/:client/poll`: what happened, at once or as soon as it does.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::Outcome;
use crate::clock::moved;
use crate::forum::bus::{self, Standing};
use crate::forum::gate::Ask;
use crate::forum::house::House;
use crate::forum::reply;

/// How long a poll is held when there is nothing to tell.
const HOLD: SignedDuration = SignedDuration::from_secs(25);

/// Answers a poll. The connection's end ends it as well: then nobody waits for the answer.
pub(super) async fn poll(house: &Arc<House>, ask: &Ask) -> Outcome {
    let standing: Standing = ask.params.numbers().filter(|(name, _)| name.starts_with('/')).collect();
    let holds = ask.params.text("dlp").as_deref() != Some("t");
    let end = moved(ask.now, HOLD);
    loop {
        let mut news = {
            let state = house.state();
            if let Some(messages) = bus::waiting(&state, &ask.viewer, &standing) {
                return Ok(answer(ask, &messages));
            }
            state.bus.news()
        };
        if !holds || house.clock.now() >= end {
            return Ok(answer(ask, &json!([])));
        }
        tokio::select! {
            // The sender lives as long as the house.
            _ = news.changed() => {}
            () = house.clock.wait_until(end) => {}
        }
    }
}

/// Plain JSON for those who ask not to be sent chunks; else one chunk, with its end marked.
fn answer(ask: &Ask, messages: &Value) -> Response {
    if ask.headers.get("dont-chunk").is_some_and(|value| value == "true") {
        return reply::json(messages);
    }
    reply::text(StatusCode::OK, format!("{messages}\r\n|\r\n"))
}
