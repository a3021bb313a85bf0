//! Issuing and revoking keys.

use jiff::Timestamp;

use super::people::known_user;
use crate::forum::PracticeForum;
use crate::forum::keys::{AdminScope, Key, Permits, UserScope};
use crate::forum::script::ScriptError;

/// Every practice key starts with this (the word "canary" in hex), so that one that leaks is found.
pub(crate) const KEY_MARK: &str = "63616e617279";

impl PracticeForum {
    /// Issues a user key (32 hex digits).
    ///
    /// # Errors
    /// When the user does not exist.
    pub fn issue_user_key(&self, username: &str, scopes: &[UserScope]) -> Result<String, ScriptError> {
        self.issue_user_key_until(username, scopes, None)
    }

    /// Issues a user key that stops working at `expires_at`.
    ///
    /// # Errors
    /// When the user does not exist.
    pub fn issue_user_key_until(
        &self,
        username: &str,
        scopes: &[UserScope],
        expires_at: Option<Timestamp>,
    ) -> Result<String, ScriptError> {
        let mut state = self.house().state();
        let user = known_user(&state, username)?;
        let token = new_user_key();
        state.keys.insert(
            token.clone(),
            Key {
                permits: Permits::User { user, scopes: scopes.to_vec() },
                revoked: false,
                expires_at,
                client_id: None,
            },
        );
        Ok(token)
    }

    /// Issues an admin key (64 hex digits) that speaks for one user and may do everything they may.
    ///
    /// # Errors
    /// When the user does not exist.
    pub fn issue_admin_key(&self, username: &str) -> Result<String, ScriptError> {
        self.issue_scoped_admin_key(Some(username), AdminScope::Global)
    }

    /// Issues an admin key with a scope; with no user it may speak for all of them.
    ///
    /// # Errors
    /// When the user does not exist.
    pub fn issue_scoped_admin_key(&self, username: Option<&str>, scope: AdminScope) -> Result<String, ScriptError> {
        let mut state = self.house().state();
        let user = match username {
            Some(username) => Some(known_user(&state, username)?),
            None => None,
        };
        let token = token(64);
        let permits = Permits::Admin { user, scope };
        state.keys.insert(token.clone(), Key { permits, revoked: false, expires_at: None, client_id: None });
        Ok(token)
    }

    /// Revokes a key of either kind.
    ///
    /// # Errors
    /// When no such key was issued.
    pub fn revoke_key(&self, token: &str) -> Result<(), ScriptError> {
        let mut state = self.house().state();
        let key = state.keys.get_mut(token).ok_or(ScriptError::NoSuchKey)?;
        key.revoked = true;
        Ok(())
    }
}

/// A user key nobody has yet.
pub(crate) fn new_user_key() -> String {
    token(32)
}

fn token(digits: usize) -> String {
    let mut bytes = vec![0; (digits - KEY_MARK.len()) / 2];
    crate::random::fill(&mut bytes);
    format!("{KEY_MARK}{}", hex::encode(bytes))
}
