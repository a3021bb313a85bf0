//! A sign-in to the forum under way in this window. It ends by a code that was typed there, by an address that the browser was
//! sent to, by a text that was brought back, or by the person who began it.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use custody_core::Private;
use custody_desk::{
    Desk,
    sign_in::{NewKey, SignIn, Wishes},
    views::{AccountView, SignInCodeView, SignInView},
};
use tokio::sync::{RwLock, watch};
use url::Url;

use crate::{AppError, SignInPageName, outside::may_browse};

/// One sign-in.
pub(crate) struct SigningIn {
    desk: Desk,
    forum: Url,
    sign_in: RwLock<SignIn>,
    has_code: AtomicBool,
    code_page: RwLock<Option<String>>,
    ended: watch::Sender<Ended>,
}

#[derive(Clone, Default)]
enum Ended {
    #[default]
    NotYet,
    /// By the person, or another one was begun.
    Stopped,
    SignedIn(AccountView),
}

impl SigningIn {
    pub(crate) async fn begin(desk: Desk, forum: Url, wishes: Wishes) -> Result<(Arc<Self>, SignInView), AppError> {
        let sign_in = desk.begin_sign_in(forum.clone(), wishes).await?;
        let view = sign_in.view();
        let begun = Self {
            desk,
            forum,
            sign_in: RwLock::new(sign_in),
            has_code: AtomicBool::new(false),
            code_page: RwLock::default(),
            ended: watch::Sender::default(),
        };
        Ok((Arc::new(begun), view))
    }

    /// Asks for a code that is typed on the forum.
    pub(crate) async fn ask_code(&self) -> Result<SignInCodeView, AppError> {
        // Whoever still waits for an earlier code lets go of it.
        self.ended.send_replace(Ended::Stopped);
        let view = self.sign_in.write().await.ask_code().await?;
        self.has_code.store(true, Ordering::Relaxed);
        *self.code_page.write().await = Some(view.page.clone());
        self.ended.send_replace(Ended::NotYet);
        Ok(view)
    }

    /// The page of this name, if it is the forum's own.
    pub(crate) async fn page(&self, name: SignInPageName) -> Result<Url, AppError> {
        let view = self.sign_in.read().await.view();
        let text = match name {
            SignInPageName::Code => self.code_page.read().await.clone().ok_or(AppError::NoSignIn)?,
            SignInPageName::Paste => view.page,
            SignInPageName::Redirect => view.redirect_page,
        };
        let page = text.parse().map_err(|_| AppError::ForeignPage)?;
        if may_browse(&page, &self.forum) { Ok(page) } else { Err(AppError::ForeignPage) }
    }

    /// Waits until a code was typed, if one was asked for, or the browser came back. Nothing if a person stopped it.
    pub(crate) async fn wait(&self) -> Result<Option<AccountView>, AppError> {
        let mut ended = self.ended.subscribe();
        let sign_in = self.sign_in.read().await;
        let by_code = async {
            if self.has_code.load(Ordering::Relaxed) {
                sign_in.wait_for_code().await
            } else {
                std::future::pending().await
            }
        };
        let by_others = async {
            // The sender is this value's own, so that there is always one.
            match ended.wait_for(|ended| !matches!(ended, Ended::NotYet)).await.as_deref() {
                Ok(Ended::SignedIn(account)) => Some(account.clone()),
                _ => None,
            }
        };
        tokio::select! {
            key = by_code => Ok(Some(self.finish(&sign_in, key?).await?)),
            account = by_others => Ok(account),
        }
    }

    /// Ends it by what a person or the browser brought back.
    pub(crate) async fn open(&self, brought: &Private<String>) -> Result<AccountView, AppError> {
        let sign_in = self.sign_in.read().await;
        let key = sign_in.open(brought)?;
        let account = self.finish(&sign_in, key).await?;
        self.ended.send_replace(Ended::SignedIn(account.clone()));
        Ok(account)
    }

    pub(crate) fn stop(&self) {
        self.ended.send_replace(Ended::Stopped);
    }

    async fn finish(&self, sign_in: &SignIn, key: NewKey) -> Result<AccountView, AppError> {
        Ok(self.desk.finish_sign_in(sign_in, key, |_| ()).await?)
    }
}
