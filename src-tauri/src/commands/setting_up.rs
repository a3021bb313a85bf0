//! Setting a desk up: the recovery kit, the servers it is connected to, and the steps of the first run.

use custody_core::ports::Fault;
use custody_desk::{
    settings::OAuthSettings,
    views::{
        AccountView, Connection, ConnectionsView, FoundView, KitWordsView, MailFoundView, SignInCodeView, SignInView,
        TrackerFoundView,
    },
};

use super::acting::at_work;
use crate::{
    AppError, BroughtBack, Escrow, Inboxes, KitWords, MailForm, Nothing, OAuthMailForm, OfConnection, OfSetupStep,
    OfSignInPage, SealedKit, SignInWish, Stage, TrackerForm,
};

pub async fn show_new_kit(stage: &Stage, _: Nothing) -> Result<KitWordsView, AppError> {
    Ok(at_work(stage)?.show_new_kit().await?)
}

pub async fn answer_kit_words(stage: &Stage, KitWords { words }: KitWords) -> Result<bool, AppError> {
    Ok(at_work(stage)?.answer_kit_words(&words).await?)
}

pub async fn seal_new_kit(stage: &Stage, Escrow { recipient }: Escrow) -> Result<SealedKit, AppError> {
    Ok(SealedKit { text: at_work(stage)?.seal_new_kit(&recipient).await? })
}

pub async fn hand_kit_over(stage: &Stage, _: Nothing) -> Result<(), AppError> {
    Ok(at_work(stage)?.kit_was_handed_over().await?)
}

pub async fn pass_setup_step(stage: &Stage, OfSetupStep { step }: OfSetupStep) -> Result<(), AppError> {
    Ok(at_work(stage)?.pass_setup_step(step).await?)
}

pub async fn end_setup(stage: &Stage, _: Nothing) -> Result<(), AppError> {
    Ok(at_work(stage)?.end_setup().await?)
}

pub async fn begin_sign_in(stage: &Stage, wish: SignInWish) -> Result<SignInView, AppError> {
    let wishes = wish.wishes();
    stage.begin_sign_in(at_work(stage)?, wish.url, wishes).await
}

pub async fn ask_sign_in_code(stage: &Stage, _: Nothing) -> Result<SignInCodeView, AppError> {
    at_work(stage)?;
    stage.sign_in()?.ask_code().await
}

pub async fn open_sign_in_page(stage: &Stage, OfSignInPage { page }: OfSignInPage) -> Result<(), AppError> {
    at_work(stage)?;
    let page = stage.sign_in()?.page(page).await?;
    stage.outside()?.browse(&page).map_err(AppError::NoBrowser)
}

pub async fn wait_for_sign_in(stage: &Stage, _: Nothing) -> Result<Option<AccountView>, AppError> {
    at_work(stage)?;
    stage.sign_in()?.wait().await
}

pub async fn bring_back_sign_in(stage: &Stage, BroughtBack { brought }: BroughtBack) -> Result<AccountView, AppError> {
    at_work(stage)?;
    stage.sign_in()?.open(&brought).await
}

pub async fn cancel_sign_in(stage: &Stage, _: Nothing) -> Result<(), AppError> {
    at_work(stage)?;
    stage.end_sign_in();
    Ok(())
}

pub async fn choose_inboxes(stage: &Stage, Inboxes { personal, groups }: Inboxes) -> Result<(), AppError> {
    Ok(at_work(stage)?.choose_inboxes(personal, groups).await?)
}

pub async fn show_connections(stage: &Stage, _: Nothing) -> Result<ConnectionsView, AppError> {
    Ok(stage.desk()?.connections())
}

pub async fn test_connection(stage: &Stage, which: OfConnection) -> Result<FoundView, AppError> {
    Ok(at_work(stage)?.test_connection(&which.into()).await?)
}

pub async fn try_tracker(stage: &Stage, form: TrackerForm) -> Result<TrackerFoundView, AppError> {
    let (setting, key) = form.parts();
    Ok(at_work(stage)?.try_tracker(&setting, key).await?)
}

pub async fn connect_tracker(stage: &Stage, form: TrackerForm) -> Result<TrackerFoundView, AppError> {
    let (setting, key) = form.parts();
    Ok(at_work(stage)?.connect_tracker(setting, key).await?)
}

pub async fn try_mail(stage: &Stage, MailForm { servers, secret }: MailForm) -> Result<MailFoundView, AppError> {
    let desk = at_work(stage)?;
    Ok(desk.try_mail(&desk.mail_settings(servers.wish(None)), secret).await?)
}

pub async fn connect_mail(stage: &Stage, MailForm { servers, secret }: MailForm) -> Result<(), AppError> {
    let desk = at_work(stage)?;
    Ok(desk.connect_mail(desk.mail_settings(servers.wish(None)), secret.clone(), secret).await?)
}

pub async fn connect_mail_by_oauth(stage: &Stage, form: OAuthMailForm) -> Result<(), AppError> {
    let OAuthMailForm { servers, token_url, client_id, client_secret, secret } = form;
    let desk = at_work(stage)?;
    let mail = desk.mail_settings(servers.wish(Some(OAuthSettings { token_url, client_id, scope: None })));
    Ok(desk.connect_mail_by_oauth(mail, secret, client_secret).await?)
}

pub async fn disconnect(stage: &Stage, which: OfConnection) -> Result<(), AppError> {
    let desk = at_work(stage)?;
    match which.into() {
        // A key that was signed in for is given back; an administrator's is not ours to give.
        Connection::Forum => match desk.disconnect_forum(true).await {
            Err(error) if error.fault() == Fault::NotAllowed => desk.disconnect_forum(false).await?,
            done => done?,
        },
        Connection::Tracker(name) => desk.disconnect_tracker(&name).await?,
        Connection::Mail => desk.disconnect_mail().await?,
    }
    Ok(())
}
