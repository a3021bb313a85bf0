//! `custody connect mail`

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use custody_desk::{
    Desk,
    settings::{LoginKind, MailServer, MailSettings, OAuthSettings, Tls},
};
use serde_json::json;
use url::Url;

use crate::{context::Context, failure::Failure, secrets};

const EXAMPLES: &str = "\
Examples:
  custody connect mail --from desk@example.com --smtp smtp.example.com:587 --imap imap.example.com:993
  custody connect mail --from desk@example.com --smtp mail.example.com:465 --smtp-tls implicit --imap mail.example.com:993 \\
      --imap-user desk --authserv-id mail.example.com --password-file /run/secrets/mail
  custody connect mail --from desk@example.com --smtp smtp.gmail.com:587 --imap imap.gmail.com:993 \\
      --oauth-token-url https://oauth2.googleapis.com/token --oauth-client-id ID.apps.googleusercontent.com \\
      --oauth-client-secret-file client-secret.txt --refresh-token-file refresh-token.txt";

/// Connect the mail servers: receipts go out by SMTP, answers come in by IMAP
///
/// Both servers are logged in to first. TLS is always used: from the first byte (implicit) or by STARTTLS, which must then be
/// offered. --authserv-id names the server whose Authentication-Results are trusted; without it an answer never counts as signed.
///
/// Where passwords are no longer taken (Microsoft 365, Google), accounts are opened by OAuth 2: with --oauth-token-url and
/// --oauth-client-id the desk keeps a refresh token and fetches access tokens with it by itself. The provider's own tools give the
/// first refresh token out; custody's documentation of the command line says what they are asked for.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Mail {
    /// The address that letters come from
    #[arg(long, value_name = "ADDRESS", value_hint = ValueHint::EmailAddress)]
    from: String,
    /// Where letters are posted
    #[arg(long, value_name = "HOST:PORT", value_parser = host_and_port)]
    smtp: Server,
    /// How that connection is secured
    #[arg(long, value_enum, default_value = "starttls")]
    smtp_tls: Secured,
    /// The account there; the address, unless told
    #[arg(long, value_name = "USER")]
    smtp_user: Option<String>,
    /// Where answers arrive
    #[arg(long, value_name = "HOST:PORT", value_parser = host_and_port)]
    imap: Server,
    /// How that connection is secured
    #[arg(long, value_enum, default_value = "implicit")]
    imap_tls: Secured,
    /// The account there; the address, unless told
    #[arg(long, value_name = "USER")]
    imap_user: Option<String>,
    /// The server whose Authentication-Results are trusted
    #[arg(long, value_name = "ID")]
    authserv_id: Option<String>,
    /// A certificate authority to trust besides the system's, in PEM
    #[arg(long, value_name = "PEM", value_hint = ValueHint::FilePath)]
    ca_file: Option<PathBuf>,
    /// What is given is an OAuth 2 access token, not a password; it is used until it expires
    #[arg(long, conflicts_with = "oauth_token_url")]
    bearer_token: bool,
    #[command(flatten)]
    oauth: OAuth,
    /// Read the password from this file instead of asking; `-` is standard input
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath, conflicts_with = "oauth_token_url")]
    password_file: Option<PathBuf>,
    /// The password for IMAP, if it is another one
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath, conflicts_with = "oauth_token_url")]
    imap_password_file: Option<PathBuf>,
}

/// How access tokens are fetched.
#[derive(Debug, Args)]
#[command(next_help_heading = "OAuth 2")]
struct OAuth {
    /// The token endpoint at which access tokens for both servers are fetched
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url, requires = "oauth_client_id")]
    oauth_token_url: Option<Url>,
    /// The client that the refresh token was issued to
    #[arg(long, value_name = "ID", requires = "oauth_token_url")]
    oauth_client_id: Option<String>,
    /// What the tokens are for, names with spaces between; what was granted first, unless told
    #[arg(long, value_name = "SCOPE", requires = "oauth_token_url")]
    oauth_scope: Option<String>,
    /// Read the client's secret from this file, if it has one; `-` is standard input
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath, requires = "oauth_token_url")]
    oauth_client_secret_file: Option<PathBuf>,
    /// Read the refresh token from this file instead of asking; `-` is standard input
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath, requires = "oauth_token_url")]
    refresh_token_file: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Secured {
    /// By STARTTLS, which must be offered
    Starttls,
    /// From the first byte
    Implicit,
}

