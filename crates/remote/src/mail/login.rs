//! How the desk proves to a mail server who it is: by password, or by an OAuth 2 bearer token (RFC 6750).
//!
//! A token comes from the caller, who also renews it, or is fetched here from a token endpoint. A server may offer either of two mechanisms for it: OAUTHBEARER
//! (RFC 7628) or XOAUTH2, which came before it; both say the same.

use custody_core::{
    Private,
    ports::{Fault, PortError, PortResult},
};

use super::{MailServer, access_token::AccessTokens};

/// An account and what opens it.
#[derive(Clone, Debug)]
pub struct Login {
    /// The user name.
    pub user: Private<String>,
    /// What proves that it is ours.
    pub credential: Credential,
}

/// What opens an account.
#[derive(Clone, Debug)]
pub enum Credential {
    /// A password.
    Password(Private<String>),
    /// An OAuth 2 access token that is still valid. Nothing is sent to a server that takes only passwords.
    BearerToken(Private<String>),
    /// Access tokens that are fetched as they are needed.
    AccessTokens(AccessTokens),
}

/// What is shown to the server in one attempt.
pub(super) enum Proof {
    Password(Private<String>),
    BearerToken(Private<String>),
}

impl Credential {
    /// What to show first.
    pub(super) async fn proof(&self) -> PortResult<Proof> {
        Ok(match self {
            Self::Password(password) => Proof::Password(password.clone()),
            Self::BearerToken(token) => Proof::BearerToken(token.clone()),
            Self::AccessTokens(tokens) => Proof::BearerToken(tokens.token().await?),
        })
    }

    /// What to show instead, once, after a refusal: a token may end before its time. Gives the refusal back if there is
    /// nothing else.
    pub(super) async fn other_proof(&self, shown: &Proof, refusal: PortError) -> PortResult<Proof> {
        let is_of_token = !refusal.source.as_ref().is_some_and(|cause| cause.is::<NoTokens>());
        match (self, shown) {
            (Self::AccessTokens(tokens), Proof::BearerToken(token))
                if refusal.fault == Fault::CredentialsRefused && is_of_token =>
            {
                Ok(Proof::BearerToken(tokens.renewed(token).await?))
            }
            _ => Err(refusal),
        }
    }
}

impl Login {
    /// With a password.
    pub const fn with_password(user: Private<String>, password: Private<String>) -> Self {
        Self { user, credential: Credential::Password(password) }
    }

    /// With a bearer token.
    pub const fn with_bearer_token(user: Private<String>, token: Private<String>) -> Self {
        Self { user, credential: Credential::BearerToken(token) }
    }

    /// With access tokens that are fetched as they are needed.
    pub const fn with_access_tokens(user: Private<String>, tokens: AccessTokens) -> Self {
        Self { user, credential: Credential::AccessTokens(tokens) }
    }
}

/// A way to hand over a bearer token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BearerMechanism {
    OAuthBearer,
    XOAuth2,
}

impl BearerMechanism {
    /// The standard's one first, if the server offers it.
    pub(super) fn choose(offers: impl Fn(&str) -> bool) -> Option<Self> {
        [Self::OAuthBearer, Self::XOAuth2].into_iter().find(|mechanism| offers(mechanism.name()))
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::OAuthBearer => "OAUTHBEARER",
            Self::XOAuth2 => "XOAUTH2",
        }
    }

    /// What the client says, before base64.
    ///
    /// # Errors
    /// A user name or token with control characters: they would end a field early.
    pub(super) fn response(
        self,
        server: &MailServer,
        user: &Private<String>,
        token: &Private<String>,
    ) -> Result<String, PortError> {
        let (user, token) = (user.reveal(), token.reveal());
        let whole = |text: &str| !text.is_empty() && !text.contains(|c: char| c.is_control());
        if !whole(user) || !whole(token) || !token.is_ascii() || token.contains(' ') {
            return Err(PortError::needs_person(Fault::CredentialsRefused).because(NotSayable));
        }
        Ok(match self {
            Self::OAuthBearer => {
                let user = user.replace('=', "=3D").replace(',', "=2C");
                let (host, port) = (&server.host, server.port);
                format!("n,a={user},\u{1}host={host}\u{1}port={port}\u{1}auth=Bearer {token}\u{1}\u{1}")
            }
            Self::XOAuth2 => format!("user={user}\u{1}auth=Bearer {token}\u{1}\u{1}"),
        })
    }

    /// What the client says to a refusal that comes with reasons, so that the server ends the exchange; before base64.
    pub(super) const fn acknowledgement(self) -> &'static str {
        match self {
            Self::OAuthBearer => "\u{1}",
            Self::XOAuth2 => "",
        }
    }
}

#[derive(Debug, thiserror::Error)]
#[error("the user name or token cannot be said in this protocol")]
struct NotSayable;

#[derive(Debug, thiserror::Error)]
#[error("the mail server takes no passwords on this connection")]
pub(super) struct NoPasswords;

#[derive(Debug, thiserror::Error)]
#[error("the mail server takes no bearer tokens on this connection")]
pub(super) struct NoTokens;

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{super::Security, *};

    fn server() -> MailServer {
        MailServer {
            host: "mail.example".to_owned(),
            port: 587,
            security: Security::StartTls,
            extra_ca_pem: None,
            patience: Duration::from_secs(1),
        }
    }

    #[test]
    fn a_token_is_handed_over_as_each_mechanism_wants_it() {
        let say = |mechanism: BearerMechanism, user: &str| {
            mechanism.response(&server(), &user.into(), &"ya29.token".into()).unwrap()
        };
        assert_eq!(
            say(BearerMechanism::XOAuth2, "desk@support.example"),
            "user=desk@support.example\u{1}auth=Bearer ya29.token\u{1}\u{1}"
        );
        assert_eq!(
            say(BearerMechanism::OAuthBearer, "a,b=c@support.example"),
            "n,a=a=2Cb=3Dc@support.example,\u{1}host=mail.example\u{1}port=587\u{1}auth=Bearer ya29.token\u{1}\u{1}"
        );
    }

    #[test]
    fn nothing_can_be_slipped_in_beside_a_token() {
        for (user, token) in
            [("a\u{1}auth=x", "t"), ("a", "t\u{1}"), ("a", "t\r\nMAIL"), ("", "t"), ("a", ""), ("a", "t t")]
        {
            for mechanism in [BearerMechanism::OAuthBearer, BearerMechanism::XOAuth2] {
                assert!(mechanism.response(&server(), &user.into(), &token.into()).is_err(), "{user:?} {token:?}");
            }
        }
    }
}
