//! Access tokens for mail, with the refresh token in the keychain.

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use custody_core::{
    Private,
    ports::{PortError, PortResult},
};
use custody_remote::{
    http::{Http, HttpSettings},
    mail::access_token::{AccessTokens, RefreshTokenStore, TokenSettings},
};
use custody_vault::Vault;

use super::Secret;
use crate::{
    Result,
    clock::DeskClock,
    settings::{MailSettings, OAuthSettings, SettingsError},
};

/// What opens mail accounts, and the settings it was made for.
#[derive(Clone, Debug)]
pub(crate) struct MailTokens {
    pub(crate) tokens: AccessTokens,
    settings: OAuthSettings,
    ca_pem: Option<String>,
}

/// The tokens of settings whose refresh token is kept; those in use if they are for the same endpoint. Two that exchange
/// one refresh token beside each other would make it worthless.
pub(super) async fn kept(
    mail: &MailSettings,
    vault: &Vault,
    clock: &Arc<DeskClock>,
    in_use: Option<MailTokens>,
) -> Result<Option<MailTokens>> {
    mail.check()?;
    let Some(settings) = &mail.oauth else { return Ok(None) };
    if let Some(same) = in_use.filter(|known| known.settings == *settings && known.ca_pem == mail.ca_pem) {
        return Ok(Some(same));
    }
    let secret = Secret::OAuthClient.find(vault).await?;
    Ok(Some(made(mail, settings, secret, clock, Arc::new(InVault(vault.clone())))?))
}

/// Tokens for a trial: what comes back in exchange for the refresh token is kept in memory, until it is known to be good.
pub(crate) fn on_trial(
    mail: &MailSettings,
    client_secret: Option<Private<String>>,
    clock: &Arc<DeskClock>,
    store: Arc<InMemory>,
) -> Result<AccessTokens> {
    mail.check()?;
    let Some(settings) = &mail.oauth else {
        return Err(SettingsError::Mail("`[mail.oauth]` is missing".to_owned()).into());
    };
    Ok(made(mail, settings, client_secret, clock, store)?.tokens)
}

fn made(
    mail: &MailSettings,
    settings: &OAuthSettings,
    client_secret: Option<Private<String>>,
    clock: &Arc<DeskClock>,
    store: Arc<dyn RefreshTokenStore>,
) -> Result<MailTokens> {
    let extra_ca_pem = mail.ca_pem.as_ref().map(|pem| pem.clone().into_bytes());
    let http = Http::new(&HttpSettings { extra_ca_pem, witness: clock.witness(), ..HttpSettings::default() })
        .map_err(PortError::from)?;
    let endpoint = TokenSettings {
        token_url: settings.token_url.clone(),
        client_id: settings.client_id.clone(),
        client_secret,
        scope: settings.scope.clone(),
    };
    let tokens = AccessTokens::new(endpoint, http, clock.clone(), store);
    let tokens = tokens.map_err(|cause| SettingsError::Mail(cause.to_string()))?;
    Ok(MailTokens { tokens, settings: settings.clone(), ca_pem: mail.ca_pem.clone() })
}

/// The refresh token where every other secret is.
struct InVault(Vault);

#[async_trait]
impl RefreshTokenStore for InVault {
    async fn refresh_token(&self) -> PortResult<Private<String>> {
        Secret::OAuthRefresh.fetch(&self.0).await
    }

    async fn replace(&self, token: &Private<String>) -> PortResult<()> {
        Secret::OAuthRefresh.keep(&self.0, token).await
    }
}

/// A refresh token that is not kept yet.
pub(crate) struct InMemory(Mutex<Private<String>>);

impl InMemory {
    pub(crate) fn new(token: Private<String>) -> Self {
        Self(Mutex::new(token))
    }

    /// The last one.
    pub(crate) fn token(&self) -> Private<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[async_trait]
impl RefreshTokenStore for InMemory {
    async fn refresh_token(&self) -> PortResult<Private<String>> {
        Ok(self.token())
    }

    async fn replace(&self, token: &Private<String>) -> PortResult<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone_from(token);
        Ok(())
    }
}
