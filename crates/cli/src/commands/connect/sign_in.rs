//! `custody connect forum` without a key at hand: the engineer lets this desk in on the forum itself.

use clap::ValueEnum;
use custody_desk::{
    Desk,
    sign_in::{NewKey, SignIn, Wishes},
    views::{AccountView, SignInView},
    words,
};
use serde_json::json;

use super::{Forum, settings_from};
use crate::{context::Context, failure::Failure, secrets};

/// How the forum hands the key over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Way {
    /// Type a code on the forum; offered since 2026
    Device,
    /// Allow it in the browser, then paste the address it was sent to; needs an administrator's leave
    Browser,
    /// Allow it in the browser, then paste the text it shows; every forum can do that
    Paste,
}

/// Signs in and connects.
pub async fn sign_in(args: Forum, desk: &Desk, context: &mut Context) -> Result<AccountView, Failure> {
    // The window of this desk listens while it is looked at, with the same key.
    let wishes = Wishes { news: true, replies: args.replies };
    let mut asked = desk.begin_sign_in(args.url.clone(), wishes).await?;
    let view = asked.view();
    tell_wishes(&view, context);
    let way = args.sign_in.unwrap_or(if view.device_codes { Way::Device } else { Way::Paste });
    let key = match way {
        Way::Device => by_code(&mut asked, context).await?,
        Way::Browser => {
            tell_page("paste the address that the browser was sent to", &view.redirect_page, context)?;
            brought(&asked, &args)?
        }
        Way::Paste => {
            tell_page("paste the text that it shows", &view.page, context)?;
            brought(&asked, &args)?
        }
    };
    Ok(desk.finish_sign_in(&asked, key, |forum| settings_from(args, forum)).await?)
}

async fn by_code(asked: &mut SignIn, context: &mut Context) -> Result<NewKey, Failure> {
    let code = asked.ask_code().await?;
    if context.out.is_json() {
        context.out.json_line(&json!({ "code": code.code, "page": code.page, "lasts_seconds": code.lasts_seconds }))?;
    }
    let minutes = code.lasts_seconds / 60;
    context.out.remark(format_args!(
        "Open {}\nand type the code {} within {minutes} minutes. Waiting for that; Ctrl+C gives up.",
        code.page, code.code
    ));
    Ok(asked.wait_for_code().await?)
}

fn brought(asked: &SignIn, args: &Forum) -> Result<NewKey, Failure> {
    let text = secrets::pasted(args.key_file.as_deref(), "what the forum shows", "Paste it here: ")?;
    Ok(asked.open(&text)?)
}

fn tell_wishes(view: &SignInView, context: &Context) {
    let scopes: Vec<String> =
        view.scopes.iter().map(|scope| format!("  {:<13} {}", scope.name, words::purpose(scope.name))).collect();
    context.out.remark(format_args!("This desk asks {} for:\n{}\n", view.forum, scopes.join("\n")));
}

fn tell_page(then: &str, page: &str, context: &mut Context) -> Result<(), Failure> {
    if context.out.is_json() {
        context.out.json_line(&json!({ "page": page }))?;
    }
    context.out.remark(format_args!("Open this page, allow it, and {then}:\n{page}\n"));
    Ok(())
}
