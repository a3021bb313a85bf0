//! How a practice forum is set up: the site settings that change what a client sees.

use jiff::SignedDuration;

/// Site settings of a practice forum. `Default` is a local-storage forum of 2026 without limits.
#[derive(Clone, Debug)]
pub struct ForumOptions {
    /// The site's title.
    pub title: String,
    /// A folder the forum lives under, such as `/forum`; empty for none.
    pub subfolder: String,
    /// Which years' answers the forum gives.
    pub era: Era,
    /// How tags are written in answers.
    pub tags: TagShape,
    /// Where uploads are kept.
    pub storage: Storage,
    /// Who may sign in programs, and how.
    pub sign_in: SignInRules,
    /// How often a key or an address may ask.
    pub limits: Limits,
    /// Everything but the probes needs a key.
    pub login_required: bool,
    /// Says 403 and 410 where the default says 404.
    pub detailed_404: bool,
    /// Anonymous downloads answer 404.
    pub prevent_anons_from_downloading_files: bool,
    /// Moderators may read others' addresses.
    pub moderators_view_emails: bool,
    /// Staff may destroy posts and revisions for good.
    pub can_permanently_delete: bool,
    /// Everyone who sees a post sees its earlier texts.
    pub edit_history_visible_to_public: bool,
    /// The "solved" feature is on, in private threads too.
    pub solved: bool,
    /// The plugin by which topics are assigned is on.
    pub assign: bool,
    /// Ordinary users may not repeat themselves, nor post every second.
    pub posting_rules: bool,
    /// Posts of ordinary users wait for approval.
    pub approve_posts: bool,
    /// `/uploads/short-url/` honours `Range`.
    pub range_on_short_urls: bool,
    /// `/uploads/default/` honours `Range`.
    pub range_on_direct_urls: bool,
    /// Extensions that ordinary users may upload, separated by `|`; `*` for all.
    pub authorized_extensions: String,
    /// The largest upload, in units of 1024 bytes.
    pub max_attachment_size_kb: u64,
    /// The rules by which uploads nobody uses go away.
    pub clean_up: CleanUpRules,
    /// How long a signed address of the storage works.
    pub presigned_lifetime: SignedDuration,
}

impl Default for ForumOptions {
    fn default() -> Self {
        Self {
            title: "Practice forum".to_owned(),
            subfolder: String::new(),
            era: Era::Year2026,
            tags: TagShape::Objects,
            storage: Storage::Local,
            sign_in: SignInRules::default(),
            limits: Limits::off(),
            login_required: false,
            detailed_404: false,
            prevent_anons_from_downloading_files: false,
            moderators_view_emails: false,
            can_permanently_delete: false,
            edit_history_visible_to_public: true,
            solved: true,
            assign: true,
            posting_rules: true,
            approve_posts: false,
            range_on_short_urls: false,
            range_on_direct_urls: true,
            authorized_extensions: "*".to_owned(),
            max_attachment_size_kb: 1_024_000,
            clean_up: CleanUpRules::default(),
            presigned_lifetime: SignedDuration::from_secs(300),
        }
    }
}

/// Which years' answers the forum gives: fields were added over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Era {
    /// As 3.1.0.beta2 answered, in spring 2023.
    Year2023,
    /// As the 2026 versions answer.
    Year2026,
}

/// How tags are written in answers; it changed in 2026.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagShape {
    /// `"tags": ["urgent"]`
    Strings,
    /// `"tags": [{"id": 1, "name": "urgent", "slug": "urgent"}]`
    Objects,
}

/// Where uploads are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Storage {
    /// On the forum itself: anyone with the address gets the file.
    Local,
    /// On a second origin that acts as an object store.
    ObjectStore {
        /// "Secure uploads": names are random, nothing is shared, and the owning post guards the file.
        secure: bool,
    },
}

impl Storage {
    pub(crate) fn is_secure(self) -> bool {
        self == Self::ObjectStore { secure: true }
    }
}

