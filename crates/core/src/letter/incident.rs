//! The letter to a customer whose files were on a machine that was lost. Drafted, and sent by nobody but a person.

use super::{isolated_name, shown, words};

/// What the letter tells.
#[derive(Clone, Debug)]
pub struct IncidentLetter<'a> {
    /// The customer's name.
    pub name: &'a str,
    /// From when the machine may have been in other hands, as it is written.
    pub from: String,
    /// Until when.
    pub to: String,
    /// The files: name, size, and whether it was readable without a passphrase.
    pub files: &'a [(String, Option<u64>, bool)],
    /// Whether the desk was unlocked, so that sealed files could be opened too.
    pub unlocked: bool,
    /// Who writes.
    pub issuer: &'a str,
    /// Whom to ask.
    pub contact: &'a str,
}

/// Subject and text, in the language of the desk's letters.
pub fn incident_letter(language: &str, letter: &IncidentLetter<'_>) -> (String, String) {
    let said = said(language, letter);
    let words = words::of(language);
    let mut text = format!("{}\n\n{}\n\n", words.greeting(&isolated_name(letter.name)), said.happened);
    for (name, size, readable) in letter.files {
        let size = size.map(|size| format!(" ({})", words.bytes(size))).unwrap_or_default();
        let mark = if *readable { format!(": {}", said.readable) } else { String::new() };
        text.push_str(&format!("  * {}{size}{mark}\n", isolated_name(name)));
    }
    text.push_str(&format!("\n{}\n\n{}\n\n", said.protected, said.advice));
    text.push_str(&format!("{}\n{}\n", shown(letter.issuer), shown(letter.contact)));
    (said.subject.to_owned(), text)
}

/// The sentences of one language.
struct Said {
    subject: &'static str,
    happened: String,
    /// Behind the name of a file that lay there readable.
    readable: &'static str,
    protected: String,
    advice: &'static str,
}

