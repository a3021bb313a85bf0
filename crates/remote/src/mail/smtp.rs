//! Posts letters by SMTP submission (RFC 6409).

use std::{error::Error, fmt, net::Ipv4Addr, time::Duration};

use async_trait::async_trait;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use custody_core::{
    Private,
    ports::{Fault, OutgoingLetter, PortError, PortResult, Postbox},
};
use lettre::{
    Address,
    message::Mailbox,
    transport::smtp::{
        self,
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, Certificate, TlsParameters},
        commands::{Data, Ehlo, Mail, Rcpt},
        extension::{ClientId, Extension, MailBodyParameter, MailParameter, RcptParameter},
        response::Response,
    },
};

use super::{
    Login, MailServer, Security,
    connection::{Connector, rustls_cause, tls_error, within},
    letter,
    login::{BearerMechanism, NoPasswords, NoTokens, Proof},
};

/// Everything a server may send while one letter is posted, the handshake of STARTTLS included, in bytes.
const ANSWERS_MOST: u64 = 64 * 1024;
/// A server may scan the letter before it answers; RFC 5321 asks for ten minutes where one answer gets two to five.
const LETTER_PATIENCE: u32 = 5;

/// Where and as whom letters are posted.
#[derive(Clone, Debug)]
pub struct SmtpSettings {
    /// The submission server.
    pub server: MailServer,
    /// The account; without one the server must take letters as they come.
    pub login: Option<Login>,
    /// The name in `From`.
    pub from_name: Option<Private<String>>,
    /// The address in `From`, to which bounces and answers go.
    pub from_address: Private<String>,
}

/// Posts letters.
pub struct SmtpPostbox {
    connector: Connector,
    starttls: Option<TlsParameters>,
    login: Option<Login>,
    from: Mailbox,
}

impl SmtpPostbox {
    /// A postbox with these settings. Nothing is connected yet.
    pub fn new(settings: SmtpSettings) -> PortResult<Self> {
        let SmtpSettings { server, login, from_name, from_address } = settings;
        let address = address(&from_address).ok_or_else(|| PortError::needs_person(Fault::AddressRefused))?;
        let from = Mailbox::new(from_name.map(Private::into_revealed), address);
        let starttls = (server.security == Security::StartTls).then(|| tls_parameters(&server)).transpose()?;
        Ok(Self { connector: Connector::new(server)?, starttls, login, from })
    }

    /// Connects and logs in, and says no more: for a check of the settings.
    pub async fn check(&self) -> PortResult<()> {
        let mut connection = self.open().await?.0;
        self.leave(&mut connection).await;
        Ok(())
    }

    /// A connection that is protected and logged in, and whether delivery notifications are offered (RFC 3461).
    async fn open(&self) -> PortResult<(AsyncSmtpConnection, bool)> {
        let Some(Login { user, credential }) = &self.login else { return self.open_as(None).await };
        let proof = credential.proof().await?;
        match self.open_as(Some((user, &proof))).await {
            Ok(opened) => Ok(opened),
            Err(refusal) => {
                let other = credential.other_proof(&proof, refusal).await?;
                self.open_as(Some((user, &other))).await
            }
        }
    }

