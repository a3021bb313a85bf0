//! People who type the code that a program shows them.

use super::people::known_user;
use crate::forum::PracticeForum;
use crate::forum::answers::decide_code;
use crate::forum::ids::UserId;
use crate::forum::script::ScriptError;

impl PracticeForum {
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
