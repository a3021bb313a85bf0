//! Asking the forum, within the budget.

use std::time::Duration;

use custody_core::ports::{PortError, PortResult};
use reqwest::{Method, StatusCode};
use serde::de::DeserializeOwned;
use url::Url;

use super::{DiscourseForum, refusal};
use crate::http::{Answer, Body, Call, Failure, Follow, Refusal, budget::Purpose};

/// The largest JSON that is read. Fifty long posts fit many times over.
const LARGEST_ANSWER: usize = 16 * 1024 * 1024;

impl DiscourseForum {
    /// Asks for JSON. A refusal that could be the key's fault is looked into before it is reported.
    pub(super) async fn ask_json<T: DeserializeOwned>(
        &self,
        purpose: Purpose,
        route: &'static str,
        method: Method,
        url: Url,
        body: Option<String>,
    ) -> PortResult<T> {
        let answer = self.ask(purpose, route, method, url, body).await?;
        if answer.status() == StatusCode::OK {
            return answer.json(LARGEST_ANSWER).await;
        }
        Err(self.refused(purpose, answer).await)
    }

    /// Sends one question with the key.
    pub(super) async fn ask(
        &self,
        purpose: Purpose,
        route: &'static str,
        method: Method,
        url: Url,
        body: Option<String>,
    ) -> PortResult<Answer> {
        let body = body.map(Body::Json);
        let call = Call { route, method, url, secrets: &self.secrets, realm: &self.site, follow: Follow::Inside, body };
        self.send(purpose, call).await
    }

    /// Sends a call when its turn has come.
    pub(super) async fn send(&self, purpose: Purpose, call: Call<'_>) -> PortResult<Answer> {
        self.budget.take(purpose, call.route).await?;
        let answer = self.http.send(call).await?;
        self.budget.count(answer.keyed_requests.saturating_sub(1));
        if answer.status() != StatusCode::TOO_MANY_REQUESTS {
            self.budget.went_well();
        }
        tracing::debug!(route = answer.route, status = answer.status().as_u16(), "forum.ask");
        Ok(answer)
    }

    /// The error behind a refusal.
    pub(super) async fn refused(&self, purpose: Purpose, answer: Answer) -> PortError {
        let route = answer.route;
        let refusal = refusal::read(answer, purpose == Purpose::Download).await;
        self.settle(purpose, route, refusal).await
    }

    pub(super) async fn settle(&self, purpose: Purpose, route: &'static str, refusal: Refusal) -> PortError {
        match refusal {
            Refusal::Settled(error) => error,
            Refusal::TooOften { only_this, wait } => self.too_often(purpose, route, only_this, wait),
            // Only a forum that still knows us can tell us that something is not there.
            Refusal::Doubt(error) => match self.make_sure_of_account().await {
                Ok(_) => error,
                Err(ours) => ours,
            },
        }
    }

    pub(super) fn too_often(
        &self,
        purpose: Purpose,
        route: &'static str,
        only_this: bool,
        wait: Option<Duration>,
    ) -> PortError {
        let wait = self.budget.pause(only_this.then_some(purpose), wait);
        Failure::of_rate(route, wait)
    }
}
