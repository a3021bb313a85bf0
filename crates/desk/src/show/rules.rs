//! Retention rules, and which files they are for.

use custody_core::{
    letter::shown,
    retention::{Product, RuleBook},
};

use crate::{happening, views::RuleView};

/// Every rule, in the order in which they are asked.
pub fn rule_views(book: &RuleBook) -> Vec<RuleView> {
    let views = book.rules.iter().map(|rule| RuleView {
        name: shown(&rule.name),
        whom: happening::whom(&rule.applies),
        terms: rule.terms().into(),
    });
    views.collect()
}

/// What in a thread means a product, in words.
pub fn product(product: &Product) -> String {
    let Product { name, tags, categories, title_words } = product;
    let lists = [one_of("tag", tags), one_of("category", categories), one_of("title word", title_words)];
    let means = lists.into_iter().flatten().collect::<Vec<_>>().join(", or ");
    format!("{}: threads with {means}", shown(name))
}

fn one_of(what: &str, names: &[impl std::fmt::Display]) -> Option<String> {
    let names: Vec<_> = names.iter().map(|name| shown(&name.to_string())).collect();
    (!names.is_empty()).then(|| format!("{what} {}", names.join(" or ")))
}
