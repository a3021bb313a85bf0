//! The part about mail.

use serde::{Deserialize, Serialize};
use url::Url;

use super::SettingsError;

/// Mail.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailSettings {
    /// The address in `From`.
    pub from: String,
    /// Where letters are posted.
    pub smtp: MailServer,
    /// Where answers arrive.
    pub imap: MailServer,
    /// The server whose `Authentication-Results` are trusted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authserv_id: Option<String>,
    /// A certificate authority to trust besides the system's, as PEM: at both servers and at the token endpoint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ca_pem: Option<String>,
    /// Where access tokens are fetched, for servers with `login = "oauth"`. One token opens both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oauth: Option<OAuthSettings>,
}

impl MailSettings {
    /// Whether the parts fit: what is fetched is used, and what is used is fetched.
    pub(crate) fn check(&self) -> Result<(), SettingsError> {
        let is_used = [&self.smtp, &self.imap].iter().any(|server| server.login == LoginKind::OAuth);
        match (is_used, &self.oauth) {
            (true, None) => Err(SettingsError::Mail("`login` is \"oauth\", but `[mail.oauth]` is missing".to_owned())),
            (false, Some(_)) => {
                Err(SettingsError::Mail("`[mail.oauth]` is there, but no `login` is \"oauth\"".to_owned()))
            }
            _ => Ok(()),
        }
    }
}

/// Where access tokens for mail are fetched (OAuth 2), by a refresh token that is in the keychain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OAuthSettings {
    /// The token endpoint: `https`, or `http` on this machine.
    pub token_url: Url,
    /// The client that the refresh token was issued to. Its secret, if it has one, is in the keychain.
    pub client_id: String,
    /// What the token is for, names with spaces between; what was granted first, unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
}

/// A mail server.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailServer {
    /// Its name, as in its certificate.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is secured.
    pub tls: Tls,
    /// The account.
    pub user: String,
    /// How the account is opened. What opens it is in the keychain.
    #[serde(default)]
    pub login: LoginKind,
}

/// How a mail account is opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoginKind {
    /// By its password.
    #[default]
    Password,
    /// By an OAuth 2 access token that somebody else renews.
    BearerToken,
    /// By access tokens that are fetched as they are needed, from the endpoint in `[mail.oauth]`.
    #[serde(rename = "oauth")]
    OAuth,
}

/// How a connection is secured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tls {
    /// From the first byte.
    Implicit,
    /// By STARTTLS, which must be offered.
    Starttls,
}