fn said(language: &str, letter: &IncidentLetter<'_>) -> Said {
    let (from, to, unlocked) = (&letter.from, &letter.to, letter.unlocked);
    match words::of(language).tag() {
        "de" => Said {
            subject: "Ein Gerät mit Ihren Dateien ist abhandengekommen",
            happened: format!(
                "zwischen {from} und {to} ist uns ein Gerät abhandengekommen, auf dem wir Dateien verwahrten, die Sie uns \
                 anvertraut haben. Diese Dateien waren darauf:"
            ),
            readable: "lag lesbar vor, weil damit gearbeitet wurde",
            protected: if unlocked {
                "Die Dateien waren verschlüsselt. Der Platz war in dieser Zeit aber entsperrt, sodass sie gelesen worden sein \
                 können."
            } else {
                "Die Dateien waren verschlüsselt, soweit oben nichts anderes steht. Zum Öffnen braucht es unsere Passphrase, \
                 die nicht auf dem Gerät war."
            }
            .to_owned(),
            advice: "Bitte betrachten Sie, was lesbar gewesen sein kann, als anderen bekannt, und ändern Sie Passwörter und \
                     Schlüssel, die darin stehen. Fragen beantworten wir Ihnen gern: Antworten Sie einfach auf diese \
                     Nachricht.",
        },
        "es" => Said {
            subject: "Hemos perdido un equipo que contenía archivos suyos",
            happened: format!(
                "Entre el {from} y el {to} perdimos un equipo en el que guardábamos archivos que usted nos confió. Estos \
                 archivos suyos estaban en él:"
            ),
            readable: "estaba legible, porque se trabajaba con él",
            protected: if unlocked {
                "Los archivos estaban cifrados, pero el puesto estaba desbloqueado en ese tiempo, de modo que pueden haberse \
                 leído."
            } else {
                "Los archivos estaban cifrados, salvo lo indicado arriba. Para abrirlos se necesita nuestra frase de paso, que \
                 no estaba en el equipo."
            }
            .to_owned(),
            advice: "Considere conocido por terceros lo que haya podido leerse y cambie las contraseñas y claves que contenga. \
                     Si tiene preguntas, responda a este mensaje.",
        },
        "fr" => Said {
            subject: "Un appareil contenant vos fichiers a été perdu",
            happened: format!(
                "Entre le {from} et le {to}, nous avons perdu un appareil sur lequel nous conservions des fichiers que vous \
                 nous aviez confiés. Ces fichiers s’y trouvaient :"
            ),
            readable: "était lisible, car on travaillait dessus",
            protected: if unlocked {
                "Les fichiers étaient chiffrés, mais le poste était déverrouillé pendant ce temps : ils ont pu être lus."
            } else {
                "Les fichiers étaient chiffrés, sauf indication contraire ci-dessus. Pour les ouvrir, il faut notre phrase \
                 secrète, qui n’était pas sur l’appareil."
            }
            .to_owned(),
            advice: "Veuillez considérer comme connu de tiers ce qui a pu être lu, et changez les mots de passe et clés qui s’y \
                     trouvent. Pour toute question, répondez à ce message.",
        },
        "ja" => Said {
            subject: "お預かりしたファイルを保管していた端末の紛失について",
            happened: format!(
                "{from} から {to} までの間に、お預かりしたファイルを保管していた端末を紛失しました。端末には次のファイルがありました。"
            ),
            readable: "作業中のため、読める状態でした",
            protected: if unlocked {
                "ファイルは暗号化されていましたが、その間ロックが解除されていたため、読まれた可能性があります。"
            } else {
                "上に記したものを除き、ファイルは暗号化されていました。開くには当方のパスフレーズが必要で、それは端末にはありませんでした。"
            }
            .to_owned(),
            advice: "読まれた可能性のある内容は第三者に知られたものとしてお考えいただき、含まれるパスワードや鍵を変更してください。\
                     ご質問は、このメッセージにご返信ください。",
        },
        _ => Said {
            subject: "A device that held your files was lost",
            happened: format!(
                "Between {from} and {to} we lost a device on which we kept files that you entrusted to us. These files of \
                 yours were on it:"
            ),
            readable: "lay there readable, since it was being worked with",
            protected: if unlocked {
                "The files were encrypted. The desk was unlocked in that time, however, so they may have been read."
            } else {
                "The files were encrypted, unless it says otherwise above. Opening them takes our passphrase, which was not on \
                 the device."
            }
            .to_owned(),
            advice: "Please treat what may have been readable as known to others, and change passwords and keys that stand in \
                     it. If you have questions, simply answer this message.",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_says_in_every_language_what_was_there_and_whether_it_could_be_read() {
        for language in ["en", "de-AT", "es", "fr", "ja", "xx"] {
            let files = [("crash\u{202e}gol.log".to_owned(), Some(1234), true), ("plan.pdf".to_owned(), None, false)];
            let mut letter = IncidentLetter {
                name: "Carola",
                from: "2026-03-06 17:00 UTC".to_owned(),
                to: "2026-03-09 08:00 UTC".to_owned(),
                files: &files,
                unlocked: false,
                issuer: "Example Support",
                contact: "privacy@support.example",
            };
            let (subject, locked) = incident_letter(language, &letter);
            for part in ["Carola", "2026-03-06 17:00 UTC", "2026-03-09 08:00 UTC", "plan.pdf", "Example Support"] {
                assert!(locked.contains(part), "{language}: {part} in\n{locked}");
            }
            assert!(!locked.contains('\u{202e}'), "{language}: a hostile name turns nothing around");
            assert!(!subject.is_empty());
            let lines: Vec<&str> = locked.lines().filter(|line| line.starts_with("  * ")).collect();
            assert!(lines[0].len() > lines[1].len() + 20, "{language}: what was readable is told apart: {lines:?}");
            letter.unlocked = true;
            let (_, unlocked) = incident_letter(language, &letter);
            assert_ne!(locked, unlocked, "{language}: an unlocked desk is told");
        }
    }
}
