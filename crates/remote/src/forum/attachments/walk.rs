//! One pass over the tags and texts of a post.

use std::cell::{Cell, RefCell};

use custody_core::ports::FileService;
use html5ever::tokenizer::{
    CharacterTokens, EndTag, ParseError, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, states::RawKind,
};
use url::Url;

use super::{
    address::{self, Markup, Upload},
    found::{Called, File, Files},
    own_text::OwnText,
    services,
};

/// Deeper elements are counted, not remembered.
const DEEPEST: usize = 256;

/// The text of a link is remembered up to here.
const LONGEST_LABEL: usize = 4096;

/// A post with more links to services is no message to support.
const MOST_LINKS: usize = 50;

/// The receiver of the tokenizer's tokens.
pub(super) struct Walk {
    state: RefCell<State>,
    tokens: Cell<usize>,
}

/// Where we are.
pub(super) struct State {
    base: Url,
    text: OwnText,
    files: Files,
    links: Vec<(FileService, String)>,
    open: Vec<Element>,
    deeper: usize,
    link: Option<Link>,
}

/// What was read of a post.
pub(super) struct Finished {
    /// The author's words.
    pub own_text: String,
    /// The files of the post.
    pub files: Vec<File>,
    /// The links to large-file services.
    pub links: Vec<(FileService, String)>,
}

/// An open element that changes what its content means.
struct Element {
    name: String,
    meaning: Meaning,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Plain,
    /// It belongs to another post or another site.
    Foreign,
    /// Its files count, its words are not the author's.
    Repeated,
    Code,
    /// Neither words nor files: scripts, styles, drawings.
    Silent,
}

/// An open link.
struct Link {
    upload: Option<Upload>,
    is_lightbox: bool,
    label: String,
    title: String,
}

impl Walk {
    pub(super) fn new(base: &Url) -> Self {
        let state = State {
            base: base.clone(),
            text: OwnText::default(),
            files: Files::default(),
            links: Vec::new(),
            open: Vec::new(),
            deeper: 0,
            link: None,
        };
        Self { state: RefCell::new(state), tokens: Cell::new(0) }
    }

    /// How many tags, texts and comments came so far.
    pub(super) const fn tokens(&self) -> usize {
        self.tokens.get()
    }

    pub(super) fn into_inner(self) -> State {
        self.state.into_inner()
    }
}

