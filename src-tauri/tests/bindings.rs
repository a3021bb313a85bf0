//! The page's TypeScript, made from the Rust types and compared with what is committed.
//!
//! To write it anew: `CUSTODY_WRITE_BINDINGS=1 cargo test -p custody-app --test bindings`
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

use custody_app::*;
use custody_core::{
    case_list::{CaseOrder, CaseStanding},
    erasure_list::ErasureStage,
    event_list::{EventActor, EventTopic},
    file_kind::FileKind,
    held_file::{Finding, Refusal, Spared},
    ports::{Fault, Job},
    receipt::{Answer, Grade},
    receipt_list::{ReceiptOrder, ReceiptStanding},
    request::{Channel, RequestStanding},
    retention::{ForumCopyRule, StartPoint},
    ticket::OfferStanding,
    viewing_copy::Ended,
};
use custody_desk::views::*;
use serde::{
    Deserialize,
    de::{self, Deserializer, Visitor, value::Error},
};
use ts_rs::{Config, TS, TypeVisitor};

include!("../command-list.rs");

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/ipc/generated");
const HEAD: &str = "// Made from the Rust types by src-tauri/tests/bindings.rs. Changes here are overwritten.\n";

#[test]
#[expect(clippy::disallowed_methods, reason = "it writes what is committed, and only when it is asked to")]
fn the_committed_typescript_is_what_the_rust_types_say() {
    let writes = std::env::var_os("CUSTODY_WRITE_BINDINGS").is_some();
    for (file, text) in
        [("names.ts", names()), ("views.ts", views()), ("commands.ts", commands()), ("viewer.ts", viewer())]
    {
        let path = Path::new(FOLDER).join(file);
        if writes {
            std::fs::write(&path, &text).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap();
        assert!(
            committed == text,
            "ui/ipc/generated/{file} is not what the Rust types say. Write it anew with\n    CUSTODY_WRITE_BINDINGS=1 \
             cargo test -p custody-app --test bindings\nand look at the difference."
        );
    }
}

#[test]
fn the_words_that_cross_as_text_are_those_of_the_core() {
    // The views name some closed sets of the core by hand, because the core knows no TypeScript.
    let views = views();
    let union = |words: &[&str]| words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" | ");
    for (what, words) in [
        ("a file's state", variants::<custody_core::held_file::StateName>()),
        ("a key store", variants::<custody_desk::KeyStore>()),
    ] {
        assert!(views.contains(&union(words)), "the page knows every word of {what}: {words:?}");
    }
}