    async fn open_as(&self, login: Option<(&Private<String>, &Proof)>) -> PortResult<(AsyncSmtpConnection, bool)> {
        let patience = self.connector.server().patience;
        let hello = ClientId::Ipv4(Ipv4Addr::LOCALHOST);
        let stream = self.connector.open(ANSWERS_MOST).await?;
        let greeted = AsyncSmtpConnection::connect_with_transport(Box::new(stream), &hello);
        let mut connection = within(patience, greeted).await?.map_err(|error| Step::Greeting.failed(&error))?;

        if let Some(tls) = &self.starttls {
            if !connection.can_starttls() {
                return Err(PortError::needs_person(Fault::Tls).because(NoStartTls));
            }
            within(patience, connection.starttls(tls.clone(), &hello))
                .await?
                .map_err(|error| Step::StartTls.failed(&error))?;
        }
        // Said once more for the extensions that lettre does not keep.
        let offers = within(patience, connection.command(Ehlo::new(hello)))
            .await?
            .map_err(|error| Step::Greeting.failed(&error))?;
        let offers = Offers::read(&offers);
        if let Some((user, proof)) = login {
            let answer = match proof {
                Proof::Password(password) => {
                    if connection.server_info().get_auth_mechanism(&MECHANISMS).is_none() {
                        return Err(PortError::needs_person(Fault::CredentialsRefused).because(NoPasswords));
                    }
                    let credentials = Credentials::new(user.reveal().clone(), password.reveal().clone());
                    within(patience, connection.auth(&MECHANISMS, &credentials)).await?
                }
                Proof::BearerToken(token) => {
                    let mechanism = BearerMechanism::choose(|name| offers.auth.iter().any(|offer| offer == name));
                    let mechanism = mechanism
                        .ok_or_else(|| PortError::needs_person(Fault::CredentialsRefused).because(NoTokens))?;
                    let response = mechanism.response(self.connector.server(), user, token)?;
                    within(patience, hand_over(&mut connection, mechanism, &response)).await?
                }
            };
            Step::LogIn.expect(&answer.map_err(|error| Step::LogIn.failed(&error))?, &[235])?;
        }
        Ok((connection, offers.dsn))
    }

