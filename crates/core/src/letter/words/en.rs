//! English.

use jiff::civil::Date;

use super::{Words, day_of, grouped, month};
use crate::{
    location::{Location, LocationState},
    retention::Reason,
};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub(super) struct English;

impl Words for English {
    fn tag(&self) -> &'static str {
        "en"
    }

    fn title(&self) -> &'static str {
        "Receipt for erased files"
    }

    fn subject(&self, token: &str, follows: bool) -> String {
        if follows {
            format!("Your receipt is complete [{token}]")
        } else {
            format!("Your files were erased [{token}]")
        }
    }

    fn greeting(&self, name: &str) -> String {
        format!("Hello {name},")
    }

    fn what_happened(&self, files: usize, reason: Reason) -> String {
        let (count, that) =
            if files == 1 { ("1 file".to_owned(), "it is") } else { (format!("{files} files"), "they are") };
        let why = match reason {
            Reason::TicketClosed => "your support ticket is closed".to_owned(),
            Reason::CustomerAsked { .. } => "you asked for it".to_owned(),
            Reason::PeriodEnded => "the agreed period is over".to_owned(),
            Reason::StaffDecided { .. } => format!("{that} no longer needed"),
        };
        format!(
            "We have erased {count} that you entrusted to us, because {why}. The keys were destroyed first, then the \
             encrypted files and every copy we made. Afterwards we looked at each place again, and this is what we found:"
        )
    }

    fn what_followed(&self) -> &'static str {
        "When we wrote to you about the files that we erased, one place was not closed yet. It is now. This is what we \
         found at each place:"
    }

    fn bytes(&self, size: u64) -> String {
        if size == 1 { "1 byte".to_owned() } else { format!("{} bytes", grouped(size, ",")) }
    }

    fn day(&self, date: Date) -> String {
        format!("{} {} {}", date.day(), month(date, &MONTHS), date.year())
    }

    fn place_column(&self) -> &'static str {
        "Place"
    }

    fn found_column(&self) -> &'static str {
        "What we found"
    }

    fn place(&self, location: &Location) -> &'static str {
        match location {
            Location::SealedFile => "the encrypted file with us",
            Location::KeyWrap { .. } => "the key that could open it",
            Location::ViewingCopy { .. } => "an engineer's working copy",
            Location::ForumCopy => "the forum's own copy",
            Location::Backup { .. } => "the backup on another disk",
            Location::DropFolder => "what was saved into the drop folder",
        }
    }

    fn found(&self, state: LocationState) -> String {
        match state {
            LocationState::Present => "present".to_owned(),
            LocationState::ErasedVerified => "erased, and checked".to_owned(),
            LocationState::KeyDestroyed => "destroyed, and checked".to_owned(),
            LocationState::ExpiresOn { date } => format!("ends by itself on {} at the latest", self.day(day_of(date))),
            LocationState::RequestedNotConfirmed => "removal asked for, not yet confirmed".to_owned(),
            LocationState::Held => "kept for a stated reason".to_owned(),
            LocationState::NotOurs => "still there; it is not ours to remove".to_owned(),
            LocationState::Failed => "could not be erased".to_owned(),
            LocationState::Unknown => "could not be checked".to_owned(),
        }
    }

    fn complete(&self) -> &'static str {
        "With this, every place we know of is closed."
    }

    fn partial(&self) -> &'static str {
        "Not every place is closed yet. We keep looking, and you get a second receipt when the last one is."
    }

    fn line(&self, place: &str, found: &str) -> String {
        format!("{place}: {found}")
    }

    fn how_to_check(&self, attached: bool) -> String {
        let how = if attached { "is attached" } else { "stands below" };
        format!(
            "The signed receipt {how}. It can be checked with `custody receipt verify`, or with openssl and our public key."
        )
    }

    fn how_to_answer(&self) -> &'static str {
        "Please answer this message with one of these lines:"
    }

    fn to_confirm(&self) -> (&'static str, &'static str) {
        ("I confirm", "you have taken note, and we close the matter")
    }

    fn to_dispute(&self) -> (&'static str, &'static str) {
        ("I can still see it", "something is still there or wrong, and a person looks into it")
    }

    fn to_remove(&self) -> (&'static str, &'static str) {
        ("Please erase my files", "we also erase what else of yours is with us")
    }

    fn choice(&self, phrase: &str, meaning: &str) -> String {
        format!("“{phrase}”: {meaning}")
    }

    fn number(&self, token: &str) -> String {
        format!("Your receipt has the number {token}.")
    }

    fn waited_for_hold(&self, asked: Date, lifted: Date) -> String {
        format!(
            "Your request of {} had to wait for a hold: a recorded reason to keep the files. It was lifted on {}.",
            self.day(asked),
            self.day(lifted)
        )
    }

    fn kept_title(&self) -> &'static str {
        "Your request waits for a hold"
    }

    fn kept_subject(&self, token: &str) -> String {
        format!("We received your request; a hold keeps your files for now [{token}]")
    }

    fn kept_received(&self, day: Date) -> String {
        format!("We have received your request of {} that your files be erased, and have recorded it.", self.day(day))
    }

    fn kept_why(&self, files: usize) -> String {
        let (what, it) = if files == 1 { ("One file is", "it") } else { ("Some files are", "them") };
        format!(
            "{what} not erased yet, because of a hold: a named person with us has recorded why we must still keep {it}, such as a \
             duty by law or by contract, and that goes before an erasure. This we keep for now, encrypted as before:"
        )
    }

    fn kept_next(&self, files: usize) -> String {
        let they = if files == 1 { "it is" } else { "they are" };
        format!(
            "When the hold is lifted, {they} erased without anything more from you, and you get a signed receipt. The hold \
             changes nothing for files that are not named here."
        )
    }

    fn kept_ask(&self) -> &'static str {
        "If you want to know more about the hold, or object to it, please ask:"
    }

    fn kept_number(&self, token: &str) -> String {
        format!("Your request has the number {token}.")
    }

    fn receipt_below(&self, payload_type: &str) -> String {
        format!("The signed receipt ({payload_type}):")
    }
}
