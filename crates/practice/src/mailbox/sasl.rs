//! What both servers understand of SASL: who says to be whom, and by what.

/// A way to log in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginMechanism {
    /// User and password in one line (RFC 4616).
    Plain,
    /// User and password one after the other; in IMAP the LOGIN command.
    Login,
    /// A bearer token (RFC 7628).
    OAuthBearer,
    /// A bearer token, as it was handed over before that standard.
    XOAuth2,
}

impl LoginMechanism {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Plain, Self::Login, Self::OAuthBearer, Self::XOAuth2];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Plain => "PLAIN",
            Self::Login => "LOGIN",
            Self::OAuthBearer => "OAUTHBEARER",
            Self::XOAuth2 => "XOAUTH2",
        }
    }

    pub(super) fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mechanism| mechanism.name().eq_ignore_ascii_case(name))
    }

    /// Whether a bearer token is handed over.
    pub(super) const fn is_bearer(self) -> bool {
        matches!(self, Self::OAuthBearer | Self::XOAuth2)
    }
}

/// Why a token was refused, as both servers say it before they refuse.
pub(super) const REASONS: &str = r#"{"status":"401","schemes":"bearer","scope":"mail"}"#;

/// User and password of a SASL PLAIN response.
pub(super) fn plain_credentials(response: &str) -> Option<(String, String)> {
    let mut parts = response.splitn(3, '\0').skip(1).map(str::to_owned);
    parts.next().zip(parts.next())
}

/// User and token of a response with a bearer token.
pub(super) fn bearer_credentials(mechanism: LoginMechanism, response: &str) -> Option<(String, String)> {
    let fields: Vec<&str> = response.strip_suffix("\u{1}\u{1}")?.split('\u{1}').collect();
    let (first, rest) = fields.split_first()?;
    let user = match mechanism {
        LoginMechanism::OAuthBearer => {
            let user = first.strip_prefix("n,a=")?.strip_suffix(',')?;
            user.replace("=2C", ",").replace("=3D", "=")
        }
        _ => first.strip_prefix("user=")?.to_owned(),
    };
    let token = rest.iter().find_map(|field| field.strip_prefix("auth=Bearer "))?;
    Some((user, (*token).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{LoginMechanism, bearer_credentials, plain_credentials};

    #[test]
    fn plain_credentials_need_all_three_parts() {
        assert_eq!(plain_credentials("\0u\0p"), Some(("u".to_owned(), "p".to_owned())));
        assert_eq!(plain_credentials("\0u"), None);
    }

    #[test]
    fn tokens_are_read_as_each_mechanism_writes_them() {
        let found = Some(("a,b@x".to_owned(), "t".to_owned()));
        let xoauth2 = "user=a,b@x\u{1}auth=Bearer t\u{1}\u{1}";
        assert_eq!(bearer_credentials(LoginMechanism::XOAuth2, xoauth2), found);
        let standard = "n,a=a=2Cb@x,\u{1}host=h\u{1}port=1\u{1}auth=Bearer t\u{1}\u{1}";
        assert_eq!(bearer_credentials(LoginMechanism::OAuthBearer, standard), found);
        assert_eq!(bearer_credentials(LoginMechanism::OAuthBearer, xoauth2), None);
        assert_eq!(bearer_credentials(LoginMechanism::XOAuth2, "user=a\u{1}auth=Bearer t"), None);
    }
}
