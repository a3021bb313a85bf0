//! The settings of a desk that is connected to a practice world.

use custody_desk::settings::{
    ForumKeyKind, ForumSettings, LoginKind, MailServer, MailSettings, OAuthSettings, SourceSetting, Tls,
};
use custody_practice::{
    World,
    mailbox::{PracticeMail, TokenEndpoint},
};

use crate::PracticeError;

/// The forum: the support group's inbox, by Bob's own key.
///
/// # Errors
/// When the forum's address cannot be read.
pub fn forum_settings(world: &World) -> Result<ForumSettings, PracticeError> {
    Ok(ForumSettings {
        name: "practice".to_owned(),
        url: world.forum.base_url().parse()?,
        key: ForumKeyKind::User,
        identity: "practice-desk".to_owned(),
        sources: vec![SourceSetting::Group("support".to_owned()), SourceSetting::PersonalInbox],
        staff_groups: vec!["support".to_owned()],
        // Its own forum on this machine: nobody else is kept waiting.
        requests_per_minute: 6000,
        requests_per_day: 1_000_000,
    })
}

/// The mail servers as in [`mail_settings`], opened by access tokens of the world's endpoint.
///
/// # Errors
/// When the endpoint's address cannot be read.
pub fn oauth_mail_settings(world: &World) -> Result<MailSettings, PracticeError> {
    let mut mail = mail_settings(world);
    mail.smtp.login = LoginKind::OAuth;
    mail.imap.login = LoginKind::OAuth;
    mail.oauth = Some(OAuthSettings {
        token_url: world.mail.token_endpoint().url().parse()?,
        client_id: TokenEndpoint::CLIENT_ID.to_owned(),
        scope: None,
    });
    Ok(mail)
}

/// The mail servers: submission by STARTTLS, reading over TLS.
pub fn mail_settings(world: &World) -> MailSettings {
    let account = world.mail.desk_account();
    let server = |port, tls| MailServer {
        host: "localhost".to_owned(),
        port,
        tls,
        user: account.user.clone(),
        login: LoginKind::Password,
    };
    MailSettings {
        from: account.user.clone(),
        smtp: server(world.mail.smtp_addr().port(), Tls::Starttls),
        imap: server(world.mail.imaps_addr().port(), Tls::Implicit),
        authserv_id: Some(PracticeMail::AUTHSERV_ID.to_owned()),
        ca_pem: Some(world.mail.ca_pem().to_owned()),
        oauth: None,
    }
}
