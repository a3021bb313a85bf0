//! What the own mail server found out about the author (RFC 8601).
//!
//! An author is **authentic** if the topmost `Authentication-Results` of the configured server says `dkim=pass` for the
//! domain in `From`, or for a domain above it. Every other such line is the sender's to write, so it proves nothing. SPF and
//! DMARC alone prove nothing either: SPF is about the envelope, and DMARC passes by SPF alone.
//!
//! An author is **refuted** if any line of the configured server says so (whoever forges such a line harms nobody else):
//! - `dmarc=fail` for the domain in `From`, whatever else passed;
//! - without an authentic signature: `dkim=fail` for that domain, or `spf=fail` for it as the envelope's sender.
//!
//! All else (`none`, `neutral`, `softfail`, `policy`, errors, no line at all) says nothing: forwarding and mailing lists do
//! that to honest mail.

use super::fields::Fields;

/// What is known of an author.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Signed by the author's domain.
    Authentic,
    /// Nothing, either way.
    Unknown,
    /// Probably somebody else.
    Refuted,
}

/// The verdict of this server on this author.
pub(super) fn verdict(fields: &Fields, authserv_id: &str, author: &str) -> Verdict {
    let Some((_, domain)) = author.rsplit_once('@').filter(|(_, domain)| !domain.is_empty()) else {
        return Verdict::Unknown;
    };
    let lines = fields.all("authentication-results").map(words).filter(|results| {
        let id = results.first().and_then(|first| first.first());
        id.is_some_and(|id| id.eq_ignore_ascii_case(authserv_id))
    });
    let lines: Vec<_> = lines.take(LINES_MOST).collect();
    let results = || lines.iter().flat_map(|results| results.iter().skip(1));
    let signed =
        lines.first().is_some_and(|top| top.iter().skip(1).any(|result| says(result, "dkim=pass", SIGNER, domain)));
    if results().any(|result| says(result, "dmarc=fail", FROM, domain)) {
        return Verdict::Refuted;
    }
    let failed =
        |result: &Vec<String>| says(result, "dkim=fail", SIGNER, domain) || says(result, "spf=fail", ENVELOPE, domain);
    match signed {
        true => Verdict::Authentic,
        false if results().any(failed) => Verdict::Refuted,
        false => Verdict::Unknown,
    }
}

/// How many lines of our own server are looked at.
const LINES_MOST: usize = 20;
/// Where a result names the domain it is about; the first that is there counts.
const SIGNER: &[&str] = &["header.d", "header.i"];
const FROM: &[&str] = &["header.from"];
const ENVELOPE: &[&str] = &["smtp.mailfrom", "smtp.mail", "smtp.helo"];

/// Whether one result says this of the author's domain, or of one that it is part of.
fn says(result: &[String], what: &str, properties: &[&str], domain: &str) -> bool {
    let Some((method, verdict)) = result.first().and_then(|word| word.split_once('=')) else { return false };
    // A method may carry its version: `dkim/1`.
    if what.split_once('=') != Some((method.split('/').next().unwrap_or_default(), verdict)) {
        return false;
    }
    let property = |name: &&str| result.iter().find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
    let named = properties.iter().find_map(property);
    named.map(|value| value.rsplit_once('@').map_or(value, |(_, domain)| domain)).is_some_and(|named| {
        let below = domain.strip_suffix(named).is_some_and(|rest| rest.ends_with('.'));
        named.contains('.') && (domain == named || below)
    })
}

/// The words of each result, in small letters, without comments, quotes, and blanks around `=`.
fn words(value: &str) -> Vec<Vec<String>> {
    let mut results = vec![vec![String::new()]];
    let (mut comments, mut quoted) = (0_usize, false);
    let mut chars = value.chars();
    // The last word waits for a value, or the next one may still be an `=`.
    let mut ended = false;
    while let Some(c) = chars.next() {
        let c = if c == '\\' && (quoted || comments > 0) { chars.next().unwrap_or(' ') } else { c };
        match c {
            '"' if comments == 0 => quoted = !quoted,
            '(' if !quoted => comments += 1,
            ')' if !quoted && comments > 0 => comments -= 1,
            _ if comments > 0 => {}
            ';' if !quoted => {
                results.push(vec![String::new()]);
                ended = false;
            }
            c if c.is_whitespace() && !quoted => ended = true,
            c => {
                let Some(result) = results.last_mut() else { continue };
                let joined = c == '=' || result.last().is_some_and(|word| word.is_empty() || word.ends_with('='));
                if ended && !joined {
                    result.push(String::new());
                }
                ended = false;
                if let Some(word) = result.last_mut() {
                    word.extend(c.to_lowercase());
                }
            }
        }
    }
    results
}

