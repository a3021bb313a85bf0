//! Whether the own mail server found a valid DKIM signature of the author's domain (RFC 8601).

use super::fields::Fields;

/// Looks at the topmost `Authentication-Results` of our own server and at nothing else: every other one is the sender's to write.
pub(super) fn is_by_author(fields: &Fields, authserv_id: &str, author: &str) -> bool {
    let Some((_, domain)) = author.rsplit_once('@').filter(|(_, domain)| !domain.is_empty()) else { return false };
    let verdict = fields.all("authentication-results").map(words).find(|results| {
        let id = results.first().and_then(|first| first.first());
        id.is_some_and(|id| id.eq_ignore_ascii_case(authserv_id))
    });
    verdict.unwrap_or_default().iter().skip(1).any(|result| is_pass_for(result, domain))
}

/// Whether one result says that a signature of this domain, or of one that it is part of, is valid.
fn is_pass_for(result: &[String], domain: &str) -> bool {
    let Some((method, "pass")) = result.first().and_then(|word| word.split_once('=')) else { return false };
    if method.split('/').next() != Some("dkim") {
        return false;
    }
    let property = |name: &str| result.iter().find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
    let signer = property("header.d").or_else(|| property("header.i")?.rsplit_once('@').map(|(_, signer)| signer));
    signer.is_some_and(|signer| {
        let below = domain.strip_suffix(signer).is_some_and(|rest| rest.ends_with('.'));
        signer.contains('.') && (domain == signer || below)
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
    use super::{Fields, is_by_author};

    fn verdict(header: &str) -> bool {
        is_by_author(&Fields::read(header.as_bytes()), "mail.support.example", "carol@customer.example")
    }

    #[test]
    fn the_authors_own_signature_counts() {
        for good in [
            "mail.support.example; dkim=pass header.d=customer.example",
            "mail.support.example 1; spf=fail; dkim=pass (2048-bit key) header.d=customer.example header.i=@customer.example",
            "MAIL.support.example;\r\n dkim = pass\r\n header.i=\"news@Customer.example\"",
            "mail.support.example; dkim=fail header.d=customer.example; dkim/1=pass header.d=customer.example",
        ] {
            assert!(verdict(&format!("Authentication-Results: {good}")), "{good} is the author's");
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
            assert!(!verdict(&format!("Authentication-Results: {bad}")), "{bad} proves nothing");
        }
    }

    #[test]
    fn a_verdict_below_our_own_is_not_looked_at() {
        let top = "Authentication-Results: mail.support.example; dkim=none";
        let forged = "Authentication-Results: mail.support.example; dkim=pass header.d=customer.example";
        assert!(!verdict(&format!("{top}\r\n{forged}")));
    }
}