impl TokenSink for Walk {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        if !matches!(token, ParseError(_)) {
            self.tokens.set(self.tokens.get() + 1);
        }
        match token {
            TagToken(tag) if tag.kind == StartTag => return state.start(&tag),
            TagToken(tag) if tag.kind == EndTag => state.end(&tag.name),
            CharacterTokens(text) => state.characters(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl State {
    /// What was read, at the end of the post.
    pub(super) fn finish(mut self) -> Finished {
        self.end_link();
        Finished { own_text: self.text.finish(), files: self.files.into_list(), links: self.links }
    }

    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let meaning = meaning(tag);
        if !self.is_skipped() {
            self.lay_out(name);
            match name {
                "a" => self.start_link(tag),
                "img" => self.image(tag),
                "source" | "video" | "audio" => self.media(tag, "src"),
                "div" => self.media(tag, "data-video-src"),
                // A link that stands alone on its line is shown as a preview of where it leads.
                "aside" => self.note_link(attribute(tag, "data-onebox-src")),
                _ => {}
            }
            if meaning == Meaning::Code && !self.is_mute() {
                self.text.begin_code();
            }
        }
        if is_remembered(name) && !(tag.self_closing && meaning == Meaning::Plain) {
            if self.open.len() < DEEPEST {
                self.open.push(Element { name: name.to_owned(), meaning });
            } else {
                self.deeper += 1;
            }
        }
        match name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => TokenSinkResult::RawData(RawKind::Rawtext),
            "textarea" | "title" => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }

    fn end(&mut self, name: &str) {
        if name == "a" {
            self.end_link();
            return;
        }
        if is_remembered(name) {
            if self.deeper > 0 {
                self.deeper -= 1;
            } else if let Some(place) = self.open.iter().rposition(|element| element.name == name) {
                let ends_code = self.open.iter().skip(place).any(|element| element.meaning == Meaning::Code);
                self.open.truncate(place);
                if ends_code && !self.is_mute() {
                    self.text.end_code();
                }
            }
        }
        if !self.is_skipped() {
            self.lay_out(name);
        }
    }

    fn characters(&mut self, text: &str) {
        if self.is_skipped() {
            return;
        }
        if let Some(link) = &mut self.link
            && link.label.len() < LONGEST_LABEL
        {
            link.label.push_str(text);
        }
        let is_file_name = self.link.as_ref().is_some_and(|link| link.upload.is_some() || link.is_lightbox);
        if !is_file_name && !self.is_mute() {
            self.text.push(text);
        }
    }

    /// Whether nothing here belongs to the post.
    fn is_skipped(&self) -> bool {
        self.open.iter().any(|element| matches!(element.meaning, Meaning::Foreign | Meaning::Silent))
    }

    /// Whether the words here are not the author's.
    fn is_mute(&self) -> bool {
        self.open.iter().any(|element| element.meaning == Meaning::Repeated)
    }

    fn lay_out(&mut self, name: &str) {
        if self.is_mute() {
            return;
        }
        match name {
            "td" | "th" => self.text.space(),
            "br" | "p" | "div" | "li" | "ul" | "ol" | "dl" | "dt" | "dd" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
            | "hr" | "tr" | "table" | "blockquote" | "aside" | "section" | "article" | "details" | "summary" => {
                self.text.line();
            }
            _ => {}
        }
    }

    fn start_link(&mut self, tag: &Tag) {
        self.end_link();
        let is_lightbox = has_class(tag, "lightbox");
        let is_marked = is_lightbox || has_class(tag, "attachment");
        let markup = if is_marked { Markup::Marked } else { Markup::Bare };
        // The forum puts the upload's own address aside when it cannot find the file.
        let upload = attribute(tag, "data-orig-href")
            .and_then(|original| address::upload(&self.base, original, markup))
            .or_else(|| address::upload(&self.base, attribute(tag, "href")?, markup));
        if upload.is_none() {
            self.note_link(attribute(tag, "href"));
        }
        let title = attribute(tag, "title").unwrap_or_default().to_owned();
        self.link = Some(Link { upload, is_lightbox, label: String::new(), title });
    }

    fn note_link(&mut self, address: Option<&str>) {
        if self.is_mute() || self.links.len() >= MOST_LINKS {
            return;
        }
        if let Some(link) = address.and_then(services::service)
            && !self.links.contains(&link)
        {
            self.links.push(link);
        }
    }

    fn end_link(&mut self) {
        let Some(Link { upload: Some(upload), is_lightbox, label, title }) = self.link.take() else { return };
        let called = if is_lightbox { Called::Description(&title) } else { Called::Name(&label) };
        self.files.note(upload, called);
    }

    fn image(&mut self, tag: &Tag) {
        const DECORATION: [&str; 4] = ["emoji", "avatar", "site-icon", "onebox-avatar"];
        if DECORATION.iter().any(|class| has_class(tag, class)) {
            return;
        }
        let shown = attribute(tag, "data-orig-src")
            .and_then(|original| address::upload(&self.base, original, Markup::Marked))
            .or_else(|| address::upload(&self.base, attribute(tag, "src")?, Markup::Marked));
        let by_key =
            attribute(tag, "data-base62-sha1").and_then(|key| address::by_key(&self.base, key, shown.as_ref()));
        let upload = match (by_key, shown) {
            // The shown address may be the only one that works, on a forum whose files were moved by hand.
            (Some(by_key), Some(shown)) if by_key.key == shown.key => shown,
            (Some(by_key), _) => by_key,
            (None, Some(shown)) => shown,
            (None, None) => return,
        };
        match &mut self.link {
            // The image is the link's own preview.
            Some(link) if link.is_lightbox => {
                if link.upload.is_none() {
                    link.upload = Some(upload);
                }
            }
            _ => {
                let description = attribute(tag, "alt").or_else(|| attribute(tag, "title")).unwrap_or_default();
                self.files.note(upload, Called::Description(description));
            }
        }
    }

    fn media(&mut self, tag: &Tag, name: &str) {
        let upload = attribute(tag, "data-orig-src")
            .and_then(|original| address::upload(&self.base, original, Markup::Marked))
            .or_else(|| address::upload(&self.base, attribute(tag, name)?, Markup::Marked));
        if let Some(upload) = upload {
            let called = attribute(tag, "title").map_or(Called::Nothing, Called::Description);
            self.files.note(upload, called);
        }
    }
}

fn meaning(tag: &Tag) -> Meaning {
    match &*tag.name {
        "aside" if has_class(tag, "quote") || has_class(tag, "onebox") => Meaning::Foreign,
        // Quoted mail and lines that begin with ">".
        "blockquote" => Meaning::Repeated,
        "details" if has_class(tag, "elided") => Meaning::Repeated,
        "pre" => Meaning::Code,
        "script" | "style" | "xmp" | "iframe" | "noembed" | "noframes" | "textarea" | "title" | "svg" | "math"
        | "template" => Meaning::Silent,
        _ => Meaning::Plain,
    }
}

/// Elements whose end must be found again. Others cannot hold these: the parser ends a paragraph or a list's item by
/// itself, and bold text ends at no block's expense.
fn is_remembered(name: &str) -> bool {
    matches!(
        name,
        "aside"
            | "blockquote"
            | "details"
            | "pre"
            | "div"
            | "section"
            | "article"
            | "script"
            | "style"
            | "xmp"
            | "iframe"
            | "noembed"
            | "noframes"
            | "textarea"
            | "title"
            | "svg"
            | "math"
            | "template"
    )
}

fn attribute<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

fn has_class(tag: &Tag, class: &str) -> bool {
    attribute(tag, "class").is_some_and(|classes| classes.split_ascii_whitespace().any(|one| one == class))
}
