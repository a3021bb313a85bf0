//! Mail accounts that are opened by access tokens, which last an hour: mail goes on by itself, or a person is told.

use custody_core::ports::Fault;
use custody_desk::{
    settings::{LoginKind, Settings},
    views::ReceiptStanding,
};
use custody_practice::{
    mailbox::{TokenAnswer, TokenEndpoint},
    scenario::{CAROLA, OWEN, Person},
};
use custody_practice_desk::oauth_mail_settings;

use crate::support::{Stage, assert_told};

const SECRET: &str = "cnry client secret 82";

impl Stage {
    fn endpoint(&self) -> &TokenEndpoint {
        self.practice.world.mail.token_endpoint()
    }

    /// Connects mail with a refresh token as a person gets it at the provider.
    async fn connect_by_oauth(&self, client_secret: Option<&str>) {
        let world = &self.practice.world;
        let token = self.endpoint().grant(&world.mail.desk_account().user);
        let mail = oauth_mail_settings(world).unwrap();
        self.desk().connect_mail_by_oauth(mail, token.into(), client_secret.map(Into::into)).await.unwrap();
    }

    /// This customer gets a receipt within one round, and the answer is read in the next.
    async fn a_receipt_goes_to(&self, customer: Person) {
        let case = self.case_of(customer.name).await;
        self.practice.customer_asks(case).await.unwrap();
        self.round().await;
        let receipt = self.only_receipt(case).await;
        assert_eq!((self.standing(receipt).await.as_str(), self.letters(customer).len()), ("sent", 1));
        self.hours(2);
        self.practice.customer_confirms(receipt).await.unwrap();
        self.round().await;
        assert_eq!(self.standing(receipt).await, "confirmed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_keep_going_out_and_answers_coming_in_after_the_tokens_hour() {
    let stage = Stage::demo().await;
    stage.connect_by_oauth(None).await;
    stage.round().await;
    stage.a_receipt_goes_to(OWEN).await;
    stage.days(3);
    stage.a_receipt_goes_to(CAROLA).await;
    // Settings that say nothing of mail change nothing about it: a token that is good is not exchanged.
    let asked = stage.endpoint().asked();
    stage.change_settings(|settings| settings.sweep.cap = 7).await;
    stage.round().await;
    assert_eq!(stage.endpoint().asked(), asked);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_token_that_was_exchanged_survives_a_restart_of_the_desk() {
    let stage = Stage::demo().await;
    stage.endpoint().require_client_secret(SECRET);
    stage.connect_by_oauth(Some(SECRET)).await;
    for _ in 0..3 {
        stage.round().await;
        stage.hours(2);
    }
    let asked = stage.endpoint().asked();
    let stage = stage.restart().await;
    stage.a_receipt_goes_to(OWEN).await;
    let stage = stage.restart().await;
    stage.a_receipt_goes_to(CAROLA).await;
    assert!(stage.endpoint().asked() > asked + 1, "each start fetched a token with what the last one had kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_refresh_token_stops_mail_and_loses_nothing_until_a_person_connects_again() {
    let stage = Stage::demo().await;
    stage.connect_by_oauth(None).await;
    stage.round().await;
    let case = stage.case_of(OWEN.name).await;
    stage.endpoint().revoke(&stage.practice.world.mail.desk_account().user);
    stage.hours(2);
    stage.practice.customer_asks(case).await.unwrap();
    let round = stage.round_with(Fault::CredentialsRefused).await;
    round.problems.iter().for_each(|met| assert_told(&met.problem));
    assert_eq!(stage.states(case).await, ["erased", "erased"]);
    assert_eq!(stage.receipts(case).await[0].standing, ReceiptStanding::Waiting);

    let checks = stage.desk().doctor().await;
    let token = checks.iter().find(|check| check.name == "mail token").unwrap();
    let problem = token.problem.as_ref().unwrap();
    assert_told(problem);
    assert!(problem.what.contains("token endpoint") && problem.todo.contains("connect mail"), "{problem:?}");
    assert!(!checks.iter().any(|check| check.name == "mail out" || check.name == "mail in"), "one fault is told once");

    stage.connect_by_oauth(None).await;
    stage.hours(7);
    stage.round().await;
    assert_eq!(stage.standing(stage.only_receipt(case).await).await, "sent");
    assert_eq!(stage.letters(OWEN).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_endpoint_on_a_bad_day_delays_the_letter_and_not_the_erasure() {
    for (status, body, fault) in [
        (429, "", Fault::RateLimited),
        (500, "", Fault::ServerTrouble),
        (200, "<html>cnryrefresh.page</html>", Fault::AnswerNotUnderstood),
        (400, r#"{"error":"cnryaccess.unheard"}"#, Fault::AnswerNotUnderstood),
    ] {
        let stage = Stage::demo().await;
        stage.connect_by_oauth(None).await;
        stage.round().await;
        let case = stage.case_of(OWEN.name).await;
        stage.hours(2);
        stage.endpoint().answer_with(Some(TokenAnswer::new(status, body)));
        stage.practice.customer_asks(case).await.unwrap();
        let round = stage.round_with(fault).await;
        round.problems.iter().for_each(|met| assert_told(&met.problem));
        assert_eq!(stage.states(case).await, ["erased", "erased"], "{status}");
        assert_eq!(stage.receipts(case).await[0].standing, ReceiptStanding::Waiting, "{status}");
        stage.endpoint().answer_with(None);
        stage.hours(7);
        stage.round().await;
        assert_eq!(stage.letters(OWEN).len(), 1, "{status}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_log_in_is_not_kept_and_mail_goes_on_as_it_was() {
    let stage = Stage::demo().await;
    let mail = oauth_mail_settings(&stage.practice.world).unwrap();
    let refused = stage.desk().connect_mail_by_oauth(mail.clone(), "cnryrefresh.wrong".into(), None).await;
    assert_eq!(refused.unwrap_err().fault(), Fault::CredentialsRefused);
    let mut half = mail.clone();
    half.imap.login = LoginKind::Password;
    let refused = stage.desk().connect_mail_by_oauth(half, "cnryrefresh.any".into(), None).await;
    assert_eq!(refused.unwrap_err().fault(), Fault::SettingsTrouble);
    let refused = stage.desk().connect_mail(mail, "any".into(), "any".into()).await;
    assert_eq!(refused.unwrap_err().fault(), Fault::SettingsTrouble);
    assert!(stage.desk().settings().mail.unwrap().oauth.is_none());
    stage.round().await;
    stage.a_receipt_goes_to(OWEN).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_name_the_token_endpoint_and_hold_neither_token_nor_secret() {
    let stage = Stage::demo().await;
    stage.endpoint().require_client_secret(SECRET);
    stage.connect_by_oauth(Some(SECRET)).await;
    stage.round().await;
    let text = std::fs::read_to_string(stage.places().settings()).unwrap();
    assert!(
        text.contains("login = \"oauth\"") && text.contains("[mail.oauth]") && text.contains("client_id"),
        "{text}"
    );
    for mark in TokenEndpoint::MARKS.into_iter().chain([SECRET]) {
        assert!(!text.contains(mark), "{text}");
    }
    for (from, to) in
        [("client_id", "client_secret"), ("[mail.oauth]", "[mail.oauth2]"), ("login = \"oauth\"", "login = \"oauth2\"")]
    {
        std::fs::write(stage.places().settings(), text.replace(from, to)).unwrap();
        assert!(Settings::read(stage.places().settings()).is_err(), "{to} is no key of the settings");
    }
    std::fs::write(stage.places().settings(), text.replace("login = \"oauth\"", "login = \"password\"")).unwrap();
    let Err((_, error)) = stage.shut().await.open().await else { panic!("a part that nothing uses is refused") };
    assert_eq!(error.fault(), Fault::SettingsTrouble);
}