#[derive(Debug, Clone)]
struct Server {
    host: String,
    port: u16,
}

/// Connects mail.
pub async fn mail(args: Mail, desk: &Desk, context: &mut Context) -> Result<(), Failure> {
    let ca_pem = args.ca_file.map(std::fs::read_to_string).transpose().map_err(Failure::CannotRead)?;
    let user = |told: Option<String>| told.unwrap_or_else(|| args.from.clone());
    let OAuth { oauth_token_url, oauth_client_id, oauth_scope, oauth_client_secret_file, refresh_token_file } =
        args.oauth;
    let oauth = oauth_token_url.zip(oauth_client_id);
    let oauth = oauth.map(|(token_url, client_id)| OAuthSettings { token_url, client_id, scope: oauth_scope });
    let login = match (&oauth, args.bearer_token) {
        (Some(_), _) => LoginKind::OAuth,
        (None, true) => LoginKind::BearerToken,
        (None, false) => LoginKind::Password,
    };
    let by_oauth = oauth.is_some();
    let settings = MailSettings {
        smtp: server(args.smtp, args.smtp_tls, user(args.smtp_user), login),
        imap: server(args.imap, args.imap_tls, user(args.imap_user), login),
        from: args.from,
        authserv_id: args.authserv_id,
        ca_pem,
        oauth,
    };
    if by_oauth {
        let file = oauth_client_secret_file.as_deref();
        let client_secret = file.map(|file| secrets::token(Some(file), "the client's secret", "")).transpose()?;
        let refresh_token = secrets::token(refresh_token_file.as_deref(), "the refresh token", "Refresh token: ")?;
        desk.connect_mail_by_oauth(settings, refresh_token, client_secret).await?;
    } else {
        let smtp_password = secrets::token(args.password_file.as_deref(), "the mail password", "Mail password: ")?;
        let imap_password = match args.imap_password_file {
            Some(file) => secrets::token(Some(&file), "the IMAP password", "IMAP password: ")?,
            None => smtp_password.clone(),
        };
        desk.connect_mail(settings, smtp_password, imap_password).await?;
    }
    context.out.show(&json!({ "smtp": true, "imap": true }), |_| {
        "Mail is connected: both servers let us in. Receipts now go out by mail.\n".to_owned()
    })
}

fn server(server: Server, tls: Secured, user: String, login: LoginKind) -> MailServer {
    let tls = match tls {
        Secured::Starttls => Tls::Starttls,
        Secured::Implicit => Tls::Implicit,
    };
    MailServer { host: server.host, port: server.port, tls, user, login }
}

/// `host:port`; an IPv6 address stands in brackets.
fn host_and_port(text: &str) -> Result<Server, String> {
    let (host, port) = text.rsplit_once(':').ok_or("write it as HOST:PORT")?;
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let port = port.parse().ok().filter(|port| *port > 0).ok_or("the port is a number from 1 to 65535")?;
    if host.is_empty() || host.contains(['/', '@', ' ']) {
        return Err("write it as HOST:PORT".to_owned());
    }
    Ok(Server { host: host.to_owned(), port })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_a_host_and_a_port() {
        for (text, host, port) in [
            ("smtp.example.com:587", "smtp.example.com", 587),
            ("127.0.0.1:25", "127.0.0.1", 25),
            ("[::1]:993", "::1", 993),
        ] {
            let server = host_and_port(text).unwrap();
            assert_eq!((server.host.as_str(), server.port), (host, port));
        }
        for text in ["smtp.example.com", "smtp.example.com:", ":25", "host:0", "host:99999", "imaps://host:993"] {
            assert!(host_and_port(text).is_err(), "{text} is refused");
        }
    }
}
