//! What our key is good for, found out by asking for little; and its end.

use custody_core::ports::{Fault, ForumAccount, PortError, PortResult};
use reqwest::{Method, StatusCode};
use serde::Deserialize;
use url::Url;

use super::{DiscourseForum, ForumKey, bus};
use crate::{
    forum::sign_in::Scope,
    http::{Failure, budget::Purpose},
};

/// Who we are, and what the key may do.
#[derive(Clone, Debug)]
pub struct Rights {
    /// The account.
    pub account: ForumAccount,
    /// What was asked of the key, and what was found.
    pub scopes: Vec<(Scope, Standing)>,
}

/// What is known of a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The forum let us.
    Found,
    /// The forum turned us away.
    Missing,
    /// It was asked for with the key. Only a change would show more.
    AskedFor,
}

#[derive(Deserialize)]
struct Done {
    success: Option<String>,
}

impl DiscourseForum {
    /// Who we are and what the key may do. `asked` is what it was issued for.
    ///
    /// # Errors
    /// [`Fault::CredentialsRefused`] if the forum does not know us, and what else it answered.
    pub async fn what_may_we(&self, asked: &[Scope]) -> PortResult<Rights> {
        let account = self.who_are_we().await?;
        let mut scopes = Vec::new();
        for scope in asked {
            let standing = match scope {
                Scope::SessionInfo => Standing::Found,
                Scope::Write => Standing::AskedFor,
                Scope::Read => {
                    let url = self.page(&["site", "basic-info"]);
                    self.standing("site.basic_info", Method::GET, url, None).await?
                }
                Scope::MessageBus => {
                    let mut url = self.bus_address(bus::NOBODY);
                    // Without being held.
                    url.set_query(Some("dlp=t"));
                    self.standing(bus::ROUTE, Method::POST, url, Some("{}".to_owned())).await?
                }
            };
            scopes.push((*scope, standing));
        }
        Ok(Rights { account, scopes })
    }

    async fn standing(
        &self,
        route: &'static str,
        method: Method,
        url: Url,
        body: Option<String>,
    ) -> PortResult<Standing> {
        let answer = self.ask(Purpose::Site, route, method, url, body).await?;
        if answer.status() == StatusCode::OK {
            return Ok(Standing::Found);
        }
        match self.refused(Purpose::Site, answer).await {
            PortError { fault: Fault::NotAllowed | Fault::NotFound, .. } => Ok(Standing::Missing),
            error => Err(error),
        }
    }

    /// Gives the key back: the forum forgets it.
    ///
    /// # Errors
    /// [`Fault::CredentialsRefused`] if it was gone before; [`Fault::NotAllowed`] for an administrator's key, which is not
    /// ours to end.
    pub async fn revoke_key(&self) -> PortResult<()> {
        let route = "user_api_key.revoke";
        if !matches!(self.settings.key, ForumKey::User { .. }) {
            return Err(PortError::not_possible(Fault::NotAllowed)
                .because(Failure::Unexpected { route, what: "an administrator's key" }));
        }
        let url = self.page(&["user-api-key", "revoke"]);
        let done: Done = self.ask_json(Purpose::Site, route, Method::POST, url, Some("{}".to_owned())).await?;
        match done.success.as_deref() {
            Some("OK") => Ok(()),
            _ => Err(Failure::of_sense(route, "the forum does not say that the key is gone")),
        }
    }
}