#[cfg(test)]
mod tests {
    use super::{Fields, Verdict, verdict as of_fields};

    fn verdict(header: &str) -> Verdict {
        of_fields(&Fields::read(header.as_bytes()), "mail.support.example", "carol@customer.example")
    }

    #[test]
    fn the_authors_own_signature_counts() {
        for good in [
            "mail.support.example; dkim=pass header.d=customer.example",
            "mail.support.example 1; spf=fail; dkim=pass (2048-bit key) header.d=customer.example header.i=@customer.example",
            "MAIL.support.example;\r\n dkim = pass\r\n header.i=\"news@Customer.example\"",
            "mail.support.example; dkim=fail header.d=customer.example; dkim/1=pass header.d=customer.example",
        ] {
            assert_eq!(verdict(&format!("Authentication-Results: {good}")), Verdict::Authentic, "{good}");
        }
    }

    #[test]
    fn nothing_else_counts() {
        for bad in [
            "mail.support.example; dkim=none",
            "mail.support.example; dkim=pass header.d=elsewhere.example",
            "mail.support.example; dkim=pass header.d=evilcustomer.example",
            "mail.support.example; dkim=pass header.d=example",
            "mail.support.example; dkim=fail (dkim=pass header.d=customer.example)",
            "mail.support.example; dkim=fail reason=\"; dkim=pass header.d=customer.example\"",
            "mail.elsewhere.example; dkim=pass header.d=customer.example",
            "(mail.support.example) elsewhere; dkim=pass header.d=customer.example",
            "mail.support.example; spf=pass header.d=customer.example",
            "mail.support.example; dkim=pass",
            "",
        ] {
            assert_ne!(verdict(&format!("Authentication-Results: {bad}")), Verdict::Authentic, "{bad}");
        }
    }

    #[test]
    fn a_verdict_below_our_own_is_not_looked_at() {
        let top = "Authentication-Results: mail.support.example; dkim=none";
        let forged = "Authentication-Results: mail.support.example; dkim=pass header.d=customer.example";
        assert_eq!(verdict(&format!("{top}\r\n{forged}")), Verdict::Unknown);
    }

    #[test]
    fn an_author_is_refuted_by_our_own_server_alone() {
        let ours = |results: &str| verdict(&format!("Authentication-Results: mail.support.example; {results}"));
        for (results, expected) in [
            ("dmarc=fail (p=REJECT) header.from=customer.example", Verdict::Refuted),
            ("dkim=pass header.d=customer.example; dmarc=fail header.from=customer.example", Verdict::Refuted),
            ("dkim=fail header.d=customer.example", Verdict::Refuted),
            ("dkim=fail header.i=@customer.example; spf=pass smtp.mailfrom=carol@customer.example", Verdict::Refuted),
            ("spf=fail smtp.mailfrom=customer.example", Verdict::Refuted),
            ("spf=fail smtp.mailfrom=carol@customer.example; dkim=none", Verdict::Refuted),
            ("spf=fail smtp.mailfrom=customer.example; dkim=pass header.d=customer.example", Verdict::Authentic),
            ("dkim=fail header.d=list.example; dmarc=none header.from=customer.example", Verdict::Unknown),
            ("spf=fail smtp.mailfrom=bounce@list.example", Verdict::Unknown),
            ("spf=softfail smtp.mailfrom=customer.example", Verdict::Unknown),
            ("dkim=temperror header.d=customer.example", Verdict::Unknown),
            ("dmarc=fail header.from=elsewhere.example", Verdict::Unknown),
            ("dmarc=pass header.from=customer.example; spf=pass smtp.mailfrom=customer.example", Verdict::Unknown),
            ("spf=pass smtp.mailfrom=customer.example", Verdict::Unknown),
        ] {
            assert_eq!(ours(results), expected, "{results}");
        }
        let elsewhere = "Authentication-Results: mail.elsewhere.example; dmarc=fail header.from=customer.example";
        assert_eq!(verdict(elsewhere), Verdict::Unknown, "anybody can write that");
        let below = "Authentication-Results: mail.support.example; dkim=pass header.d=customer.example\r\n\
                     Authentication-Results: mail.support.example; dmarc=fail header.from=customer.example";
        assert_eq!(verdict(below), Verdict::Refuted, "a server may write one line for each method");
    }
}
