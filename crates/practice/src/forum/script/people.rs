//! Users, groups and categories.

use std::collections::BTreeSet;

use crate::forum::PracticeForum;
use crate::forum::ids::{CategoryId, GroupId, UserId};
use crate::forum::model::{Category, Group, State, User};
use crate::forum::script::ScriptError;

/// Somebody to be added to the forum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUser {
    /// The name on the forum.
    pub username: String,
    /// The full name.
    pub name: String,
    /// The address.
    pub email: String,
    /// Sees and may do everything.
    pub admin: bool,
    /// Moderates; sees only the private threads they are in.
    pub moderator: bool,
    /// 0 to 4.
    pub trust_level: i64,
}

impl NewUser {
    /// An ordinary user.
    pub fn new(username: &str, name: &str, email: &str) -> Self {
        Self {
            username: username.to_owned(),
            name: name.to_owned(),
            email: email.to_owned(),
            admin: false,
            moderator: false,
            trust_level: 1,
        }
    }

    /// Makes them an admin.
    #[must_use]
    pub fn admin(mut self) -> Self {
        self.admin = true;
        self.trust_level = 4;
        self
    }

    /// Makes them a moderator.
    #[must_use]
    pub fn moderator(mut self) -> Self {
        self.moderator = true;
        self.trust_level = 4;
        self
    }
}

impl PracticeForum {
    /// Adds a user.
    ///
    /// # Errors
    /// When the username belongs to a user or a group already.
    pub fn add_user(&self, new: NewUser) -> Result<UserId, ScriptError> {
        let now = self.clock().now();
        let mut state = self.house().state();
        check_name(&state, &new.username)?;
        let id = UserId(state.next_number());
        state.users.insert(
            id,
            User {
                id,
                username: new.username,
                name: new.name,
                email: new.email,
                admin: new.admin,
                moderator: new.moderator,
                trust_level: new.trust_level,
                staged: false,
                suspended: false,
                removed: false,
                created_at: now,
            },
        );
        Ok(id)
    }

    /// Adds a group with an inbox of its own; the first member owns it.
    ///
    /// # Errors
    /// When the name is taken or a member does not exist.
    pub fn add_group(&self, name: &str, full_name: &str, members: &[&str]) -> Result<GroupId, ScriptError> {
        let mut state = self.house().state();
        check_name(&state, name)?;
        let ids: Vec<UserId> = members.iter().map(|member| known_user(&state, member)).collect::<Result<_, _>>()?;
        let id = GroupId(state.next_number());
        state.groups.insert(
            id,
            Group {
                id,
                name: name.to_owned(),
                full_name: Some(full_name.to_owned()),
                members: ids.iter().copied().collect(),
                owners: ids.first().copied().into_iter().collect(),
                has_messages: true,
                members_visible: true,
            },
        );
        Ok(id)
    }

    /// Takes somebody out of a group.
    ///
    /// # Errors
    /// When the user or the group does not exist.
    pub fn leave_group(&self, username: &str, group: &str) -> Result<(), ScriptError> {
        let mut state = self.house().state();
        let user = known_user(&state, username)?;
        let group = known_group(&state, group)?;
        if let Some(group) = state.groups.get_mut(&group) {
            group.members.remove(&user);
        }
        Ok(())
    }

    /// Hides who is in a group from everybody but its members and admins.
    ///
    /// # Errors
    /// When the group does not exist.
    pub fn hide_members(&self, group: &str) -> Result<(), ScriptError> {
        let mut state = self.house().state();
        let group = known_group(&state, group)?;
        if let Some(group) = state.groups.get_mut(&group) {
            group.members_visible = false;
        }
        Ok(())
    }

    /// Adds a category that only these groups see; with none, everybody does.
    ///
    /// # Errors
    /// When a group does not exist.
    pub fn add_category(&self, name: &str, slug: &str, groups: &[&str]) -> Result<CategoryId, ScriptError> {
        let mut state = self.house().state();
        let groups: BTreeSet<GroupId> =
            groups.iter().map(|group| known_group(&state, group)).collect::<Result<_, _>>()?;
        let id = CategoryId(state.next_number());
        state.categories.insert(id, Category { id, name: name.to_owned(), slug: slug.to_owned(), groups });
        Ok(id)
    }

    /// Suspends a user: their keys answer 403 from now on.
    ///
    /// # Errors
    /// When the user does not exist.
    pub fn suspend(&self, username: &str) -> Result<(), ScriptError> {
        self.change_user(username, |user| user.suspended = true)
    }

    /// Removes an account: its posts stay, without an author.
    ///
    /// # Errors
    /// When the user does not exist.
    pub fn remove_account(&self, username: &str) -> Result<(), ScriptError> {
        self.change_user(username, |user| user.removed = true)
    }

    fn change_user(&self, username: &str, change: impl FnOnce(&mut User)) -> Result<(), ScriptError> {
        let mut state = self.house().state();
        let id = known_user(&state, username)?;
        if let Some(user) = state.users.get_mut(&id) {
            change(user);
        }
        Ok(())
    }
}

fn check_name(state: &State, name: &str) -> Result<(), ScriptError> {
    if state.user_named(name).is_some() || state.group_named(name).is_some() {
        return Err(ScriptError::NameTaken(name.to_owned()));
    }
    Ok(())
}

pub(super) fn known_user(state: &State, username: &str) -> Result<UserId, ScriptError> {
    state.user_named(username).map(|user| user.id).ok_or_else(|| ScriptError::NoSuchUser(username.to_owned()))
}

pub(super) fn known_group(state: &State, name: &str) -> Result<GroupId, ScriptError> {
    state.group_named(name).map(|group| group.id).ok_or_else(|| ScriptError::NoSuchGroup(name.to_owned()))
}