/// Closed sets of the core, whose words cross as they are.
fn sets() -> [(&'static str, &'static [&'static str]); 21] {
    [
        ("Answer", variants::<Answer>()),
        ("CaseOrder", variants::<CaseOrder>()),
        ("CaseStanding", variants::<CaseStanding>()),
        ("Channel", variants::<Channel>()),
        ("CopyEnd", variants::<Ended>()),
        ("ErasureStage", variants::<ErasureStage>()),
        ("EventActor", variants::<EventActor>()),
        ("EventTopic", variants::<EventTopic>()),
        ("Fault", variants::<Fault>()),
        ("FileKind", variants::<FileKind>()),
        ("Finding", variants::<Finding>()),
        ("ForumCopyRule", variants::<ForumCopyRule>()),
        ("Grade", variants::<Grade>()),
        ("Job", variants::<Job>()),
        ("OfferStanding", variants::<OfferStanding>()),
        ("ReceiptOrder", variants::<ReceiptOrder>()),
        ("ReceiptStanding", variants::<ReceiptStanding>()),
        ("Refusal", variants::<Refusal>()),
        ("RequestStanding", variants::<RequestStanding>()),
        ("Spared", variants::<Spared>()),
        ("StartPoint", variants::<StartPoint>()),
    ]
}

fn names() -> String {
    let mut text = format!("{HEAD}\n");
    for (name, words) in sets() {
        let words: Vec<_> = words.iter().map(|word| format!("\"{word}\"")).collect();
        writeln!(text, "export type {name} = {};\n", words.join(" | ")).unwrap();
    }
    text.trim_end().to_owned() + "\n"
}

/// The desk's own views: whatever its commands answer, and all that these are made of.
fn views() -> String {
    let mut found = Found::default();
    for answer in answers() {
        answer(&mut found);
    }
    let mut body = String::new();
    for declaration in found.of_the_desk().values() {
        write!(body, "\n{declaration}\n").unwrap();
    }
    format!("{HEAD}{}{body}", named_in(&body))
}

/// The import of the sets that a text mentions.
fn named_in(text: &str) -> String {
    let used: Vec<_> = sets().into_iter().map(|(name, _)| name).filter(|name| mentions(text, name)).collect();
    format!("import type {{ {} }} from \"./names\";\n", used.join(", "))
}

macro_rules! declared {
    ($($(#[$doc:meta])* $name:ident($args:ty) -> $answer:ty;)*) => {
        pub(crate) fn arguments() -> Vec<fn(&mut Found)> {
            vec![$(|found: &mut Found| found.visit::<$args>()),*]
        }

        pub(crate) fn answers() -> Vec<fn(&mut Found)> {
            vec![$(|found: &mut Found| found.visit::<$answer>()),*]
        }

        pub(crate) fn table(cfg: &Config) -> Vec<(&'static str, String, String)> {
            vec![$((stringify!($name), <$args>::name(cfg), <$answer>::name(cfg))),*]
        }
    };
}

each_command!(declared);

fn commands() -> String {
    let cfg = Config::default();
    let mut found = Found::default();
    found.visit::<IpcError>();
    for visit in arguments().into_iter().chain(answers()) {
        visit(&mut found);
    }
    let own = found.of_the_window();
    let table = table(&cfg);
    let mut body = String::new();
    for declaration in own.values() {
        write!(body, "\n{declaration}\n").unwrap();
    }
    body.push_str("\nexport interface Commands {\n");
    for (name, args, answer) in &table {
        writeln!(body, "  {name}: {{ args: {args}; result: {answer} }};").unwrap();
    }
    body.push_str("}\n");

    let used: Vec<_> = found.of_the_desk().into_keys().filter(|name| mentions(&body, name)).collect();
    format!("{HEAD}{}import type {{ {} }} from \"./views\";\n{body}", named_in(&body), used.join(", "))
}

/// What the page of a viewer may ask for, and all that this is made of: it shares nothing with the desk's page.
fn viewer() -> String {
    let cfg = Config::default();
    let mut found = Found::default();
    for visit in viewed::arguments().into_iter().chain(viewed::answers()) {
        visit(&mut found);
    }
    let mut text = format!("{HEAD}import type {{ Fault }} from \"./names\";\n");
    for (_, declaration) in found.0.values() {
        write!(text, "\n{declaration}\n").unwrap();
    }
    text.push_str("\nexport interface ViewerCommands {\n");
    for (name, args, answer) in viewed::table(&cfg) {
        writeln!(text, "  {name}: {{ args: {args}; result: {answer} }};").unwrap();
    }
    text.push_str("}\n");
    text
}

mod viewed {
    use super::*;

    each_viewer_command!(declared);
}

fn mentions(text: &str, name: &str) -> bool {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').any(|word| word == name)
}

/// Every type that was met, with the crate it is from and its declaration.
#[derive(Default)]
struct Found(BTreeMap<String, (&'static str, String)>);

impl Found {
    fn of_the_desk(&self) -> BTreeMap<String, &String> {
        self.from("custody_desk::")
    }

    fn of_the_window(&self) -> BTreeMap<String, &String> {
        self.from("custody_app::")
    }

    fn from(&self, krate: &str) -> BTreeMap<String, &String> {
        self.0
            .iter()
            .filter(|(_, (path, _))| path.starts_with(krate))
            .map(|(name, (_, declaration))| (name.clone(), declaration))
            .collect()
    }
}

impl TypeVisitor for Found {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        let cfg = Config::default();
        // What is built in has no declaration, but may hold something that has one.
        let declared = T::output_path().is_some();
        if declared {
            let docs = T::docs().unwrap_or_default();
            let declaration = format!("{docs}export {}", T::decl(&cfg));
            if self.0.insert(T::ident(&cfg), (std::any::type_name::<T>(), declaration)).is_some() {
                return;
            }
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

/// The words of an enum without fields, as serde writes them.
fn variants<T: for<'de> Deserialize<'de>>() -> &'static [&'static str] {
    struct Ask<'a>(&'a mut &'static [&'static str]);

    impl<'de> Deserializer<'de> for Ask<'_> {
        type Error = Error;

        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
            Err(de::Error::custom("not an enum"))
        }

        fn deserialize_enum<V: Visitor<'de>>(
            self,
            _: &'static str,
            variants: &'static [&'static str],
            _: V,
        ) -> Result<V::Value, Error> {
            *self.0 = variants;
            Err(de::Error::custom("only asked for its words"))
        }

        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
            newtype_struct seq tuple tuple_struct map struct identifier ignored_any
        }
    }

    let mut words: &'static [&'static str] = &[];
    let _ = T::deserialize(Ask(&mut words));
    assert!(!words.is_empty(), "{} is an enum", std::any::type_name::<T>());
    words
}
