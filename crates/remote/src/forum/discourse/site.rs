//! What the site is like, remembered for a while.

use std::{
    collections::{HashMap, HashSet},
    sync::{MutexGuard, PoisonError},
};

use custody_core::ports::{ErrorKind, Fault, PortError, PortResult};
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;

use super::{
    DiscourseForum,
    api::{self, SiteSettings},
};
use crate::http::{Failure, budget::Purpose};

/// A category that is opened to everybody is noticed within this time.
const CATEGORIES_LAST: SignedDuration = SignedDuration::from_mins(10);
const SETTINGS_LAST: SignedDuration = SignedDuration::from_hours(1);
const MEMBERS_LAST: SignedDuration = SignedDuration::from_hours(1);

/// A group of support staff is smaller.
const MOST_MEMBERS: usize = 10_000;
const MEMBERS_PER_PAGE: usize = 100;

/// What is remembered.
#[derive(Debug, Default)]
pub(super) struct Facts {
    restricted: HashMap<i64, (Timestamp, bool)>,
    settings: Option<(Timestamp, SiteSettings)>,
    members: Option<(Timestamp, HashSet<i64>)>,
}

impl DiscourseForum {
    /// Whether access to a category is limited.
    pub(super) async fn is_restricted(&self, category: i64) -> PortResult<bool> {
        if let Some(known) = self.known_restriction(category) {
            return Ok(known);
        }
        let mut url = self.page(&["categories"]);
        url.set_query(Some("include_subcategories=true"));
        let list: api::Categories = self.ask_json(Purpose::Site, "categories.index", Method::GET, url, None).await?;
        self.remember_categories(list.category_list.categories);
        if let Some(known) = self.known_restriction(category) {
            return Ok(known);
        }
        // Sites with many categories list only some of them.
        let route = "categories.show";
        let url = self.page(&["c", &category.to_string(), "show"]);
        let alone: api::CategoryAlone = self.ask_json(Purpose::Site, route, Method::GET, url, None).await?;
        self.remember_categories(vec![alone.category]);
        self.known_restriction(category).ok_or_else(|| Failure::of_sense(route, "another category than asked for"))
    }

    fn known_restriction(&self, category: i64) -> Option<bool> {
        let now = self.clock.now();
        let facts = self.facts();
        let (at, restricted) = facts.restricted.get(&category)?;
        is_current(*at, now, CATEGORIES_LAST).then_some(*restricted)
    }

    fn remember_categories(&self, categories: Vec<api::Category>) {
        let now = self.clock.now();
        let mut facts = self.facts();
        let mut waiting = categories;
        while let Some(mut category) = waiting.pop() {
            waiting.append(&mut category.subcategory_list.take().unwrap_or_default());
            // What is not said to be limited is open: a file must not be taken in by mistake.
            facts.restricted.insert(category.id, (now, category.read_restricted == Some(true)));
        }
    }

    /// Whether the SHA-1 in an upload's key is that of its content. Sites with secure uploads, and those that let browsers
    /// upload straight into their storage, use random numbers.
    pub(super) async fn sha1_is_of_content(&self) -> PortResult<bool> {
        let settings = self.site_settings().await?;
        Ok(settings.secure_uploads == Some(false) && settings.enable_direct_s3_uploads != Some(true))
    }

    /// What the site says of itself. One that does not say is asked again later, and nothing is concluded from it.
    pub(super) async fn site_settings(&self) -> PortResult<SiteSettings> {
        let now = self.clock.now();
        if let Some((at, known)) = self.facts().settings
            && is_current(at, now, SETTINGS_LAST)
        {
            return Ok(known);
        }
        let url = self.page(&["site", "settings"]);
        let asked = self.ask_json(Purpose::Site, "site.settings", Method::GET, url, None).await;
        let known = match asked {
            Ok(settings) => settings,
            Err(PortError { kind: ErrorKind::NotPossible, .. }) => SiteSettings::default(),
            Err(error) => return Err(error),
        };
        self.facts().settings = Some((now, known));
        Ok(known)
    }

    /// The members of the groups that speak for support.
    pub(super) async fn support_members(&self) -> PortResult<HashSet<i64>> {
        if self.settings.staff_groups.is_empty() {
            return Ok(HashSet::new());
        }
        let now = self.clock.now();
        if let Some((at, members)) = &self.facts().members
            && is_current(*at, now, MEMBERS_LAST)
        {
            return Ok(members.clone());
        }
        let mut members = HashSet::new();
        for group in &self.settings.staff_groups {
            self.add_members(group, &mut members).await?;
        }
        self.facts().members = Some((now, members.clone()));
        Ok(members)
    }

    async fn add_members(&self, group: &str, members: &mut HashSet<i64>) -> PortResult<()> {
        let route = "groups.members";
        let mut read = 0;
        loop {
            let mut url = self.page(&["groups", group, "members"]);
            url.set_query(Some(&format!("limit={MEMBERS_PER_PAGE}&offset={read}")));
            let page = self.ask_json::<api::GroupMembers>(Purpose::Site, route, Method::GET, url, None).await;
            let page = match page {
                Ok(page) => page,
                // Guessing who is staff would take an engineer for a customer.
                Err(error) if matches!(error.fault, Fault::NotFound | Fault::NotAllowed) => {
                    return Err(PortError::needs_person(error.fault)
                        .because(Failure::Unexpected { route, what: "a staff group whose members we cannot see" }));
                }
                Err(error) => return Err(error),
            };
            let got = page.members.len();
            read += got;
            members.extend(page.members.into_iter().map(|member| member.id));
            let total = page.meta.and_then(|meta| meta.total);
            if got < MEMBERS_PER_PAGE || total.is_some_and(|total| read >= total) || members.len() >= MOST_MEMBERS {
                return Ok(());
            }
        }
    }

    fn facts(&self) -> MutexGuard<'_, Facts> {
        self.facts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_current(at: Timestamp, now: Timestamp, age: SignedDuration) -> bool {
    at <= now && now.duration_since(at) < age
}
