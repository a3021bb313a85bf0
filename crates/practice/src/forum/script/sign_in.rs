//! People who let programs in: by a page in the browser, or by typing the code that a program shows them.

use axum::body::Bytes;
use axum::http::HeaderMap;
use url::Url;

use super::people::known_user;
use crate::forum::PracticeForum;
use crate::forum::answers::decide_code;
use crate::forum::ids::UserId;
use crate::forum::params::Params;
use crate::forum::script::ScriptError;
use crate::forum::sign_in::{self, Request};

impl PracticeForum {
    /// Somebody opens the page that a program named and presses its button. Returns what they bring back: the address they
    /// were sent to, or the text that the page shows.
    ///
    /// # Errors
    /// When the user does not exist, or the site does not grant what the page asks for.
    pub fn press_authorize(&self, page: &str, username: &str) -> Result<String, ScriptError> {
        let now = self.clock().now();
        let mut state = self.house().state();
        let user = known_user(&state, username)?;
        let page = Url::parse(page).map_err(|_| ScriptError::NotGranted)?;
        let params = Params::read(page.query().unwrap_or_default(), &HeaderMap::new(), &Bytes::new());
        let request = Request::read(&params, &state.options.sign_in, now).map_err(|_| ScriptError::NotGranted)?;
        let payload = sign_in::grant(&mut state, &request, user).map_err(|_| ScriptError::NotGranted)?;
        Ok(request.brings_back(payload))
    }

    /// Somebody types a code and lets the program in.
    ///
    /// # Errors
    /// When the user does not exist, or no program waits for this code.
    pub fn approve_device(&self, user_code: &str, username: &str) -> Result<(), ScriptError> {
        let user = known_user(&self.house().state(), username)?;
        self.decide_device(user_code, Some(user))
    }

    /// Somebody types a code and turns the program away.
    ///
    /// # Errors
    /// When no program waits for this code.
    pub fn deny_device(&self, user_code: &str) -> Result<(), ScriptError> {
        self.decide_device(user_code, None)
    }

    fn decide_device(&self, user_code: &str, user: Option<UserId>) -> Result<(), ScriptError> {
        let now = self.clock().now();
        decide_code(&mut self.house().state(), user_code, user, now).map_err(|_| ScriptError::NoSuchCode)
    }
}
