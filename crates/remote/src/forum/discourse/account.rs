//! Who the forum takes us for.

use std::sync::PoisonError;

use custody_core::{
    Private,
    case::ForumUserId,
    ports::{Fault, ForumAccount, PortError, PortResult},
};
use jiff::SignedDuration;
use reqwest::{Method, StatusCode};

use super::{DiscourseForum, api, refusal};
use crate::http::{Failure, Refusal, budget::Purpose};

/// An answer this young settles a doubt: a run of missing threads asks once.
const CERTAIN: SignedDuration = SignedDuration::from_secs(30);

/// After this the account's name and groups are read again.
const CURRENT: SignedDuration = SignedDuration::from_mins(30);

const ROUTE: &str = "session.current";
const LARGEST: usize = 1024 * 1024;

impl DiscourseForum {
    /// The account, asked for now.
    pub(super) async fn who_are_we(&self) -> PortResult<ForumAccount> {
        let url = self.page(&["session", "current"]);
        let answer = self.ask(Purpose::Site, ROUTE, Method::GET, url, None).await?;
        let status = answer.status();
        if status == StatusCode::OK {
            let session: api::Session = answer.json(LARGEST).await?;
            let account = account(session.current_user);
            *self.account.lock().unwrap_or_else(PoisonError::into_inner) = Some((self.clock.now(), account.clone()));
            return Ok(account);
        }
        *self.account.lock().unwrap_or_else(PoisonError::into_inner) = None;
        Err(match refusal::read(answer, false).await {
            Refusal::Settled(error) => error,
            Refusal::TooOften { only_this, wait } => self.too_often(Purpose::Site, ROUTE, only_this, wait),
            // Nobody is logged in (404), or the key does not work (403).
            Refusal::Doubt(_) => PortError::needs_person(Fault::CredentialsRefused)
                .because(Failure::Status { route: ROUTE, status: status.as_u16() }),
        })
    }

    /// The account, as it was known a while ago at most.
    pub(super) async fn known_account(&self) -> PortResult<ForumAccount> {
        match self.remembered(CURRENT) {
            Some(account) => Ok(account),
            None => self.who_are_we().await,
        }
    }

    /// An error if the forum does not know us any more.
    pub(super) async fn make_sure_of_account(&self) -> PortResult<ForumAccount> {
        match self.remembered(CERTAIN) {
            Some(account) => Ok(account),
            None => self.who_are_we().await,
        }
    }

    fn remembered(&self, age: SignedDuration) -> Option<ForumAccount> {
        let now = self.clock.now();
        let account = self.account.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, account) = account.as_ref()?;
        // A clock that was put back makes everything old.
        (*at <= now && now.duration_since(*at) < age).then(|| account.clone())
    }
}

fn account(user: api::CurrentUser) -> ForumAccount {
    let is = |flag: Option<bool>| flag == Some(true);
    ForumAccount {
        user: ForumUserId(user.id),
        username: Private::new(user.username),
        staff: is(user.staff) || is(user.admin) || is(user.moderator),
        inboxes: user
            .groups
            .unwrap_or_default()
            .into_iter()
            .filter(|group| is(group.has_messages))
            .map(|group| group.name)
            .collect(),
    }
}
