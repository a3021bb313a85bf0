//! Answers as customers write them, in every language of the letters.

use super::*;

fn wish(text: &str) -> Wish {
    Phrases::default().wish(text)
}

fn answer(text: &str) -> Answer {
    Phrases::default().answer(text)
}

#[test]
fn an_exact_request_acts_in_every_language() {
    for text in [
        "Please erase my files.",
        "Hello,\n\n  PLEASE   delete my files!\nThanks",
        "Hi Anna, please remove my files, thank you.",
        "Please delete my files. I do not need them any more.",
        "Bitte meine Dateien löschen.",
        "Guten Tag,\n\nbitte löschen Sie meine Dateien.\n\nMit freundlichen Grüßen\nKarl Krause",
        "Por favor, borren mis archivos.",
        "Hola:\npor favor eliminen mis archivos\nGracias",
        "Bonjour,\n\nVeuillez supprimer mes fichiers.\n\nCordialement,\nCamille",
        "お世話になっております。\nファイルを削除してください。\nよろしくお願いいたします。",
        "ファイルの削除をお願いします。",
    ] {
        assert_eq!(wish(text), Wish::Removal, "{text:?} asks for removal");
    }
}

#[test]
fn what_only_sounds_like_a_request_reaches_a_person() {
    for text in [
        "Could you remove the documents I sent?",
        "please do not delete my files yet",
        "Whatever happens, please do not\ndelete my files",
        "Please delete my files\nonly if the ticket is closed",
        "Please delete my files. No wait, please do not delete them.",
        "Delete my files?",
        "Our lawyers say that under no circumstances at all should you\nDelete my files",
        "Können Sie den Anhang entfernen?",
        "Bitte löschen Sie meine Dateien noch nicht.",
        "No borren mis archivos todavía, por favor.",
        "Pourriez-vous effacer la pièce jointe ?",
        "Ne supprimez pas mes fichiers.",
        "添付ファイルを削除していただけますか？",
        "ファイルを削除しないでください。",
    ] {
        assert_eq!(wish(text), Wish::MaybeRemoval, "{text:?} must reach a person");
    }
    for text in ["The viewer crashes when I open it.", "Vielen Dank!", "Merci beaucoup", "ありがとうございます。"]
    {
        assert_eq!(wish(text), Wish::None, "{text:?} asks for nothing");
    }
}

#[test]
fn a_confirmation_counts_with_every_politeness_around_it() {
    for text in [
        "I confirm",
        "I confirm.",
        "“I confirm”",
        "Hi,\nI confirm.\nCarol",
        "Hello Bob\n\nI confirm\n\nBest regards\nCarol Chen\nExample Ltd",
        "Yes, I confirm. Thank you!",
        "Yes, I confirm, thanks for your help.",
        "Dear support team,\n\nI hereby confirm.\n\nKind regards,\nCarol\n+1 555 0100",
        "Confirmed!",
        "I confirm.\n\nCarol\n\nThis message is confidential. If you are not the intended recipient, tell us.",
        "Ich bestätige.",
        "Guten Tag Frau Berg,\n\nhiermit bestätige ich.\n\nMit freundlichen Grüßen\nKarl Krause",
        "Ja, ich bestätige die Löschung. Vielen Dank!",
        "bestätigt\n\nMfG Krause",
        "Confirmo.",
        "Hola:\n\nSí, lo confirmo. Muchas gracias.\n\nUn saludo,\nCarmen",
        "Buenos días,\nconfirmo el borrado.\nSaludos",
        "Je confirme.",
        "Bonjour,\n\nJe confirme la suppression.\n\nCordialement,\nCamille",
        "Oui, je confirme, merci.",
        "確認しました",
        "お世話になっております。\n\n確認いたしました。ありがとうございます。\n\nよろしくお願いいたします。\n田中",
        "はい、削除を確認しました。",
    ] {
        assert_eq!(answer(text), Answer::Confirmed, "{text:?} confirms");
    }
}

#[test]
fn a_negation_never_confirms() {
    for text in [
        "I do not confirm.",
        "I don't confirm",
        "I don’t confirm",
        "Not confirmed",
        "I confirm. Not.",
        "I confirm nothing.",
        "I confirm\nnothing of the kind.",
        "I confirm that I do NOT agree with this.",
        "I confirm that the file is gone from your side",
        "I cannot say that I confirm this",
        "I cannot say that\nI confirm",
        "If the last copy is gone and nobody kept another one, then\nI confirm",
        "I confirm?",
        "Must I confirm?",
        "I confirm.\n\nNo, on second thought I cannot confirm.",
        "Nicht bestätigt.",
        "Ich bestätige nicht.",
        "Ich kann das nicht bestätigen.",
        "Ich bestätige keine Löschung",
        "Nein, bestätigt ist hier nichts.",
        "No confirmo.",
        "No, no lo confirmo.",
        "No está confirmado",
        "Je ne confirme pas.",
        "Je ne confirme\npas",
        "Non confirmé",
        "Ce n'est pas confirmé",
        "確認していません。",
        "確認しましたとは言えません。",
        "まだ確認できていない",
        "Who are you?",
        "",
    ] {
        assert_ne!(answer(text), Answer::Confirmed, "{text:?} confirms nothing");
    }
}

#[test]
fn a_dispute_beats_a_confirmation() {
    for text in [
        "I confirm.\nBut I can still see the file",
        "I can still see it",
        "It's still there!",
        "The log is still available under the old link.",
        "The second file was not deleted.",
        "Ich bestätige den Empfang, aber die Datei ist noch da.",
        "Ich kann die Datei noch sehen.",
        "Die Datei ist immer noch im Forum.",
        "Todavía veo el archivo.",
        "Confirmo, pero el fichero sigue ahí",
        "Je vois encore le fichier.",
        "Le fichier est toujours là !",
        "Le fichier n'a pas été supprimé.",
        "まだ見えます。",
        "ファイルがまだ残っています。",
        "削除されていません。",
    ] {
        assert_eq!(answer(text), Answer::Disputed, "{text:?} disputes");
    }
}

#[test]
fn anything_else_is_left_to_a_person() {
    for text in [
        "Thanks.",
        "Please call me.",
        "Vielen Dank für die Nachricht.",
        "¿Qué es esto?",
        "Qu'est-ce que c'est ?",
        "了解です。",
        "Todavía no he tenido tiempo.",
    ] {
        assert_eq!(answer(text), Answer::Unclear, "{text:?} is for a person to read");
    }
}

#[test]
fn a_desks_own_phrases_replace_the_usual_ones() {
    let own = Phrases { confirm: vec!["Alles klar, danke".to_owned()], ..Phrases::default() };
    assert_eq!(own.answer("Alles klar."), Answer::Confirmed, "courtesies count on neither side");
    assert_eq!(own.answer("I confirm."), Answer::Unclear);
    let none = Phrases { confirm: vec![String::new(), "  ".to_owned()], ..Phrases::default() };
    assert_eq!(none.answer("\n\n!\n"), Answer::Unclear, "an empty phrase is no phrase");
}
