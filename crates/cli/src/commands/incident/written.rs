//! What was readable, as a document for the people who have to deal with it.

use custody_core::incident::Form;
use custody_desk::{
    views::{IncidentCustomerView, IncidentView},
    words::counted,
};

use crate::{
    table::size,
    times::{local, local_or_dash},
};

/// What matters first, one sentence each.
pub fn summary(view: &IncidentView) -> Vec<String> {
    let files: usize = view.customers.iter().map(|customer| customer.files.len()).sum();
    let mut lines = vec![format!(
        "{} of {} were there.",
        counted(files as u64, "file"),
        counted(view.customers.len() as u64, "customer")
    )];
    lines.push(match (&view.unlocked_since, view.unlocked) {
        (Some(since), _) => format!("The desk was unlocked, since {}: sealed files could be opened.", local(since)),
        (None, true) => "The desk was unlocked in that time: sealed files could be opened.".to_owned(),
        (None, false) => "The desk was locked: opening sealed files took the passphrase.".to_owned(),
    });
    if !view.copies.is_empty() {
        lines.push(format!("Viewing copies that lay there readable: {}.", view.copies.len()));
    }
    if view.wrong_passphrases > 0 {
        lines.push(format!("Wrong passphrases in that time: {}.", view.wrong_passphrases));
    }
    match (&view.last_event_at, view.last_event) {
        (Some(at), Some(index)) => {
            lines.push(format!(
                "The record ends with event {index}, {}; of what came after, nothing is known.",
                local(at)
            ));
        }
        _ => lines.push("The record is empty.".to_owned()),
    }
    lines
}

/// The customer's name, or what is left of it.
pub fn whose(customer: &IncidentCustomerView) -> String {
    match (&customer.name, &customer.customer) {
        (name, _) if !name.is_empty() => name.clone(),
        (_, Some(id)) => format!("forgotten ({})", crate::ids::short(id)),
        (_, None) => "unknown".to_owned(),
    }
}

/// The whole, in Markdown.
pub fn markdown(view: &IncidentView) -> String {
    let mut text = format!("# What was readable from {} to {}\n\n", local(&view.from), local(&view.to));
    for line in summary(view) {
        text.push_str(&format!("- {line}\n"));
    }
    text.push_str(
        "\nOne ledger is one desk: this tells of that desk\u{2019}s machine alone. What lay in a drop folder without having been \
         noticed is not in the record.\n",
    );
    for customer in &view.customers {
        text.push_str(&format!("\n## {}\n\n", escaped(&whose(customer))));
        text.push_str(&format!("{}\n\n", escaped(customer.email.as_deref().unwrap_or("No address is known."))));
        text.push_str("| File | Size | Sealed | How it lay there | Erased since |\n| --- | ---: | --- | --- | --- |\n");
        for file in &customer.files {
            let name = if file.name.is_empty() { crate::ids::short(&file.file).to_owned() } else { file.name.clone() };
            text.push_str(&format!(
                "| {} | {} | {} | {} | {} |\n",
                escaped(&name),
                file.size.map_or_else(|| "-".to_owned(), size),
                local_or_dash(file.sealed_at.as_deref()),
                form(file.form),
                local_or_dash(file.erased_at.as_deref())
            ));
        }
    }
    if !view.copies.is_empty() {
        text.push_str("\n## Viewing copies\n\n| File | For | Made | Lease until |\n| --- | --- | --- | --- |\n");
        for copy in &view.copies {
            text.push_str(&format!(
                "| {} | {} | {} | {} |\n",
                crate::ids::short(&copy.file),
                escaped(&copy.person),
                local(&copy.made_at),
                local(&copy.until)
            ));
        }
    }
    text
}

const fn form(form: Form) -> &'static str {
    match form {
        Form::KeyDropped => "its key was dropped; remnants only",
        Form::Sealed => "sealed",
        Form::ViewingCopy => "readable in a viewing copy",
        Form::DropFolder => "readable in the drop folder",
    }
}

/// Every mark that Markdown may take for more than itself, kept from it.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii_punctuation() {
            safe.push('\\');
        }
        safe.push(letter);
    }
    safe
}
