//! Signing in to the forum: a key of one's own, without an administrator and without typing it anywhere. And leaving.

use std::fmt;

use custody_core::{
    Private,
    event::EventKind,
    ports::{Chance as _, Fault, PortError},
};
use custody_remote::{
    forum::sign_in::{DeviceCode, Granted, Scope, SignIn as Asked, SignInAsk},
    http::{Http, HttpSettings},
};
use custody_vault::OsChance;
use url::Url;

use super::Desk;
use crate::{
    Result,
    settings::{ForumKeyKind, ForumSettings, SourceSetting},
    views::{AccountView, RecordedServer, ScopeView, SignInCodeView, SignInView},
    wiring::{Secret, discourse},
};

pub use custody_remote::forum::sign_in::Wishes;

/// What a person reads on the forum's page.
const APPLICATION: &str = "Custody";

/// Where the browser is sent back to, if the forum's administrator allows it.
const REDIRECT: &str = "custody://forum/signed-in";

/// A sign-in under way. It holds the private key of this one sign-in; dropping it ends it.
pub struct SignIn {
    asked: Asked,
    forum: ForumSettings,
    redirect: Url,
    code: Option<DeviceCode>,
}

impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignIn").field("asked", &self.asked).finish_non_exhaustive()
    }
}

/// A key that the forum handed over, until it is kept.
#[derive(Debug)]
pub struct NewKey(Granted);

impl Desk {
    /// Asks a forum how it lets people in, and makes ready for it. Nothing is kept, and nobody is asked yet.
    ///
    /// # Errors
    /// [`Fault::NotFound`] if the forum does not let its users issue keys; what else it answered.
    pub async fn begin_sign_in(&self, url: Url, wishes: Wishes) -> Result<SignIn> {
        let settings = self.settings();
        // One id for each installation: a forum ends the earlier key of the same person and id.
        let client_id = format!("custody-{}", settings.desk);
        let ask = SignInAsk {
            base_url: url.clone(),
            application: APPLICATION.to_owned(),
            client_id: client_id.clone(),
            wishes,
            expires_in: None,
            chance: OsChance.id_bytes()?,
        };
        let http = Http::new(&HttpSettings::default()).map_err(PortError::from)?;
        let asked = Asked::begin(http, ask).await?;
        let known = settings.forum.map(|forum| forum.name);
        let name = known.unwrap_or_else(|| url.host_str().unwrap_or("forum").to_owned());
        let forum = ForumSettings {
            sources: vec![SourceSetting::PersonalInbox],
            ..ForumSettings::new(name, url, ForumKeyKind::User, client_id)
        };
        let redirect =
            Url::parse(REDIRECT).map_err(|cause| PortError::not_possible(Fault::SettingsTrouble).because(cause))?;
        Ok(SignIn { asked, forum, redirect, code: None })
    }

    /// Keeps a key that was granted, and works with it from now on. `choose` may change what is looked at, and how often.
    ///
    /// # Errors
    /// As [`Desk::connect_forum`]; then the key is given back, so that none is left that nobody uses.
    pub async fn finish_sign_in(
        &self,
        sign_in: &SignIn,
        key: NewKey,
        choose: impl FnOnce(&mut ForumSettings),
    ) -> Result<AccountView> {
        let mut forum = sign_in.forum.clone();
        choose(&mut forum);
        let NewKey(Granted { key, .. }) = key;
        match self
            .connect_forum_for(forum.clone(), key.clone(), &sign_in.asked.scopes(), RecordedServer::ForumBySignIn)
            .await
        {
            Err(error) => {
                if let Ok(client) = discourse(&forum, key, &self.0.desk_clock)
                    && let Err(left) = client.revoke_key().await
                {
                    tracing::warn!(fault = ?left.fault, "sign_in.key_left");
                }
                Err(error)
            }
            done => done,
        }
    }

    /// Leaves the forum. With `revoke` its key is given back first, so that it is good for nothing any more.
    ///
    /// # Errors
    /// [`Fault::NotConnected`] if there is no forum; what the forum answered when the key was given back: then nothing was
    /// changed here. An administrator's key is not ours to give back ([`Fault::NotAllowed`]).
    pub async fn disconnect_forum(&self, revoke: bool) -> Result<()> {
        let mut settings = self.settings();
        let Some(forum) = settings.forum.take() else {
            return Err(PortError::needs_person(Fault::NotConnected).into());
        };
        if revoke {
            let key = Secret::Forum.fetch(&self.0.vault).await?;
            match discourse(&forum, key, &self.0.desk_clock)?.revoke_key().await {
                // It is gone already, which is what was wanted.
                Ok(()) | Err(PortError { fault: Fault::CredentialsRefused, .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        self.note(EventKind::Disconnected { what: RecordedServer::Forum.in_row() }).await?;
        self.save_settings(settings).await?;
        self.0.vault.destroy_token(Secret::Forum.name()?).await?;
        Ok(())
    }

    /// Whether somebody looks at the window. While they do, the running desk hears of changes at once.
    pub fn focus(&self, focused: bool) {
        self.0.focused.send_if_modified(|before| std::mem::replace(before, focused) != focused);
    }
}

impl SignIn {
    /// What the forum offers, and what is asked for.
    pub fn view(&self) -> SignInView {
        let scope = |scope: Scope| ScopeView { name: scope.into() };
        SignInView {
            forum: self.forum.url.to_string(),
            device_codes: self.asked.offer().device_codes,
            page: self.asked.page(None).into(),
            redirect_page: self.asked.page(Some(&self.redirect)).into(),
            scopes: self.asked.scopes().into_iter().map(scope).collect(),
        }
    }

    /// Asks for a code that a person types on the forum. An earlier one of this sign-in is forgotten.
    ///
    /// # Errors
    /// [`Fault::NotFound`] if the forum offers no codes; [`Fault::NotAllowed`] if it does not allow what is asked for.
    pub async fn ask_code(&mut self) -> Result<SignInCodeView> {
        let code = self.asked.ask_code().await?;
        let view = SignInCodeView {
            code: code.user_code.clone(),
            page: code.page.to_string(),
            lasts_seconds: u32::try_from(code.lasts.as_secs()).unwrap_or(u32::MAX),
        };
        self.code = Some(code);
        Ok(view)
    }

    /// Waits until the code was typed.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`] if the person turned us down; [`Fault::CredentialsRefused`] if the code is too old, or none was
    /// asked for.
    pub async fn wait_for_code(&self) -> Result<NewKey> {
        let code = self.code.as_ref().ok_or_else(|| PortError::try_again(Fault::CredentialsRefused))?;
        Ok(NewKey(self.asked.wait_for_code(code).await?))
    }

    /// Opens what a person brought back: the text that the forum showed, or the address that its page led to.
    ///
    /// # Errors
    /// [`Fault::AnswerNotUnderstood`] if it was not made for this sign-in, which goes on.
    pub fn open(&self, brought: &Private<String>) -> Result<NewKey> {
        let is_address = brought.reveal().trim_start().starts_with(self.redirect.scheme());
        let granted = if is_address && brought.reveal().contains("://") {
            self.asked.open_redirect(&self.redirect, &Private::new(brought.reveal().trim().to_owned()))?
        } else {
            self.asked.open_payload(brought)?
        };
        Ok(NewKey(granted))
    }
}