/// Who may sign in programs, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInRules {
    /// Whether users may issue keys at all.
    pub enabled: bool,
    /// As before 2026: no device codes, no expiry, and `padding` is ignored.
    pub old_server: bool,
    /// `allow_user_api_key_scopes`
    pub scopes: Vec<String>,
    /// `allowed_user_api_auth_redirects`; a `*` stands for anything.
    pub redirects: Vec<String>,
    /// `max_user_api_key_expiry_days`
    pub most_expiry_days: i64,
    /// How many seconds a program is told to wait before it asks again.
    pub device_interval: i64,
}

impl Default for SignInRules {
    fn default() -> Self {
        let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Self {
            enabled: true,
            old_server: false,
            scopes: list(&[
                "read",
                "write",
                "message_bus",
                "push",
                "notifications",
                "session_info",
                "one_time_password",
                "bookmarks_calendar",
                "user_status",
            ]),
            redirects: list(&["https://api.discourse.org/api/auth_redirect", "discourse://auth_redirect"]),
            most_expiry_days: 365,
            device_interval: 5,
        }
    }
}

impl SignInRules {
    pub(crate) fn allows_scope(&self, name: &str) -> bool {
        self.scopes.iter().any(|known| known == name)
    }

    /// The address has to have a host, and to be on the list as a whole.
    pub(crate) fn allows_redirect(&self, address: &str) -> bool {
        url::Url::parse(address).is_ok_and(|url| url.has_host())
            && self.redirects.iter().any(|known| is_like(known, address))
    }
}

fn is_like(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((before, after)) => text
            .strip_prefix(before)
            .is_some_and(|rest| (0..=rest.len()).any(|at| rest.get(at..).is_some_and(|rest| is_like(after, rest)))),
    }
}

/// How often a key or an address may ask, counted on the practice clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Whether keys are counted.
    pub per_key: bool,
    /// Whether addresses are counted (admin keys are exempt).
    pub per_address: bool,
    /// Requests a user key may make in 60 seconds.
    pub user_key_per_minute: usize,
    /// Requests a user key may make in a day.
    pub user_key_per_day: usize,
    /// Requests all admin keys together may make in 60 seconds.
    pub admin_keys_per_minute: usize,
    /// Requests an address may make in 10 seconds.
    pub address_per_10_seconds: usize,
    /// Requests an address may make in 60 seconds.
    pub address_per_minute: usize,
    /// Downloads an address may make in 10 seconds, counted instead of the general two.
    pub address_assets_per_10_seconds: usize,
    /// Codes an address may ask for in 60 seconds.
    pub device_codes_per_minute: usize,
    /// How often an address may ask in 60 seconds whether a code was typed, and for each code.
    pub device_polls_per_minute: usize,
}

impl Limits {
    /// No limits: for stories that are about something else.
    pub fn off() -> Self {
        Self { per_key: false, per_address: false, ..Self::as_shipped() }
    }

    /// The numbers Discourse ships with.
    pub fn as_shipped() -> Self {
        Self {
            per_key: true,
            per_address: true,
            user_key_per_minute: 20,
            user_key_per_day: 2880,
            admin_keys_per_minute: 60,
            address_per_10_seconds: 50,
            address_per_minute: 200,
            address_assets_per_10_seconds: 200,
            device_codes_per_minute: 20,
            device_polls_per_minute: 60,
        }
    }
}

/// The rules by which uploads nobody uses go away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CleanUpRules {
    /// Whether the clean-up runs at all.
    pub enabled: bool,
    /// How old an upload must be, counted from its upload; a run happens at most every half of this.
    pub orphan_grace: SignedDuration,
    /// How long the bytes lie in the tombstone before they go.
    pub tombstone: SignedDuration,
}

impl Default for CleanUpRules {
    fn default() -> Self {
        Self {
            enabled: true,
            orphan_grace: SignedDuration::from_hours(48),
            tombstone: SignedDuration::from_hours(30 * 24),
        }
    }
}
