//! Which rule is a file's, by what the ledger knows of its case. Every step that follows a rule asks here.

use super::{FlowError, Policy};
use crate::{
    Private,
    case::{Case, Customer},
    held_file::HeldFile,
    id::FileId,
    own_date::OwnDate,
    ports::Ports,
    request::Request,
    retention::{ChosenBy, RetentionRule, Rules, Subject},
};

/// What of a case rules may be chosen by, besides the case itself.
#[derive(Clone, Debug, Default)]
pub struct Known {
    title: Option<Private<String>>,
    customer: Option<Customer>,
    own_dates: Vec<OwnDate>,
}

impl Known {
    /// Reads own dates and what any of these rules looks at, and nothing else: a sweep asks for every case.
    pub async fn of(ports: &Ports, rules: &[&Rules], case: &Case) -> Result<Self, FlowError> {
        let mut known = Self { own_dates: ports.ledger.own_dates(case.id).await?, ..Self::default() };
        if rules.iter().any(|rules| rules.look_at_titles()) {
            known.title = ports.ledger.case_details(case.id).await?.map(|details| details.title);
        }
        if rules.iter().any(|rules| rules.look_at_customers()) {
            known.customer = ports.ledger.customer(case.customer).await?;
        }
        Ok(known)
    }

    /// A file with everything that speaks for or against keeping it.
    pub fn subject<'a>(&'a self, file: &'a HeldFile, case: &'a Case, requests: &'a [Request]) -> Subject<'a> {
        let (title, customer) = (self.title.as_ref(), self.customer.as_ref());
        Subject { file, case, requests, title, customer, own_dates: &self.own_dates }
    }

    /// The rule of a file.
    pub fn rule<'p>(&self, policy: &'p Policy, case: &Case, file: &HeldFile) -> &'p RetentionRule {
        let (title, customer) = (self.title.as_ref(), self.customer.as_ref());
        policy.rules.chosen_for(&ChosenBy { case, title, customer, kind: file.kind() })
    }

    /// The rules of these files of a case, each once, in the order in which they are asked, with its files.
    pub fn rules<'p>(
        &self,
        policy: &'p Policy,
        case: &Case,
        files: &[&HeldFile],
    ) -> Vec<(&'p RetentionRule, Vec<FileId>)> {
        let mut found = Vec::new();
        for rule in policy.rules.as_slice() {
            let is_its = |file: &&&HeldFile| std::ptr::eq(self.rule(policy, case, file), rule);
            let its: Vec<_> = files.iter().filter(is_its).map(|file| file.id()).collect();
            if !its.is_empty() {
                found.push((rule, its));
            }
        }
        found
    }
}

/// The rule of a file.
pub async fn rule_of<'p>(
    ports: &Ports,
    policy: &'p Policy,
    case: &Case,
    file: &HeldFile,
) -> Result<&'p RetentionRule, FlowError> {
    Ok(Known::of(ports, &[&policy.rules], case).await?.rule(policy, case, file))
}
