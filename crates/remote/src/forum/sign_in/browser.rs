//! Through the browser: the page on which a person grants the key, and the redirect that brings it back.

use custody_core::{
    Private,
    ports::{Fault, PortError, PortResult},
};
use url::{Url, form_urlencoded};

use super::{Granted, SignIn, unexpected};

const ROUTE: &str = "user_api_key.redirect";

impl SignIn {
    /// The page to open. With a redirect the forum sends the browser there afterwards, if its administrator allows that
    /// address; without one it shows the text to be pasted.
    pub fn page(&self, redirect: Option<&Url>) -> Url {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query
            .append_pair("application_name", &self.ask.application)
            .append_pair("client_id", &self.ask.client_id)
            .append_pair("scopes", &self.scope_words())
            .append_pair("public_key", self.pair.pem())
            .append_pair("nonce", &self.nonce)
            .append_pair("padding", "oaep");
        if let Some(span) = self.ask.expires_in {
            query.append_pair("expires_in_seconds", &span.as_secs().to_string());
        }
        if let Some(redirect) = redirect {
            query.append_pair("auth_redirect", redirect.as_str());
        }
        let mut url = self.address(&["user-api-key", "new"]);
        // Spaces are written out: a plus sign is one only to those who read the query as a form. Plus signs of the key
        // itself are escaped already.
        url.set_query(Some(&query.finish().replace('+', "%20")));
        url
    }

    /// Reads the redirect that came in answer to [`SignIn::page`]. No state of ours goes along: the forum compares the
    /// address as a whole with its list, and the nonce in the payload does what a state would.
    ///
    /// # Errors
    /// [`Fault::AnswerNotUnderstood`] for an address that is not the one asked for, or a payload that was not made for this
    /// sign-in. The sign-in goes on: any page can open an address of our scheme.
    pub fn open_redirect(&self, redirect: &Url, came: &Private<String>) -> PortResult<Granted> {
        let came = Url::parse(came.reveal()).map_err(|_| odd("no address"))?;
        let place = |url: &Url| (url.scheme().to_owned(), url.host_str().map(str::to_owned), url.port());
        let path = |url: &Url| url.path().trim_end_matches('/').to_owned();
        if place(&came) != place(redirect) || path(&came) != path(redirect) {
            return Err(odd("another address than the one asked for"));
        }
        let mut payloads = came.query_pairs().filter(|(name, _)| name == "payload");
        match (payloads.next(), payloads.next()) {
            (Some((_, payload)), None) => self.open_payload(&Private::new(payload.into_owned())),
            (None, _) => Err(odd("no payload")),
            (Some(_), Some(_)) => Err(odd("more than one payload")),
        }
    }
}

fn odd(what: &'static str) -> PortError {
    unexpected(ROUTE, Fault::AnswerNotUnderstood, what)
}