    async fn post(
        &self,
        connection: &mut AsyncSmtpConnection,
        dsn: bool,
        to: Address,
        message_id: &str,
        letter: &[u8],
    ) -> PortResult<()> {
        let patience = self.connector.server().patience;
        let offers = connection.server_info();
        let mut options = Vec::new();
        if !self.from.email.to_string().is_ascii() || !to.to_string().is_ascii() {
            if !offers.supports_feature(Extension::SmtpUtfEight) {
                return Err(PortError::not_possible(Fault::AddressRefused).because(NoUtf8));
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        if !letter.is_ascii() && offers.supports_feature(Extension::EightBitMime) {
            options.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        let mut notify = Vec::new();
        if dsn {
            // Headers are enough to recognise the letter by; a report need not carry the receipt around.
            options.push(MailParameter::Other { keyword: "RET".to_owned(), value: Some("HDRS".to_owned()) });
            // And where not even those come back, the envelope has the letter's name.
            if let Some(name) = envelope_name(message_id) {
                options.push(MailParameter::Other { keyword: "ENVID".to_owned(), value: Some(name) });
            }
            notify.push(RcptParameter::Other { keyword: "NOTIFY".to_owned(), value: Some("FAILURE,DELAY".to_owned()) });
            let address = to.to_string();
            if address.is_ascii() {
                let original = format!("rfc822;{}", xtext(&address));
                notify.push(RcptParameter::Other { keyword: "ORCPT".to_owned(), value: Some(original) });
            }
        }

        // The exact codes matter: an answer that was slipped in before TLS would shift all that follow by one.
        let sender = Mail::new(Some(self.from.email.clone()), options);
        let answer = within(patience, connection.command(sender)).await?;
        Step::Sender.expect(&answer.map_err(|error| Step::Sender.failed(&error))?, &[250])?;
        let answer = within(patience, connection.command(Rcpt::new(to, notify))).await?;
        Step::Recipient.expect(&answer.map_err(|error| Step::Recipient.failed(&error))?, &[250, 251])?;
        let answer = within(patience, connection.command(Data)).await?;
        Step::Letter.expect(&answer.map_err(|error| Step::Letter.failed(&error))?, &[354])?;
        let answer = within(patience * LETTER_PATIENCE, connection.message(letter)).await?;
        Step::Letter.expect(&answer.map_err(|error| Step::Letter.failed(&error))?, &[250])
    }

    /// Says goodbye. The letter is taken by now, or never will be: nothing that goes wrong here matters.
    async fn leave(&self, connection: &mut AsyncSmtpConnection) {
        let goodbye = Duration::from_secs(5).min(self.connector.server().patience);
        drop(within(goodbye, connection.quit()).await);
    }
}

#[async_trait]
impl Postbox for SmtpPostbox {
    async fn send(&self, letter: &OutgoingLetter) -> PortResult<()> {
        let to =
            address(&letter.to).ok_or_else(|| PortError::not_possible(Fault::AddressRefused).because(NoAddress))?;
        let bytes = letter::compose(letter, self.from.clone(), to.clone())
            .map_err(|_| PortError::not_possible(Fault::AddressRefused).because(NotWritten))?;
        let (mut connection, dsn) = self.open().await?;
        let posted = self.post(&mut connection, dsn, to, &letter.message_id, &bytes).await;
        self.leave(&mut connection).await;
        posted
    }
}

impl fmt::Debug for SmtpPostbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpPostbox").field("connector", &self.connector).finish_non_exhaustive()
    }
}

const MECHANISMS: [Mechanism; 2] = [Mechanism::Plain, Mechanism::Login];

/// The extensions that matter here and that lettre does not keep.
struct Offers {
    /// Delivery notifications (RFC 3461).
    dsn: bool,
    /// Mechanisms of AUTH, in capital letters.
    auth: Vec<String>,
}

impl Offers {
    fn read(answer: &Response) -> Self {
        let mut offers = Self { dsn: false, auth: Vec::new() };
        for line in answer.message() {
            // Old servers write `AUTH=LOGIN`.
            let line = line.to_ascii_uppercase().replace('=', " ");
            let mut words = line.split_whitespace();
            match words.next() {
                Some("DSN") => offers.dsn = true,
                Some("AUTH") => offers.auth.extend(words.map(str::to_owned)),
                _ => {}
            }
        }
        offers
    }
}

/// Hands a bearer token over. A refusal may come with reasons first, which nobody needs: the last answer decides.
async fn hand_over(
    connection: &mut AsyncSmtpConnection,
    mechanism: BearerMechanism,
    response: &str,
) -> Result<Response, smtp::Error> {
    let words = format!("AUTH {} {}\r\n", mechanism.name(), STANDARD.encode(response));
    let answer = connection.command(words).await?;
    if !answer.has_code(334) {
        return Ok(answer);
    }
    connection.command(format!("{}\r\n", STANDARD.encode(mechanism.acknowledgement()))).await
}

/// The name of an envelope, as long as RFC 3461 allows.
fn envelope_name(message_id: &str) -> Option<String> {
    const LONGEST: usize = 100;
    let plain = message_id.bytes().all(|byte| byte.is_ascii_graphic());
    Some(xtext(message_id)).filter(|name| plain && !name.is_empty() && name.len() <= LONGEST)
}

/// Text within a parameter (RFC 3461).
fn xtext(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_graphic() && !matches!(byte, b'+' | b'=') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("+{byte:02X}"));
        }
    }
    encoded
}

fn address(text: &Private<String>) -> Option<Address> {
    text.reveal().trim().parse().ok()
}

fn tls_parameters(server: &MailServer) -> PortResult<TlsParameters> {
    let unusable = |error: smtp::Error| PortError::needs_person(Fault::Tls).because(error);
    let mut builder = TlsParameters::builder(server.host.clone());
    if let Some(pem) = &server.extra_ca_pem {
        builder = builder.add_root_certificate(Certificate::from_pem(pem).map_err(unusable)?);
    }
    builder.build().map_err(unusable)
}

/// What was being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Greeting,
    StartTls,
    LogIn,
    Sender,
    Recipient,
    Letter,
}

impl Step {
    fn expect(self, answer: &Response, codes: &[u16]) -> PortResult<()> {
        if codes.iter().any(|code| answer.has_code(*code)) {
            return Ok(());
        }
        let refused = Refused { step: self, code: answer.code().into(), status: None };
        Err(PortError::try_again(Fault::AnswerNotUnderstood).because(refused))
    }

