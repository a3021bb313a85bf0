//! For programs.

use serde::Serialize;

use super::Told;
use custody_core::{
    id::{DeskId, PersonId},
    receipt::LedgerAnchor,
    report::{FORMAT, Report},
};

#[derive(Serialize)]
struct File<'a> {
    format: &'static str,
    desk: DeskId,
    issuer: &'a str,
    tool: &'a str,
    ledger: &'a LedgerAnchor,
    chain_broken_at: Option<u64>,
    people: Vec<Person<'a>>,
    #[serde(flatten)]
    report: &'a Report,
}

#[derive(Serialize)]
struct Person<'a> {
    person: PersonId,
    name: &'a str,
}

pub fn json(told: &Told) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = serde_json::to_vec_pretty(&File {
        format: FORMAT,
        desk: told.desk,
        issuer: &told.issuer,
        tool: &told.tool,
        ledger: &told.ledger,
        chain_broken_at: told.broken_at,
        people: told.people.iter().map(|(person, name)| Person { person: *person, name }).collect(),
        report: &told.report,
    })?;
    bytes.push(b'\n');
    Ok(bytes)
}
