//! Checks of everything a desk depends on. Each says what was found, or in two lines what is wrong and what to do.

use custody_core::{
    flow::FlowError,
    ports::{ChainVerdict, Fault, Ledger as _, PortError, Strongroom as _},
};

use super::{Desk, connect::found_view};
use crate::{
    DeskError, Result,
    problem::problem,
    settings::LoginKind,
    views::{CheckView, TrackerFoundView},
    wiring::{Wired, mail_tokens::MailTokens},
};

impl Desk {
    /// Runs every check, one after the other. Nothing is changed, and no secret is in what is said.
    pub async fn doctor(&self) -> Vec<CheckView> {
        let wired = self.wired();
        let mut checks = vec![
            check(
                "settings",
                Ok(match self.drafted_rules() {
                    None => format!("{} retention rules, read and understood", wired.policy.rules.as_slice().len()),
                    Some(_) => "other retention rules than those in force; see `custody rules`".to_owned(),
                }),
            ),
            check("strongroom", self.check_strongroom().await),
            check("keys", self.check_keys().await),
            check("ledger", self.check_ledger().await),
        ];
        checks.push(match &wired.settings.forum {
            Some(_) => check("forum", self.check_forum().await),
            None => not_connected("forum"),
        });
        for (name, client) in &wired.tracker_clients {
            let found = client.check().await.map(|found| found_view(&found));
            let found = found.map_err(DeskError::from).and_then(|found| in_words(&found));
            checks.push(check(&format!("tracker {name}"), found));
        }
        checks.extend(check_mail(&wired).await);
        checks.extend(self.check_jobs().await);
        checks
    }

    async fn check_strongroom(&self) -> Result<String> {
        let inventory = self.0.vault.inventory().await?;
        let bytes: u64 = inventory.sealed.iter().map(|(_, size)| size).sum();
        Ok(format!(
            "{} sealed files of {bytes} bytes, {} parts, {} foreign",
            inventory.sealed.len(),
            inventory.parts.len(),
            inventory.foreign
        ))
    }

    async fn check_keys(&self) -> Result<String> {
        let (epoch, there) = (self.0.ledger.epoch().await?, self.0.vault.epochs().await?);
        if !there.contains(&epoch) {
            return Err(PortError::needs_person(Fault::KeyMissing).into());
        }
        let place = match self.0.vault.key_store() {
            crate::KeyStore::Keychain => "the keychain",
            crate::KeyStore::KeyFile => "a key file",
        };
        Ok(format!("the key of epoch {epoch} is in {place}"))
    }

    async fn check_ledger(&self) -> Result<String> {
        match self.verify_chain().await? {
            ChainVerdict::Whole(head) => Ok(format!("the chain of {} events is whole", head.index)),
            ChainVerdict::Broken { .. } => Err(PortError::needs_person(Fault::LedgerDamaged).into()),
        }
    }

    async fn check_forum(&self) -> Result<String> {
        let account = self.wired().ports.forum.account().await?;
        let staff = if account.staff { "staff" } else { "not staff" };
        let inboxes = match account.inboxes.len() {
            0 => "no group inbox".to_owned(),
            1 => "1 group inbox".to_owned(),
            more => format!("{more} group inboxes"),
        };
        Ok(format!("answers; our account is {staff} there and reads {inboxes}"))
    }

    /// Jobs whose last run met a fault. One that never ran is no fault: the desk was not running.
    async fn check_jobs(&self) -> Vec<CheckView> {
        match self.0.ledger.heartbeats().await {
            Ok(beats) => beats
                .iter()
                .filter_map(|beat| beat.fault.map(|fault| (beat.job, fault)))
                .map(|(job, fault)| CheckView {
                    name: format!("job {}", job.as_str()),
                    found: "its last run met a problem".to_owned(),
                    problem: Some(problem(fault)),
                })
                .collect(),
            Err(error) => vec![check("jobs", Err(DeskError::from(FlowError::from(error))))],
        }
    }
}

/// Both servers are logged in to. Where that takes an access token, it is fetched first, so that it is told apart which of
/// the servers refuses.
async fn check_mail(wired: &Wired) -> Vec<CheckView> {
    let (Some(mail), Some(smtp), Some(imap)) = (&wired.settings.mail, &wired.smtp, &wired.imap) else {
        // Without mail, receipts are given in the thread: nothing is wrong.
        return vec![check("mail", Ok("not connected; receipts are given in the thread".to_owned()))];
    };
    let mut checks = Vec::new();
    let mut has_token = true;
    if let Some(MailTokens { tokens, .. }) = &wired.mail_tokens {
        let given = tokens.token().await.map(|_| "the token endpoint gives access tokens".to_owned());
        has_token = given.is_ok();
        let is_refused = given.as_ref().is_err_and(|error| error.fault == Fault::CredentialsRefused);
        let mut token = check("mail token", given.map_err(Into::into));
        if let Some(problem) = token.problem.as_mut().filter(|_| is_refused) {
            problem.what = TOKEN_REFUSED.0.to_owned();
            problem.todo = TOKEN_REFUSED.1.to_owned();
        }
        checks.push(token);
    }
    // Without a token there is nothing to log in with, and the endpoint was asked already.
    let can_try = |login: LoginKind| has_token || login != LoginKind::OAuth;
    if can_try(mail.smtp.login) {
        let sends = smtp.check().await.map(|()| "logged in; letters can be posted".to_owned());
        checks.push(check("mail out", sends.map_err(Into::into)));
    }
    if can_try(mail.imap.login) {
        let reads = imap.check().await.map(|()| "logged in; answers can be read".to_owned());
        checks.push(check("mail in", reads.map_err(Into::into)));
    }
    checks
}

const TOKEN_REFUSED: (&str, &str) = (
    "The token endpoint refused our refresh token or client. Letters wait in the outbox; nothing was erased or lost.",
    "Get a new refresh token from the provider, and connect again with `custody connect mail`.",
);

/// A tracker in which nothing can be seen, or whose states do not fit the settings, is not in order: it would close nothing.
fn in_words(found: &TrackerFoundView) -> Result<String> {
    if !found.sees_tickets || !found.unknown_states.is_empty() || found.closed_states.is_empty() {
        return Err(PortError::needs_person(Fault::NotAllowed).into());
    }
    Ok(format!("answers; closed means {}", found.closed_states.join(", ")))
}

fn check(name: &str, found: Result<String>) -> CheckView {
    match found {
        Ok(found) => CheckView { name: name.to_owned(), found, problem: None },
        Err(error) => {
            CheckView { name: name.to_owned(), found: "not in order".to_owned(), problem: Some(error.problem()) }
        }
    }
}

fn not_connected(name: &str) -> CheckView {
    CheckView { name: name.to_owned(), found: "not connected".to_owned(), problem: Some(problem(Fault::NotConnected)) }
}