    /// What a failed step means. The server's words are left out: they may name the address.
    fn failed(self, error: &smtp::Error) -> PortError {
        let Some(code) = error.status().map(u16::from) else {
            return self.broke(error);
        };
        let status = error.source().and_then(|text| Status::read(&text.to_string()));
        let refused = Refused { step: self, code, status };
        let verdict = if code < 500 {
            match self {
                Self::StartTls => PortError::try_again(Fault::Tls),
                _ => PortError::try_again(Fault::ServerTrouble),
            }
        } else {
            match (self, code, status) {
                (Self::Sender | Self::Recipient | Self::Letter, 552, Some(Status(_, 3, 4))) => {
                    PortError::not_possible(Fault::TooLarge)
                }
                (Self::Greeting | Self::Sender, ..) => PortError::needs_person(Fault::NotAllowed),
                (Self::StartTls, ..) => PortError::needs_person(Fault::Tls),
                (Self::LogIn, ..) => PortError::needs_person(Fault::CredentialsRefused),
                (Self::Recipient | Self::Letter, ..) => PortError::not_possible(Fault::AddressRefused),
            }
        };
        verdict.because(refused)
    }

    /// No answer came. Whether the letter was taken is not known; it has one Message-ID, so it may be sent again.
    fn broke(self, error: &smtp::Error) -> PortError {
        if rustls_cause(error).is_some() || (self == Self::StartTls && !error.is_response()) {
            return tls_error(error);
        }
        // An answer that ends early is a closed connection, whatever was said until then.
        let closed = error.source().is_some_and(|cause| cause.to_string() == "incomplete response");
        let fault = if error.is_response() && !closed { Fault::AnswerNotUnderstood } else { Fault::Unreachable };
        PortError::try_again(fault).because(Broke { step: self })
    }
}

/// An enhanced status code (RFC 3463).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Status(u8, u16, u16);

impl Status {
    fn read(text: &str) -> Option<Self> {
        let mut numbers = text.split_whitespace().next()?.splitn(3, '.');
        let class = numbers.next()?.parse().ok()?;
        Some(Self(class, numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
    }
}

/// The server's answer, by its numbers.
#[derive(Debug, thiserror::Error)]
#[error("the mail server answered {code} ({status:?}) at {step:?}")]
struct Refused {
    step: Step,
    code: u16,
    status: Option<Status>,
}

#[derive(Debug, thiserror::Error)]
#[error("the connection to the mail server broke at {step:?}")]
struct Broke {
    step: Step,
}

#[derive(Debug, thiserror::Error)]
#[error("the mail server does not offer STARTTLS")]
struct NoStartTls;

#[derive(Debug, thiserror::Error)]
#[error("the mail server does not take addresses beyond ASCII")]
struct NoUtf8;

#[derive(Debug, thiserror::Error)]
#[error("this is no mail address")]
struct NoAddress;

#[derive(Debug, thiserror::Error)]
#[error("the letter cannot be written")]
struct NotWritten;

#[cfg(test)]
mod tests {
    use super::{Status, envelope_name, xtext};

    #[test]
    fn parameters_hold_no_mark_of_their_own() {
        assert_eq!(xtext("carol+1=x@customer.example"), "carol+2B1+3Dx@customer.example");
        assert_eq!(envelope_name("receipt.1@support.example").as_deref(), Some("receipt.1@support.example"));
        for other in ["", "a b@c", "a@b\r\nRCPT", "ä@b", &"a".repeat(101)] {
            assert_eq!(envelope_name(other), None, "{other:?} is left out");
        }
    }

    #[test]
    fn enhanced_codes_are_read_as_numbers() {
        assert_eq!(Status::read("5.1.1 <carol@customer.example> unknown"), Some(Status(5, 1, 1)));
        for other in ["", "no code", "5.1", "5.x.1 a", "99999.1.1"] {
            assert_eq!(Status::read(other), None, "{other:?} has no code");
        }
    }
}
