import type { FaultWords } from "./words";

export const faults: FaultWords = {
  unreachable: {
    what: "Der Server antwortet nicht. Nichts wurde gelöscht, nichts ging verloren.",
    todo: "Prüfen Sie das Netz. Custody versucht es von selbst wieder.",
  },
  server_trouble: {
    what: "Der Server antwortet mit Fehlern oder wird gewartet. Nichts wurde gelöscht, nichts ging verloren.",
    todo: "Warten Sie; Custody versucht es von selbst wieder. Hält es an, fragen Sie den Betreiber.",
  },
  blocked: {
    what: "Eine Firewall vor dem Forum sperrt Programme aus. Nichts wurde gelöscht, nichts ging verloren.",
    todo: "Bitten Sie die Verwaltung des Forums, die Adresse dieses Rechners zuzulassen.",
  },
  rate_limited: {
    what: "Der Server bittet um weniger Anfragen. Nichts wurde gelöscht, nichts ging verloren.",
    todo: "Warten Sie; Custody macht weiter, sobald der Server es erlaubt.",
  },
  credentials_refused: {
    what: "Der Server hat unseren Schlüssel oder das Passwort abgelehnt. Nichts wurde gelöscht, nichts ging verloren.",
    todo: "Unter Einstellungen, Verbindungen neu anmelden oder verbinden, mit einem gültigen Schlüssel oder Passwort.",
  },
  not_allowed: {
    what: "Unser Konto darf das nicht. Nichts wurde geändert.",
    todo: "Bitten Sie auf dem Server um das Recht, oder verbinden Sie ein anderes Konto.",
  },
  not_found: {
    what: "Es ist nicht da oder für uns nicht sichtbar. Nichts wurde gelöscht.",
    todo: "Prüfen Sie, ob unser Konto das Thema noch sehen kann.",
  },
  answer_not_understood: {
    what: "Die Antwort des Servers war nicht zu verstehen. Nichts wurde gelöscht, nichts ging verloren.",
    todo: "Prüfen Sie, ob die Adresse in den Einstellungen die des Forums selbst ist.",
  },
  bad_redirect: {
    what: "Der Server schickt uns an eine Adresse, zu der wir nicht gehen. Kein Schlüssel wurde gesendet, nichts aufgenommen.",
    todo: "Prüfen Sie die Adresse des Forums und seine Speichereinstellungen.",
  },
  wrong_length: {
    what: "Die Datei endete zu früh oder zu spät. Der Teil wurde verworfen; das Forum hat die Datei noch.",
    todo: "Warten Sie; Custody holt sie von selbst noch einmal.",
  },
  content_changed: {
    what: "Die Datei ist nicht die angekündigte. Sie wurde nicht aufgenommen; das Forum hat sie noch.",
    todo: "Warten Sie; Custody holt sie noch einmal. Hält es an, bitten Sie um einen neuen Anhang.",
  },
  still_written: {
    what: "Eine Datei in einem Ablageordner änderte sich, während sie aufgenommen wurde. Sie wurde nicht aufgenommen; sie liegt noch im Ordner.",
    todo: "Warten Sie, bis sie gespeichert ist; Custody nimmt sie von selbst auf.",
  },
  copy_in_use: {
    what: "Ein Programm hat die Arbeitskopie offen oder schreibt weiter daneben. Was gelöscht werden konnte, ist gelöscht; der Rest liegt noch da.",
    todo: "Schließen Sie das Programm; Custody versucht es von selbst noch einmal.",
  },
  startup_unknown: {
    what: "Das System lässt Custody nicht mit Ihrer Sitzung starten. Nichts wurde geändert.",
    todo: "Nehmen Sie es in den Einstellungen des Systems in die Programme auf, die mit der Sitzung starten.",
  },
  pause_too_long: {
    what: "Eine Pause dauert höchstens einen Tag, von ihrem Beginn an gezählt. Nichts wurde geändert.",
    todo: "Wählen Sie ein früheres Ende; ist die Pause vorbei, kann eine neue beginnen.",
  },
  lease_too_long: {
    what: "So lange darf eine Arbeitskopie an diesem Platz nicht bestehen. Nichts wurde geöffnet; nichts wurde geändert.",
    todo: "Wählen Sie eine kürzere Zeit; in settings.toml steht die längste.",
  },
  no_reason: {
    what: "Es wurde kein Grund angegeben. Nichts wurde geöffnet; nichts wurde geändert.",
    todo: "Sagen Sie in wenigen Worten, warum.",
  },
  too_large: {
    what: "Die Datei ist größer, als dieser Platz annimmt. Sie wurde nicht aufgenommen; das Forum hat sie noch.",
    todo: "Erhöhen Sie die Grenze in settings.toml, oder holen Sie die Datei auf anderem Weg.",
  },
  tls: {
    what: "Eine sichere Verbindung kam nicht zustande. Kein Passwort wurde gesendet; nichts gelöscht oder verloren.",
    todo: "Prüfen Sie das Zertifikat des Servers.",
  },
  address_refused: {
    what: "Der Mailserver nimmt für diese Adresse nichts an. Der Beleg bleibt erhalten.",
    todo: "Bitten Sie um eine andere Adresse, oder schicken Sie den Beleg im Thema.",
  },
  disk_full: {
    what: "Die Festplatte ist voll. Begonnenes wurde zurückgenommen; nichts ging verloren.",
    todo: "Schaffen Sie Platz. Custody versucht es von selbst wieder.",
  },
  disk_trouble: {
    what: "Der Ordner dieses Platzes kann nicht gelesen oder beschrieben werden. Nichts wurde gelöscht.",
    todo: "Prüfen Sie die Festplatte und den Besitzer des Ordners.",
  },
  damaged: {
    what: "Die versiegelte Datei ist beschädigt oder vertauscht und nicht vertrauenswürdig. Nichts wurde gelöscht.",
    todo: "Bitten Sie um einen neuen Anhang, und sehen Sie nach der Festplatte.",
  },
  locked: {
    what: "Der Platz ist gesperrt. Nichts wurde geöffnet; Aufnahme und Löschung gehen weiter.",
    todo: "Entsperren Sie ihn mit der Passphrase.",
  },
  wrong_passphrase: {
    what: "Die Passphrase ist falsch. Der Platz bleibt gesperrt, nichts wurde geändert.",
    todo: "Versuchen Sie es noch einmal. Ohne die Passphrase lassen sich die Dateien nicht öffnen.",
  },
  keychain_trouble: {
    what: "Der Schlüsselbund ist nicht nutzbar. Nichts wurde gelöscht, nichts ging verloren.",
    todo: "Entsperren Sie den Schlüsselbund dieses Benutzerkontos, dann versuchen Sie es wieder.",
  },
  key_missing: {
    what: "Ein nötiger Schlüssel fehlt im Schlüsselbund. Die versiegelte Datei ist noch da.",
    todo: "Prüfen Sie, ob dies das richtige Benutzerkonto mit seinem Schlüsselbund ist.",
  },
  ledger_trouble: {
    what: "Das Journal ist gerade nicht nutzbar. Nichts wurde geändert.",
    todo: "Prüfen Sie Festplatte oder Datenbank. Custody versucht es von selbst wieder.",
  },
  ledger_damaged: {
    what: "Das Journal ist beschädigt oder widersprüchlich. Nichts wurde gelöscht.",
    todo: "Arbeiten Sie so nicht weiter. „custody audit verify“ zeigt die Stelle; stellen Sie eine Kopie wieder her.",
  },
  ledger_newer: {
    what: "Das Journal stammt von einer neueren Version von Custody. Nichts wurde geändert.",
    todo: "Bringen Sie Custody auf diesem Rechner auf den neuen Stand.",
  },
  conflict: {
    what: "Jemand anderes hat dasselbe zuerst geändert. Hierdurch wurde nichts geändert.",
    todo: "Sehen Sie noch einmal nach, und wiederholen Sie es, wenn es noch gewollt ist.",
  },
  no_recovery_kit: {
    what: "Es gibt kein Wiederherstellungs-Set, niemand könnte eine Sicherung öffnen. Dort wurde nichts geschrieben.",
    todo: "Unter Einstellungen, Sicherheit eines anlegen und getrennt von diesem Rechner aufbewahren.",
  },
  kit_not_saved: {
    what: "Das Wiederherstellungs-Set ist noch nicht aufbewahrt, also wird keine Datei angenommen. Nichts ist verloren; die Dateien bleiben, wo sie sind.",
    todo: "Unter Einstellungen, Sicherheit aufbewahren: aufschreiben und zeigen, dass Sie es haben.",
  },
  other_kit: {
    what: "Das Wiederherstellungs-Set gehört nicht zu dieser Sicherung. Nichts wurde wiederhergestellt oder geändert.",
    todo: "Das zuletzt angelegte Set dieses Platzes suchen und seine 24 Wörter noch einmal eingeben.",
  },
  backup_unreachable: {
    what: "Der Ordner der Sicherung ist nicht da. Die Dateien bleiben hier; Löschungen gehen weiter, ihre Belege bleiben offen, bis die Sicherung angesehen wurde.",
    todo: "Platte oder Freigabe wieder anschließen; Custody macht von selbst weiter.",
  },
  backup_taken: {
    what: "Eine andere Installation dieses Platzes schreibt in diese Sicherung. Dort wurde nichts geändert.",
    todo: "Die andere Installation benutzen oder die Sicherung mit custody backup connect --take-over übernehmen.",
  },
  backup_old: {
    what: "Diese Kopie der Sicherung ist älter als das Register, und ihre Schlüssel sind vernichtet. Nichts wurde wiederhergestellt.",
    todo: "Stellen Sie aus der neuesten Kopie der Sicherung wieder her.",
  },
  backup_damaged: {
    what: "Die Sicherung ist unvollständig oder nicht, was dort geschrieben wurde. Nichts wurde wiederhergestellt.",
    todo: "Eine andere Kopie der Sicherung nehmen; ohne ihr ganzes Journal könnte eine gelöschte Datei wiederkommen.",
  },
  in_use: {
    what: "Ein anderes Programm arbeitet an diesem Platz. Nichts wurde geändert.",
    todo: "Schließen Sie das andere Fenster oder beenden Sie „custody run“, dann versuchen Sie es wieder.",
  },
  not_proven: {
    what: "Die Löschung ließ sich noch nicht nachweisen. Es wurde kein Beleg ausgestellt.",
    todo: "Warten Sie; es wird wieder versucht. Hält es an, sehen Sie die Orte der Datei an.",
  },
  not_connected: {
    what: "Der Platz ist mit diesem Server nicht verbunden. Nichts wurde geändert.",
    todo: "Unter Einstellungen, Verbindungen verbinden.",
  },
  settings_trouble: {
    what: "Die Einstellungen sind nicht verständlich oder passen nicht zusammen. Nichts wurde geändert.",
    todo: "Berichtigen Sie „settings.toml“ im Ordner des Platzes, und starten Sie neu.",
  },
  no_desk: {
    what: "Hier gibt es noch keinen Platz. Nichts wurde geändert.",
    todo: "Richten Sie einen ein, oder starten Sie Custody mit dem Ordner des Ihren.",
  },
  desk_exists: {
    what: "Hier gibt es schon einen Platz. Nichts wurde geändert.",
    todo: "Schließen Sie dieses Fenster, und öffnen Sie Custody neu, um ihn zu benutzen.",
  },
  past_ceiling: {
    what: "So lange lässt die Regel keine Datei aufbewahren. Nichts wurde geändert.",
    todo: "Wählen Sie ein früheres Datum, oder setzen Sie eine Sperre mit Grund.",
  },
  clock_in_doubt: {
    what: "Die Uhr dieses Rechners ist nicht bestätigt. Was allein nach ihr zu Ende wäre, bleibt; nichts wurde danach gelöscht.",
    todo: "Stellen Sie Uhr und Zeitzone richtig; stimmt ein verbundener Server zu, geht es von selbst weiter.",
  },
  over_cap: {
    what: "Der Durchgang würde mehr Dateien löschen als erlaubt. Nur Gewünschtes von Kunden wurde gelöscht.",
    todo: "Sehen Sie den Plan an, und geben Sie ihn frei, wenn er stimmt.",
  },
  needs_second_person: {
    what: "Dies braucht eine zweite Person. Nichts wurde geändert, und nichts hat den Platz verlassen.",
    todo: "Schlagen Sie es vor; jemand anderes mit einem eigenen Schlüssel stimmt zu.",
  },
  same_person: {
    what: "Wer etwas vorschlägt, kann nicht die zweite Person sein. Nichts wurde geändert.",
    todo: "Bitten Sie jemand anderen mit einem eigenen Schlüssel, zuzustimmen.",
  },
  not_an_approver: {
    what: "Diese Person hat an diesem Platz keinen Schlüssel zum Unterschreiben. Nichts wurde geändert.",
    todo: "Nehmen Sie den Namen, für den ein Schlüssel gemacht ist; „custody approvers“ nennt sie.",
  },
  proposal_over: {
    what: "Die Zeit dieses Vorschlags ist um. Nichts wurde geändert.",
    todo: "Schlagen Sie es noch einmal vor, wenn es noch gewünscht ist.",
  },
  approvers_fixed: {
    what: "Wer zustimmen darf, ändert sich nur, solange nichts eine zweite Person braucht. Nichts wurde geändert.",
    todo: "Schalten Sie „[four_eyes]“ in den Einstellungen aus, ändern Sie es, und schalten Sie es wieder ein.",
  },
  crashed: {
    what: "Ein Teil des Programms ist zu Ende gegangen, wo er nicht darf, und wurde neu gestartet. Dadurch wurde nichts gelöscht, und nichts ist verloren.",
    todo: "Geschieht es wieder, das Protokoll an die geben, die sich um das Programm kümmern.",
  },
  other_desk: {
    what: "Dieses Journal gehört einem anderen Platz, der allein belegen kann, was auf seiner Platte liegt. Nichts wurde geändert.",
    todo: "Geben Sie diesem Platz eine eigene Datenbank.",
  },
};
