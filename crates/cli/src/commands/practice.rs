//! `custody practice`

mod control;

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use custody_practice::{Description, World, WorldOptions, scenario};

use crate::{
    context::Context,
    failure::Failure,
    new_file::write_new,
    stop,
    table::{Side, Table},
};

const EXAMPLES: &str = "\
Examples:
  custody practice
  custody practice --story demo --json
  custody practice --ca-file practice-ca.pem
  printf 'close 1004\\nquit\\n' | custody practice --control

With --control, lines on standard input drive the story; each is answered with one line of JSON, {\"ok\":true,...} or
{\"ok\":false,\"why\":\"...\"}. The first line that is printed is the description of the world.
  close TOPIC           an engineer closes the thread
  ask TOPIC             its customer asks that the files be removed
  reply ADDRESS TEXT    the customer answers the newest letter in that mailbox
  clock +3d             the practice clock moves (m, h or d; - moves it back)
  quit                  the world ends, as at the end of the input";

/// Serve a practice world on this machine until it is stopped
///
/// A Discourse-compatible forum, mail servers and a few customers with their files, on 127.0.0.1 only. Nothing in it is real: its
/// keys and passwords are worth nothing elsewhere, and everything is gone when it ends. Connect a desk to it as to a real forum;
/// its addresses, accounts and keys are printed, with the commands that connect a desk.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Practice {
    /// What has happened on the forum already
    #[arg(long, value_enum, default_value = "standard")]
    story: Story,
    /// Let lines on standard input drive the story
    #[arg(long)]
    control: bool,
    /// Write the certificate authority of the mail servers to this file, which must not exist
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath)]
    ca_file: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Story {
    /// Staff, and nobody else
    Empty,
    /// Two cases: one whose ticket closes, one whose customer asks
    Demo,
    /// Nine threads of all kinds
    Standard,
}

/// Serves a practice world.
pub async fn practice(args: Practice, context: &mut Context) -> Result<(), Failure> {
    let story = match args.story {
        Story::Empty => scenario::Story::Empty,
        Story::Demo => scenario::Story::Demo,
        Story::Standard => scenario::Story::Standard,
    };
    let world = World::start(WorldOptions { story, ..WorldOptions::default() }).await?;
    if let Some(path) = &args.ca_file {
        write_new(path, world.mail.ca_pem())?;
    }
    let description = world.describe();
    if args.control || context.out.is_json() {
        context.out.json_line(&description)?;
    } else {
        let desk = world.mail.desk_account();
        context.out.text(&text(&description, &desk.user, &desk.password))?;
        context.out.finish()?;
    }
    tokio::select! {
        asked = stop::asked() => asked.map_err(Failure::Terminal),
        done = control::drive(&world, &mut context.out), if args.control => done,
    }
}

fn text(world: &Description, desk_user: &str, desk_password: &str) -> String {
    let mut text = format!(
        "The practice world is open until you stop it with Ctrl-C. Nothing in it is real, and nothing of it is kept.\n\n\
         Forum  {}\nSMTP   {} (STARTTLS), {} (implicit)\nIMAP   {} (STARTTLS), {} (implicit)\n\n",
        world.forum.base_url, world.mail.smtp, world.mail.smtps, world.mail.imap, world.mail.imaps
    );
    let mut people =
        Table::new([("USER", Side::Left), ("NAME", Side::Left), ("ROLE", Side::Left), ("MAIL", Side::Left)]);
    for member in &world.members {
        let role = format!("{:?}", member.role).to_lowercase();
        people.row([member.username.clone(), member.name.clone(), role, member.email.clone()]);
    }
    text.push_str(&people.text(false, ""));
    let mut keys =
        Table::new([("KEY OF", Side::Left), ("HEADER", Side::Left), ("MAY", Side::Left), ("KEY", Side::Left)]);
    for key in &world.keys {
        keys.row([key.user.clone(), key.kind.to_owned(), key.scopes.clone(), key.token.clone()]);
    }
    text.push_str(&format!("\n{}", keys.text(false, "")));
    let mut threads =
        Table::new([("TOPIC", Side::Right), ("PRIVATE", Side::Left), ("CLOSED", Side::Left), ("TITLE", Side::Left)]);
    for thread in &world.threads {
        let yes = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
        threads.row([thread.id.to_string(), yes(thread.private), yes(thread.closed), thread.title.clone()]);
    }
    text.push_str(&format!("\n{}", threads.text(false, "There is no thread yet.")));
    let key = world.keys.first().map(|key| key.token.as_str()).unwrap_or_default();
    text.push_str(&format!(
        "\nA desk on it, in another terminal (the mail commands need `custody practice --ca-file practice-ca.pem`):\n  \
         custody --home practice-desk init --key-file\n  \
         echo {key} | custody --home practice-desk connect forum {} --user-key --identity practice --group support \\\n      \
         --requests-per-minute 600 --key-file -\n  \
         echo {desk_password} | custody --home practice-desk connect mail --from {desk_user} --smtp {} --imap {} \\\n      \
         --ca-file practice-ca.pem --authserv-id {} --password-file -\n  \
         custody --home practice-desk sync\n",
        world.forum.base_url,
        world.mail.smtp,
        world.mail.imaps,
        custody_practice::mailbox::PracticeMail::AUTHSERV_ID
    ));
    text
}
