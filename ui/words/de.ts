// Everything the window says, in German. The type is that of the English table: a missing or a wrong entry does not compile.
import type { Channel, FileKind, Refusal, Spared, StartPoint } from "../ipc/generated/names";
import type {
  ErasureReason,
  RecordedExport,
  RecordedRule,
  RecordedServer,
  RuleTermsView,
  TicketView,
} from "../ipc/generated/views";
import { parts } from "../rules/period";
import { say } from "../shared/sentence";
import type { Sentences } from "./described";
import type { Words } from "./en";
import { counted, plural } from "./plural";

const files = (count: number) =>
  plural("de", count, { one: "1 Datei", other: `${counted("de", count)} Dateien` });

// Parts of the sentences in `told` below.
const because: Record<ErasureReason, string> = {
  ticket_closed: "das Ticket geschlossen ist",
  customer_asked: "der Kunde darum bat",
  period_ended: "ihre Frist um ist",
  staff_decided: "das Team es entschied",
};
const spared: Record<Spared, string> = {
  reopened: "das Ticket wieder offen ist",
  hold: "sie angehalten wurde",
  rule_changed: "die Regel sich änderte",
  own_date: "sie ein späteres eigenes Datum bekam",
};
const refused: Record<Refusal, string> = {
  not_private: "das Thema ist nicht privat",
  too_large: "sie ist zu groß",
  empty: "sie ist leer",
  unreadable: "sie ist nicht mehr dort, woher sie kam",
  withdrawn: "der Kunde bat vorher um ihre Löschung",
  erased_before: "sie war gelöscht, bevor dieser Platz wiederhergestellt wurde",
};
const by: Record<Channel, string> = { thread: "im Thema", mail: "per E-Mail", desk: "am Platz" };
const kinds: Record<FileKind, string> = {
  document: "Dokumente",
  log: "Protokolle",
  dump: "Speicherabzüge",
  archive: "Archive",
  image: "Bilder",
  other: "Dateien anderer Art",
};
const servers: Sentences<RecordedServer> = {
  forum: "das Forum",
  forum_by_key: "das Forum, mit einem Schlüssel",
  forum_by_sign_in: "das Forum, durch Anmelden",
  mail: "E-Mail",
  mail_by_oauth: "E-Mail, mit OAuth",
  tracker: ({ name }) => `der Tracker ${name}`,
  ledger: "eine Datenbank für das Journal",
  other: ({ text }) => `„${text}“`,
};
const exports: Sentences<RecordedExport> = {
  receipt: ({ receipt }) => `der Beleg ${receipt.slice(0, 8)}`,
  report: "ein Bericht",
  events: ({ after }) =>
    after === 0 ? "die Kette der Ereignisse" : `die Ereignisse nach ${after}`,
  all_tables: "alle Tabellen des Journals",
  kept_tables: "die Tabellen des Journals, die bleiben",
  personal_tables: "die Tabellen des Journals mit persönlichen Daten",
  other: ({ text }) => `„${text}“`,
};
const ticketOf = ({ tracker, key }: TicketView) => `Ticket ${key} in ${tracker}`;
const keysOf = (count: number) => `${counted("de", count)} Schlüssel`;

function period(text: string): string {
  const { count, unit } = parts(text);
  const forms = {
    days: { one: "1 Tag", other: "Tage" },
    hours: { one: "1 Stunde", other: "Stunden" },
    minutes: { one: "1 Minute", other: "Minuten" },
  }[unit];
  return plural("de", count, { one: forms.one, other: `${counted("de", count)} ${forms.other}` });
}

/** What a rule says, as one sentence. */
function rule({ start, period: time, grace, ceiling, forum_copy }: RuleTermsView): string {
  const from: Record<StartPoint, string> = {
    ticket_closed: "dem Schließen des Tickets",
    arrival: "dem Eingang",
    customer_activity: "der letzten Nachricht des Kunden",
  };
  const first = parts(time).count === 0;
  return (
    `Löschen: ${period(first ? grace : time)} nach ${from[start]}` +
    (first ? "" : `, dazu ${period(grace)} Karenz`) +
    (ceiling === null ? "" : `, spätestens ${period(ceiling)} nach dem Eingang`) +
    (forum_copy === "strip" ? "; danach die Kopie im Forum aus dem Thema nehmen." : ".")
  );
}

const recorded = (rules: RecordedRule[]) =>
  rules.map((it) => (it.code === "terms" ? rule(it) : `„${it.text}“`)).join(" ");

export const de: Words = {
  faults: {
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
    offer_over: {
      what: "Was für den Fall gewählt war, steht nicht mehr zur Wahl. Nichts wurde verschoben; die Dateien liegen, wo sie waren.",
      todo: "Wählen Sie sie noch einmal oder ziehen Sie sie noch einmal auf den Fall.",
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
  },

  reports: {
    title: "Berichte",
    lead: "Was verwahrt wird, was überfällig ist und warum, und was gelöscht wurde. Was hier steht, kommt aus dem Journal.",
    unit: "Dateien",
    files,
    hours: (hours) => `${hours} h`,
    look: "Genaue Zahlen: Zeigen Sie auf einen Balken, oder gehen Sie mit den Pfeiltasten durch die Balken.",
    asTable: "Tabelle",
    asChart: "Diagramm",
    asTableOf: (caption) => `Als Tabelle: ${caption}`,

    period: {
      label: "Zeitraum",
      by: {
        days7: "Letzte 7 Tage",
        days30: "Letzte 30 Tage",
        days90: "Letzte 90 Tage",
        thisMonth: "Dieser Monat",
        lastMonth: "Letzter Monat",
        quarter: "Dieses Quartal",
        own: "Eigene Daten",
      },
      first: "Erster Tag",
      last: "Letzter Tag",
      wrong: "Der erste Tag liegt nach dem letzten.",
    },

    export: {
      title: "Exportieren",
      proposeLead:
        "Wer es genehmigt, lässt einen Bericht diesen Platz verlassen, in einer Form Ihrer Wahl.",
      writing: "Schreibt …",
      forms: {
        pdf: {
          title: "PDF",
          text: "Ein Dokument für die Prüfung, mit Diagrammen und Definitionen",
        },
        csv: { title: "CSV", text: "Für eine Tabelle: Abschnitt, Posten, Wert" },
        json: { title: "JSON", text: "Für Programme: alles, was es gibt" },
      },
      saved: "Der Bericht ist geschrieben, und der Export steht im Journal.",
      path: "Wo der Bericht liegt",
      copy: "Pfad kopieren",
      beside:
        "Daneben, unter demselben Namen mit .sig.json dahinter, liegt die signierte Erklärung des Platzes. Geben Sie beide weiter: „custody report verify“ prüft sie.",
    },

    glance: {
      held: "Jetzt verwahrt",
      due: "In 7 Tagen gelöscht",
      due30: (count) => `${count} in 30 Tagen`,
      overdue: "Überfällig",
      oldest: (since) => `älteste seit ${since}`,
      noneOverdue: "nichts ist überfällig",
      erased: "In dieser Zeit gelöscht",
      inThisTime: "keine in dieser Zeit",
      median: (hours) => `die Hälfte binnen ${hours} h`,
      requests: "Erledigte Wünsche",
      requestsOpen: (count) => `${count.toLocaleString("de")} noch offen`,
      requestsDone: "keiner ist offen",
      receipts: "Bestätigte Belege",
      unanswered: (count) => `${count.toLocaleString("de")} unbeantwortet`,
    },

    held: {
      title: "Jetzt verwahrt",
      lead: "Dateien, die in diesem Augenblick im Tresor liegen, unabhängig vom Zeitraum oben.",
      none: "Keine Datei ist verwahrt.",
      byRule: "Nach Aufbewahrungsregel",
      byAge: "Nach Alter",
      rule: "Regel",
      arrived: "Eingegangen",
      age: (from, to) =>
        to === null
          ? `vor ${from} Tagen oder mehr`
          : from === 0
            ? `vor weniger als ${to} Tagen`
            : `vor ${from} bis ${to} Tagen`,
      exposed: (count) =>
        plural("de", count, {
          one: "1 Fall steht in einem Thema, das nicht mehr privat ist.",
          other: `${count} Fälle stehen in Themen, die nicht mehr privat sind.`,
        }),
      open: (count) =>
        plural("de", count, {
          one: "In 1 Fall gibt das Forum Anhänge an alle heraus, die ihre Adresse kennen.",
          other: `In ${count} Fällen gibt das Forum Anhänge an alle heraus, die ihre Adresse kennen.`,
        }),
    },

    overdue: {
      title: "Überfällig",
      lead: "Dateien, die es nicht mehr geben sollte, und was dem entgegensteht.",
      none: "Nichts ist überfällig.",
      case: "Fall",
      since: "Seit",
      why: "Was entgegensteht",
      owner: "Verantwortlich",
      nobody: "Nicht angehalten",
      trying: "Das Löschen gelingt nicht.",
      all: (count) => `Alle ${count.toLocaleString("de")} zeigen`,
    },

    timing: {
      title: "Vom Schließen bis zum Löschen",
      lead: "Wie lange nach dem Schließen ihres Tickets Dateien nachweislich gelöscht waren, gemessen an der Zeit der Regel. Zu spät ist mehr als ein Tag nach dieser Zeit.",
      none: "In dieser Zeit wurde keine Datei gelöscht, weil ihr Ticket geschlossen wurde.",
      caption: (count, hours) =>
        `${files(count)}, deren Regel ${hours.toLocaleString("de")} h gibt`,
      summary: (median, longest, late) =>
        `Die Hälfte binnen ${median} h, die längste ${longest} h; ${
          late === 0
            ? "keine war zu spät"
            : plural("de", late, { one: "1 war zu spät", other: `${late} waren zu spät` })
        }.`,
      band: (from, to, count) => `${from} bis ${to} h: ${files(count)}`,
      hours: (from, to) => `${from} bis ${to} h`,
      across: "Stunden vom Schließen bis zum Löschen",
      up: "Dateien",
      rule: (hours) => `Die Regel: ${hours} h`,
    },

    erased: {
      title: "In dieser Zeit gelöscht",
      lead: "Jeder Ort einer gelöschten Datei wird noch einmal angesehen; hier zählt, was dort gefunden wurde.",
      none: "In dieser Zeit wurde nichts gelöscht.",
      byReason: "Nach Grund",
      reason: "Grund",
      closed: "Ticket geschlossen",
      asked: "Wunsch des Kunden",
      ended: "Frist abgelaufen",
      staff: "Vom Support entschieden",
      byLocation: "Orte, wie gefunden",
      locations: "Orte",
      found: "Gefunden",
      states: {
        present: "Noch da",
        erased_verified: "Leer gefunden",
        key_destroyed: "Schlüssel zerstört",
        expires_on: "Endet von selbst",
        requested_not_confirmed: "Erbeten, nicht bestätigt",
        held: "Angehalten",
        not_ours: "Nicht bei uns zu löschen",
        failed: "Misslungen",
        unknown: "Unbekannt",
      },
    },

    requests: {
      title: "Wünsche von Kunden",
      lead: "In dieser Zeit eingegangen. Erledigt ist ein Wunsch, wenn jede gemeinte Datei nachweislich gelöscht ist.",
      received: "Eingegangen",
      done: "Erledigt",
      open: "Offen",
      long: "Länger als 30 Tage",
      withoutFiles: "Nichts zu löschen",
      unclear: "Unklar, warten auf eine Person",
      byStaff: "Vom Support verlangt",
      median: "Bis erledigt, der mittlere",
      worst: "Bis erledigt, der längste",
    },

    receipts: {
      title: "Belege",
      lead: "In dieser Zeit ausgestellt. Jede Bestätigung zählt einmal, nach ihrem besten Nachweis.",
      none: "In dieser Zeit wurde kein Beleg ausgestellt.",
      chart: (count) =>
        plural("de", count, { one: "1 Beleg", other: `${count.toLocaleString("de")} Belege` }),
      unit: "Belege",
      standing: "Stand",
      thread: "Im Thema bestätigt",
      dkim: "Bestätigt, signierte Mail",
      mail: "Per Mail bestätigt",
      unanswered: "Verschickt, unbeantwortet",
      waiting: "Wartet auf Versand",
      bounced: "Zurückgekommen",
      disputed: "Bestritten",
      owed: (count) =>
        plural("de", count, {
          one: "1 konnte nicht jeden Ort schließen; ein Folgebeleg steht aus.",
          other: `${count} konnten nicht jeden Ort schließen; Folgebelege stehen aus.`,
        }),
    },

    holds: {
      title: "Angehalten",
      lead: "Was eine benannte Person mit einem Grund vor dem Löschen anhält, bis zu einem Tag, an dem sie es wieder ansieht.",
      none: "Nichts ist angehalten.",
      case: "Fall",
      everyCase: "Alle Fälle eines Kunden",
      owner: "Verantwortlich",
      files: "Dateien",
      placed: "Seit",
      review: "Wieder anzusehen",
      overdue: "Überfällig",
    },

    copies: {
      title: "Offene Arbeitskopien",
      lead: "Entschlüsselte Kopien, die es in diesem Augenblick gibt.",
      none: "Es gibt keine Arbeitskopie.",
      case: "Fall",
      by: "Für",
      made: "Angelegt",
      until: "Frist endet",
      over: "Vorbei",
    },

    disk: {
      title: "Gezählt und vorhanden",
      lead: "Was das Journal zählt, und was auf der Platte liegt.",
      chart: "Bytes versiegelter Dateien",
      what: "Gemessen",
      unit: "Bytes",
      counted: "Laut Journal",
      physical: "Auf der Platte",
      occupied: "Belegter Platz",
      same: "Journal und Platte stimmen auf das Byte überein.",
      differ: (difference) => `Journal und Platte weichen um ${difference} ab.`,
      compared: "Zuletzt verglichen",
      look: "Ansehen, was gefunden wurde",
    },

    jobs: {
      title: "Aufgaben",
      lead: "Auch eine Aufgabe, die nicht läuft, steht hier.",
      job: "Aufgabe",
      standing: "Stand",
      ran: "Letzter Lauf",
      good: "Letzter Erfolg",
      never: "nie",
    },
  },

  problem: {
    reference: (reference) => `Kennung ${reference}`,
    unexpected: {
      what: "Das Fenster konnte das nicht zu Ende führen. Dadurch wurde nichts gelöscht.",
      todo: "Versuchen Sie es noch einmal. Geschieht es wieder, starten Sie Custody neu; der Platz selbst ist nicht betroffen.",
    },
    dismiss: "Schließen",
    again: "Noch einmal",
  },

  frame: {
    product: "Custody",
    screens: "Ansichten",
    cases: "Fälle",
    deletions: "Löschungen",
    receipts: "Belege",
    reports: "Berichte",
    attention: "Zu klären",
    audit: "Prüfpfad",
    settings: "Einstellungen",
    attentionWaits: (count) =>
      plural("de", count, { one: "Zu klären: 1 Sache", other: `Zu klären: ${count} Sachen` }),
    ctrl: "Strg",
    fold: "Leiste einklappen",
    unfold: "Leiste ausklappen",
    lock: "Sperren",
    sync: "Jetzt abgleichen",
    syncing: "Gleicht ab …",
    keys: "Tastatur",
    back: "Zurück zur Liste",
    notices: "Meldungen",
    loading: "Lädt …",
    more: (count) => `Mehr zeigen (noch ${count.toLocaleString("de")})`,
    close: "Schließen",
    cancel: "Abbrechen",
  },

  palette: {
    title: "Etwas tun oder einen Fall finden",
    placeholder: "Fall finden oder etwas tun …",
    list: "Gefundenes",
    goTo: "Gehe zu",
    desk: "Dieser Platz",
    case: (title, customer) => `${title} · ${customer}`,
    none: "Nichts heißt so, und kein Fall hat diese Wörter.",
    count: (count) => plural("de", count, { one: "1 Eintrag", other: `${count} Einträge` }),
  },

  round: {
    nothing: "Alles ist auf dem neuesten Stand.",
    sealed: (count) => `${files(count)} versiegelt`,
    decided: (count) => `über ${files(count)} entschieden`,
    erased: (count) => `${files(count)} gelöscht`,
    sent: (count) =>
      plural("de", count, { one: "1 Beleg verschickt", other: `${count} Belege verschickt` }),
    answers: (count) =>
      plural("de", count, { one: "1 Antwort gelesen", other: `${count} Antworten gelesen` }),
    done: (parts) => `Abgeglichen: ${parts}.`,
    problems: (count) =>
      plural("de", count, {
        one: "1 Aufgabe traf auf ein Problem",
        other: `${count} Aufgaben trafen auf Probleme`,
      }),
  },

  heartbeat: {
    title: "Aufgaben dieses Platzes",
    well: "Alles in Ordnung",
    never: "Noch nicht gelaufen",
    trouble: (count) =>
      plural("de", count, {
        one: "1 Aufgabe hat ein Problem",
        other: `${count} Aufgaben haben Probleme`,
      }),
    last: (when) => `zuletzt ${when}`,
    good: (when) => `Zuletzt gelungen ${when}`,
    neverGood: "Noch nie gelungen",
    drillPassed: (backup: string) => `Probe mit der Sicherung „${backup}“ bestanden`,
    drillFailed: (backup: string) => `Probe mit der Sicherung „${backup}“ nicht bestanden`,
    notYet: "Noch nicht gelaufen",
    fine: "In Ordnung",
    problem: "Problem",
    stands: {
      not_yet: "Noch nicht gelaufen",
      good: "In Ordnung",
      failing: "Problem",
      paused: "Pause",
      late: "Überfällig",
      stopped: "Steht still",
    },
    late: (since) => `Hätte ${since} laufen oder fertig sein sollen.`,
    underWay: (since) => `Läuft, letztes Lebenszeichen ${since}.`,
    stopped: (count) =>
      plural("de", count, {
        one: "1 Aufgabe steht still",
        other: `${count} Aufgaben stehen still`,
      }),
    jobs: {
      intake: "Aufnahme",
      drop_folders: "Ablageordner",
      watch: "Tickets und Wünsche",
      sweep: "Durchgang",
      erase: "Löschung",
      deliver: "Belege",
      confirm: "Antworten",
      reconcile: "Platte und Journal",
      leases: "Arbeitskopien",
      backup: "Sicherungen",
    },
    about: {
      intake: "sucht neue Anhänge in privaten Themen",
      drop_folders: "nimmt auf, was für einen Fall gespeichert wird",
      watch: "liest Tickets und Wünsche von Kunden",
      sweep: "entscheidet, was fällig ist",
      erase: "vernichtet Schlüssel, Dateien und Kopien",
      deliver: "verschickt Belege",
      confirm: "liest Antworten von Kunden",
      reconcile: "vergleicht die Platte mit dem Journal",
      leases: "beendet sie rechtzeitig und sperrt den Platz",
      backup: "kopiert Verwahrtes und nimmt Gelöschtes heraus",
    },
    keyStore: {
      keychain: "Schlüssel liegen im Schlüsselbund des Systems",
      key_file: "Schlüssel liegen in einer Schlüsseldatei dieses Platzes",
    },
    version: (version) => `Custody ${version}`,
  },

  pause: {
    label: "Pause",
    until: (when: string) => `Pause bis ${when}.`,
    goesOn:
      "Keine Datei wird abgeholt, kein Brief geht hinaus. Bitten um Löschung werden gehört, Dateien und Arbeitskopien pünktlich gelöscht.",
    resume: "Fortsetzen",
    resumed: "Die Pause ist vorbei.",
    offer: "Abholen und Briefe pausieren",
    action: (time: string) => `Abholen und Briefe pausieren: ${time}`,
    hours: (hours: number) =>
      hours === 24 ? "1 Tag" : plural("de", hours, { one: "1 Std.", other: `${hours} Std.` }),
  },

  transfer: {
    of: (done, total) => `${done} von ${total}`,
    exact: (done) => `${done} Bytes`,
    exactOf: (done, total) => `${done} von ${total} Bytes`,
    ofFile: (name) => `Wie viel von ${name} da ist`,
    intake: (said) => `Eine Datei kommt herein: ${said}`,
    backup: (said) => `Kopie in die Sicherung: ${said}`,
    pause: "1 Stunde pausieren",
  },

  quit: {
    title: "Beenden, während dies läuft?",
    lead: "Es geht nichts verloren, wenn Sie jetzt beenden: beim nächsten Start geht es weiter. Bis dahin kommt hier nichts an, und nichts wird gelöscht.",
    finishingTitle: "Endet, wenn dies getan ist",
    finishingLead: "Was jetzt läuft, wird zu Ende gebracht; auf Neues wird nicht gewartet.",
    copies: (count: number) =>
      plural("de", count, { one: "1 Arbeitskopie", other: `${count} Arbeitskopien` }),
    copiesEnd: (count: number) =>
      plural("de", count, { one: "wird dabei gelöscht", other: "werden dabei gelöscht" }),
    stay: "Weiterlaufen lassen",
    now: "Jetzt beenden",
    finish: "Zu Ende bringen, dann beenden",
  },

  calls: {
    notALink: "Dieser Link führt in Custody nirgends hin. Nichts wurde geändert.",
    noSignIn:
      "Ein Forum hat geantwortet, aber hier wartet keine Anmeldung darauf. Nichts wurde geändert.",
  },

  startup: {
    starts: "Custody mit meiner Sitzung starten",
    inTray:
      "Es wartet im Infobereich; Dateien kommen von Anfang an herein und werden gelöscht. Nur, wenn Sie es wollen.",
    noTray:
      "Es wartet als kleines Fenster, da dieser Desktop keinen Infobereich zeigt. Nur, wenn Sie es wollen.",
  },

  reconciled: {
    title: "Platte gegen Journal",
    lead: "Jede verwahrte Datei muss auf der Platte und im Journal sein, mit ihrem Schlüssel. Was nicht passt, steht hier, und nichts wird stillschweigend entfernt.",
    in_order: "Platte, Journal und Schlüssel passen zusammen.",
    compared: (when) => `Verglichen ${when}`,
    bytes: (ledger, disk, room) =>
      `${ledger} laut Journal, ${disk} auf der Platte, wo sie ${room} belegen`,
    whole: "Verwahrt, auf der Platte wie im Journal",
    on_the_way: "Im Eingang, in Löschung oder verloren",
    parts: "Teildateien von Dateien im Eingang",
    physical: "Alle versiegelten Bytes, nach ihrer Länge",
    occupied: "Dieselben, wie die Platte sie belegt",
    aside: "Beiseitegelegt, weil das Journal sie nicht kennt",
    foreign: "Anderes im Ordner der versiegelten Dateien",
    without_key: "Verwahrte Dateien, deren Schlüssel fehlt",
    stray_keys: "Schlüssel von Dateien, die nicht verwahrt sind",
    epoch_key_missing: "Der Schlüssel, der alle anderen öffnet, fehlt",
    old_epoch_keys: "Schlüssel vergangener Epochen",
    stray_drop_folders: "Ablageordner, die zu keinem Fall gehören",
    todo: "Im Terminal, bei geschlossenem Fenster, vergleicht „custody reconcile“ neu, und „custody aside“ zeigt Beiseitegelegtes und kann es löschen.",
  },

  start: {
    title: "Diesen Platz einrichten",
    lead: "Ein Platz verwahrt die Dateien, die Kunden Ihnen anvertrauen: versiegelt bei Ankunft, gelöscht, wenn das Ticket schließt, und belegt.",
    ownTitle: "Ihr eigener Platz",
    ownLead: "Die Passphrase öffnet die Dateien. Aufnehmen und löschen kann Custody auch ohne sie.",
    passphrase: "Passphrase",
    again: "Dieselbe Passphrase noch einmal",
    show: "Passphrase zeigen",
    hide: "Passphrase verbergen",
    different: "Die beiden sind nicht gleich.",
    tooShort: (least) => `Mindestens ${least} Zeichen.`,
    warning:
      "Niemand kann diese Passphrase wiederherstellen. Ohne sie bleiben die Dateien dieses Platzes für immer zu.",
    create: "Platz einrichten",
    creating: "Schlüssel werden gemacht …",
    practiceTitle: "Übungsplatz",
    practiceLead:
      "Ein Forum, ein Postfach und eine verstellbare Uhr, alles auf diesem Rechner. Ohne Konto, und nichts verlässt ihn.",
    practice: "Übungsplatz ausprobieren",
    starting: "Die Übungswelt entsteht …",
    opening: "Der Platz wird geöffnet …",
    failed: "Der Platz ließ sich nicht öffnen",
  },

  strength: {
    levels: ["Zu leicht zu erraten", "Schwach", "Mittel", "Gut", "Stark"],
    hints: {
      longer:
        "Länger ist besser: vier, fünf Wörter ohne Zusammenhang sind leicht zu merken und schwer zu erraten.",
      repeats: "Sie wiederholt sich. Wiederholungen bringen wenig.",
      sequence: "Folgen wie „abcd“ oder „1234“ werden zuerst probiert.",
      common: "Sie enthält ein Wort, das zuerst probiert wird.",
      fine: "Schwer zu erraten.",
    },
  },

  lock: {
    title: "Der Platz ist gesperrt",
    lead: "Aufnahme und Löschung gehen weiter. Dateien lassen sich nicht öffnen.",
    passphrase: "Passphrase",
    practice: (passphrase) => `Die Passphrase des Übungsplatzes ist „${passphrase}“.`,
    unlock: "Entsperren",
    unlocking: "Entsperrt …",
  },

  cases: {
    title: "Fälle",
    list: "Fälle",
    detail: "Gewählter Fall",
    search: "Fälle suchen",
    filters: "Zeigen",
    show: {
      all: "Alle",
      due_soon: "Diese Woche fällig",
      on_hold: "Angehalten",
      needs_person: "Zu klären",
      done: "Gelöscht",
    },
    mine: "Meine",
    mineHint: "Nur Fälle, deren Themen im Forum dem Konto dieses Platzes zugewiesen sind",
    orders: {
      label: "Ordnen nach",
      by: {
        opened: "Neuester Fall",
        active: "Letzte Nachricht des Kunden",
        erased_next: "Nächste Löschung",
        bytes: "Größe",
      },
    },
    count: (count) => plural("de", count, { one: "1 Fall", other: `${count} Fälle` }),
    files,
    standing: {
      arriving: "Kommt an",
      held: "Verwahrt",
      due: "Fällig",
      on_hold: "Angehalten",
      erasing: "Wird gelöscht",
      erased: "Gelöscht",
      confirmed: "Bestätigt",
      needs_person: "Zu klären",
      empty: "Keine Dateien",
    },
    erasesIn: (span) => `Löschung in ${span}`,
    erasesNow: "Löschung beim nächsten Durchgang",
    ticketState: { open: "offen", closed: "geschlossen", in_doubt: "ungewiss" },
    forgottenTitle: "Vergessener Fall",
    forgottenCustomer: "Vergessener Kunde",
    emptyTitle: "Noch keine Fälle",
    emptyText:
      "Sobald ein Kunde eine Datei an ein privates Thema hängt, steht der Fall hier. Custody sieht von selbst nach; „Jetzt abgleichen“ tut es sofort.",
    notConnectedText:
      "Dieser Platz ist noch mit keinem Forum verbunden, also kann nichts hereinkommen.",
    connect: "Das Forum verbinden",
    noneTitle: "Kein Fall passt",
    noneText: "Nichts hier hat diese Wörter und diesen Stand.",
    clear: "Alle Fälle zeigen",
    chooseTitle: "Kein Fall gewählt",
    chooseText: "Wählen Sie links einen Fall. Die Pfeiltasten oder J und K gehen durch die Liste.",
  },

  case: {
    customer: "Kunde",
    ticket: "Ticket",
    thread: "Thema",
    threadNumber: (topic) => `Thema ${topic}`,
    copyAddress: "Adresse des Themas kopieren",
    copied: "Kopiert",
    opened: "Eröffnet",
    lastWrote: "Kunde schrieb zuletzt",
    rule: "Regel",
    why: "Warum",
    outlook: {
      arriving: "Dateien kommen gerade an",
      held: "Nichts ist fällig",
      due: (span) => `Löschung in ${span}`,
      dueNow: "Löschung beim nächsten Durchgang",
      on_hold: "Angehalten: nichts wird gelöscht",
      erasing: "Wird gerade gelöscht",
      erased: "Gelöscht, der Beleg ist unterwegs",
      confirmed: "Gelöscht und vom Kunden bestätigt",
      needs_person: "Wartet auf Sie",
      empty: "Keine Datei wurde aufgenommen",
    },
    hold: "Anhalten",
    erase: "Löschung verlangen",
    holds: "Angehalten",
    holdOn: { file: "Eine Datei", case: "Dieser Fall", customer: "Alles von diesem Kunden" },
    holdOnFile: (name) => `Nur ${name}`,
    review: "Wieder ansehen",
    reviewDue: "Anzusehen seit",
    reviewIt: "Prüfen",
    reviewOf: (reason) => `Prüfen: ${reason}`,
    lift: "Freigeben",
    liftOf: (reason) => `Freigeben: ${reason}`,
    lifted: "Freigegeben",
    forgottenReason: "Grund vergessen",
    exposed: "Das Forum gibt die Dateien dieses Themas jedem, der ihre Adresse kennt.",
    offersTitle: "Das Thema nennt ein anderes Ticket",
    offersText:
      "Übernehmen Sie es, wenn es zu diesem Fall gehört: dann entscheidet es, wann die Dateien fällig sind. Bis dahin ändert sich nichts.",
    take: "Übernehmen",
    takeOf: (ticket) => `${ticket} übernehmen`,
    notIts: "Beiseitelegen",
    notItsOf: (ticket) => `${ticket} beiseitelegen`,
    taken: "Der Fall folgt jetzt diesem Ticket.",
    links: "Links zu Diensten für große Dateien",
    linksText: "Custody holt von dort nichts.",
    link: (service) => `Link zu ${service}`,
    copyLink: "Link kopieren",
    unclearTitle: "Das klingt nach einem Löschwunsch",
    unclearText: {
      thread:
        "Der Kunde schrieb es im Thema. Lesen Sie es dort und sagen Sie, was es heißt; bis dahin wird deswegen nichts gelöscht.",
      mail: "Der Kunde schrieb es per E-Mail. Lesen Sie es dort und sagen Sie, was es heißt; bis dahin wird deswegen nichts gelöscht.",
      desk: "Es wurde am Platz vermerkt. Sagen Sie, was es heißt; bis dahin wird deswegen nichts gelöscht.",
    },
    approve: "Ja, Dateien löschen",
    setAside: "Nein, beiseitelegen",
    requests: "Löschwünsche",
    asked: {
      thread: "Der Kunde bat im Thema darum",
      mail: "Der Kunde bat per E-Mail darum",
      desk: "Am Platz gewünscht",
    },
    requestStanding: {
      accepted: "Gilt",
      unclear: "Unklar",
      set_aside: "Beiseitegelegt",
    },
    told: {
      waiting: "Angehalten; der Kunde soll es erfahren seit",
      sent: "Angehalten; der Kunde hat es erfahren",
      bounced: "Angehalten; der Brief darüber kam zurück",
      withdrawn: "Freigegeben, bevor der Kunde davon erfuhr",
    },
    tellInThread: "Im Thema mitteilen",
    receipts: "Belege",
    timeline: "Verlauf",
    timelineOrder: "Neuestes zuerst",
    event: (index) => `Eintrag ${index} im Journal`,
  },

  adding: {
    choose: "Dateien hinzufügen …",
    here: "Loslassen, um hinzuzufügen zu",
    nowhere:
      "Ziehen Sie Dateien auf einen Fall: auf seine Zeile in der Liste oder auf den offenen Fall.",
    title: "Zu diesem Fall hinzufügen?",
    lead: "Wird in diesen Fall versiegelt und dann dort gelöscht, wo es jetzt liegt. Bevor Sie es sagen, wird nichts verschoben.",
    case: "Fall",
    moved: "Wird in den Fall verschoben",
    total: (count, size) => `${files(count)}, ${size}`,
    inFolder: files,
    more: (count) => `und ${counted("de", count)} weitere`,
    nothing: "Nichts davon kann in einen Fall verschoben werden. Alles bleibt, wo es ist.",
    unfit: "Bleibt, wo es ist",
    nameless: "Ohne Namen",
    inside: "Darin:",
    bring: (count) => `${files(count)} verschieben`,
    moving:
      "Wird verschoben. Von einem anderen Datenträger werden Dateien erst kopiert und verglichen; das dauert eine Weile.",
    brought: (count) =>
      count === 0
        ? "Nichts wurde verschoben."
        : plural("de", count, {
            one: "1 Datei wird in den Fall versiegelt.",
            other: `${counted("de", count)} Dateien werden in den Fall versiegelt.`,
          }),
    doneTitle: "Nicht alles wurde verschoben",
    left: "Bleibt, wo es war",
    stays: "Aufgenommen und auch noch, wo es war",
    staysText: "Es konnte dort nicht gelöscht werden. Löschen Sie es dort selbst.",
    why: {
      link: "Es ist eine Verknüpfung. Fügen Sie hinzu, worauf sie zeigt.",
      second_name:
        "Es hat anderswo einen zweiten Namen, unter dem es bliebe. Fügen Sie eine Kopie hinzu.",
      special: "Es ist weder Datei noch Ordner.",
      ours: "Es gehört zu Custody selbst oder enthält etwas davon.",
      unreadable: "Sie können es nicht lesen.",
      not_removable: "Es lässt sich dort nicht entfernen. Kopieren Sie es in einen eigenen Ordner.",
      too_large: "Es ist größer, als dieser Platz annimmt.",
      too_many: "Es enthält mehr Dateien oder tiefere Ordner, als auf einmal aufgenommen werden.",
      empty: "Es ist nichts darin.",
      unfinished:
        "Der Name sagt, dass es nicht vollständig ist. Ist es das doch, benennen Sie es um.",
      written: "Ein Programm schreibt noch daran. Warten Sie und fügen Sie es dann hinzu.",
      changed:
        "Es hat sich geändert, nachdem es hier gezeigt wurde. Fügen Sie es noch einmal hinzu.",
      gone: "Es ist nicht mehr da oder nicht auf einem Datenträger dieses Rechners.",
      no_room: "Auf dem Datenträger des Ablageordners ist kein Platz für eine Kopie.",
      trouble: "Der Datenträger konnte es nicht. Das Protokoll von Custody sagt mehr.",
    },
  },

  drop: {
    make: "Ablageordner anlegen",
    title: "Ablageordner",
    text: "Was hier gespeichert wird, wird in diesen Fall versiegelt, und das Original gelöscht.",
    path: "Ordner dieses Falls",
    copy: "Ordner kopieren",
    left: "Nicht aufgenommen und gelassen, wo es ist:",
    writtenBy: (program) => `${program} schreibt noch daran.`,
    why: {
      fresh: "Eben erst wurde daran geschrieben.",
      written: "Ein Programm schreibt noch daran.",
      unfinished:
        "Der Name sagt, dass die Datei nicht vollständig ist. Ist sie es doch, benennen Sie sie um.",
      empty: "Sie ist leer.",
      link: "Es ist eine Verknüpfung oder hat anderswo einen zweiten Namen. Speichern Sie eine Kopie.",
      special: "Es ist keine Datei.",
      too_large: "Sie ist größer, als dieser Platz annimmt.",
    },
  },

  files: {
    title: "Dateien",
    name: "Name",
    size: "Größe",
    arrived: "Angekommen",
    state: "Stand",
    actions: "Handlungen",
    none: "Mit diesem Thema kam keine Datei.",
    forgotten: "Vergessene Datei",
    bytes: (exact) => `${exact} Bytes`,
    notYet: "noch unbekannt",
    states: {
      arriving: "Kommt an",
      refused: "Abgelehnt",
      held: "Verwahrt",
      due: "Fällig",
      erasing: "Wird gelöscht",
      erased: "Gelöscht",
      lost: "Verloren",
    },
    refused: {
      not_private: "Das Thema ist nicht privat.",
      too_large: "Sie ist zu groß für diesen Platz.",
      empty: "Sie ist leer.",
      unreadable: "Sie ist nicht mehr dort, woher sie kam.",
      withdrawn: "Der Kunde wollte sie gelöscht haben, bevor sie ankam.",
      erased_before: "Sie war gelöscht, bevor dieser Platz wiederhergestellt wurde.",
    },
    lostText:
      "Die versiegelte Datei fehlt oder ist beschädigt. Bitten Sie den Kunden, sie noch einmal anzuhängen.",
    view: "Ansehen",
    viewOf: (name) => `${name} ansehen`,
    open: "Öffnen",
    openOf: (name) => `${name} öffnen`,
    more: (name) => `Mehr zu ${name}`,
    hold: "Diese Datei anhalten",
    erase: "Löschung dieser Datei verlangen",
  },

  viewer: {
    text: "Text der Datei",
    bytes: "Bytes der Datei",
    picture: "Bild",
    position: "Stelle in der Datei",
    path: "Wo dies liegt",
    key: (key) => `Taste ${key}`,
    nameless: "Datei ohne Namen",
    piece: "Setzt die Zeile darüber fort",
    kinds: {
      empty: "Leer",
      text: "Text",
      image: "Bild",
      archive: "Archiv",
      bytes: "Bytes",
    },
    encodings: {
      utf8: "UTF-8",
      utf16_le: "UTF-16",
      utf16_be: "UTF-16, höheres Byte zuerst",
    },
    lines: (count) =>
      plural("de", count, { one: "1 Zeile", other: `${counted("de", count)} Zeilen` }),
    counting: (count) => `bisher ${counted("de", count)} Zeilen`,
    wrap: "Zeilen umbrechen",
    unwrap: "Nicht umbrechen",
    asBytes: "Als Bytes",
    asItIs: "Wie es ist",
    cut: "Nur der erste Teil wird gezeigt: Mehr wird nicht in den Speicher entpackt. Eine Arbeitskopie der Datei enthält alles.",
    empty: "Diese Datei ist leer",
    emptyText: "Es gibt in ihr nichts zu zeigen.",
    search: {
      label: "In diesem Text suchen",
      hint: "Suchen  /",
      matchCase: "Groß- und Kleinschreibung beachten",
      caseSign: "Aa",
      previous: "Vorige Fundstelle (Umschalt N)",
      next: "Nächste Fundstelle (N)",
      none: "Nichts gefunden",
      looking: "Wird gesucht …",
      of: (number, hits) => `${number} von ${hits}`,
      soFar: (found, percent) => `${found}, ${percent} % durchsucht`,
      atLeast: (number, hits) => `${number} der ersten ${hits}`,
    },
    line: {
      label: "Zur Zeile",
      hint: "Zeile  G",
      none: (lines) => `Es gibt ${lines} Zeilen.`,
      notYet: (lines) => `Bisher bis ${lines} gezählt.`,
    },
    image: {
      of: (name) => `Bild ${name}`,
      size: (width, height) => `${width} × ${height}`,
      full: "Volle Größe",
      fit: "In das Fenster einpassen",
      notDrawn: "Dieses Bild wird nicht gezeichnet",
      tooLarge: (width, height) =>
        `Es hätte ${width} × ${height} Punkte oder ist eine sehr große Datei: Es zu zeichnen könnte den Speicher füllen. „Als Bytes“ zeigt, was es enthält; eine Arbeitskopie öffnet sich in einem Programm Ihrer Wahl.`,
      unmeasured:
        "Es sagt nicht, wie groß es ist, wie ein Bild es tut. „Als Bytes“ zeigt, was es enthält.",
      broken:
        "Es beginnt wie ein Bild und geht nicht so weiter. „Als Bytes“ zeigt, was es enthält; eine Arbeitskopie öffnet sich in einem Programm Ihrer Wahl.",
    },
    archive: {
      title: "Was im Archiv ist",
      listing: "Die Liste des Archivs wird gelesen …",
      count: (count, exact) =>
        plural("de", count, { one: "1 Eintrag.", other: `${exact} Einträge.` }),
      more: "Es gibt weitere, die nicht aufgeführt sind.",
      broken: "Die Liste endet dort, wo das Archiv beschädigt ist.",
      inMemory:
        "Einträge werden im Speicher geöffnet; nichts wird auf den Datenträger geschrieben.",
      nameless: "Eintrag ohne Namen",
      folder: "Ordner",
      empty: "In diesem Archiv ist nichts",
      emptyText: "Es hat keine Einträge.",
      notListed: "Dieses Archiv lässt sich nicht auflisten",
      refusals: {
        broken:
          "Es ist nicht, als was es beginnt, oder ist beschädigt. „Als Bytes“ zeigt, was da ist; bitten Sie den Kunden, es noch einmal zu senden.",
        encrypted:
          "Es ist mit einem Passwort des Kunden verschlüsselt. Legen Sie eine Arbeitskopie der Datei an und öffnen Sie sie mit einem Programm, das danach fragt.",
        method:
          "Es ist auf eine Weise gepackt, die hier nicht entpackt wird. Legen Sie eine Arbeitskopie der Datei an und öffnen Sie sie mit einem Programm, das es kann.",
        not_a_file: "Es ist ein Ordner oder ein Verweis: Es gibt darin nichts zu zeigen.",
        bomb: "Aus so wenig wird so viel, dass es gemacht wurde, um einen Speicher zu füllen. Es wird nicht entpackt, und sollte es auch anderswo nicht werden.",
        no_room:
          "Neben dem, was von dieser Datei offen ist, ist kein Speicher mehr. Gehen Sie zum Archiv zurück und öffnen Sie es von dort.",
        too_deep:
          "Es liegt zu tief in Archiven in Archiven. Legen Sie eine Arbeitskopie der Datei an und entpacken Sie sie mit einem Programm Ihrer Wahl.",
        not_there: "Diesen Eintrag gibt es nicht mehr.",
      },
      short: {
        broken: "beschädigt",
        encrypted: "verschlüsselt",
        method: "nicht zu entpacken",
        not_a_file: "Verweis",
        bomb: "verweigert",
        no_room: "kein Speicher",
        too_deep: "zu tief",
        not_there: "fort",
      },
    },
    ended: {
      locked: "Der Platz ist gesperrt",
      lockedText:
        "Was hier zu sehen war, ist aus dem Speicher fort. Entsperren Sie den Platz und öffnen Sie die Datei von ihrem Fall aus noch einmal.",
      erased: "Diese Datei wird nicht mehr verwahrt",
      erasedText:
        "Sie wurde gelöscht, während sie offen war, oder ging verloren; in diesem Fenster ist nichts mehr von ihr. Ihr Fall sagt, was geschah.",
    },
  },

  viewing: {
    title: (name) => `${name} öffnen`,
    lead: "Custody entschlüsselt eine Arbeitskopie in einen privaten Ordner dieses Rechners. Sie wird gelöscht, wenn Sie fertig sind, wenn die Zeit um ist und wenn der Platz gesperrt wird.",
    reason: "Grund",
    reasonHint: "Er steht unter Ihrem Namen im Register.",
    reasonMissing: "Sagen Sie, warum. Ohne Grund wird nichts geöffnet.",
    notTaken:
      "Was Sie darin speichern, wird mit ihr gelöscht, auch was Programme daneben ablegen. Was zum Fall gehört, kommt in seinen Ablageordner.",
    howLong: "Für wie lange",
    lengths: [
      [15, "15 Minuten"],
      [30, "30 Minuten"],
      [60, "1 Stunde"],
      [240, "4 Stunden"],
    ],
    make: "Arbeitskopie anlegen",
    making: "Entschlüsselt und prüft …",
    readyTitle: "Die Arbeitskopie liegt bereit",
    readyText: "Öffnen Sie sie von diesem Ort mit dem Programm, das Sie brauchen:",
    path: "Wo sie liegt",
    copyPath: "Pfad kopieren",
    copied: "Kopiert",
    banner: (name) => `Arbeitskopie von ${name}`,
    left: (span) => `noch ${span}`,
    over: "Ihre Zeit ist um; sie wird gelöscht",
    by: (who) => `für ${who}`,
    why: (reason) => `Grund: ${reason}`,
    beside: (count) =>
      count === 1 ? "1 weitere Datei liegt daneben" : `${count} weitere Dateien liegen daneben`,
    openIn: (programs) => `Offen in ${programs}`,
    stillOpen: (programs) =>
      `${programs}: dort noch offen. Was jetzt darin gelesen wird, sind Nullen; bitte schließen.`,
    erasedCopy: (name) => `Gelöschte Arbeitskopie von ${name}`,
    program: (name, id) => `${name} (PID ${id})`,
    someProgram: "einem Programm",
    longer: "30 Minuten länger",
    longerOf: (name) => `30 Minuten länger für die Arbeitskopie von ${name}`,
    done: "Fertig: löschen",
    doneOf: (name) => `Fertig: löschen, die Arbeitskopie von ${name}`,
    erasing: "Löscht …",
    keep: "Offen lassen",
    ended: (beside) =>
      beside === 0
        ? "Die Arbeitskopie ist gelöscht."
        : `Die Arbeitskopie ist gelöscht, mit ${files(beside)} daneben.`,
    elsewhere: (count) =>
      `${files(count)} daneben mit weiterem Namen anderswo: hier weg, nicht überschrieben, dort noch vorhanden.`,
  },

  holdDialog: {
    title: "Anhalten",
    lead: "Angehaltenes wird aus keinem Grund gelöscht, auch nicht auf Wunsch des Kunden, bis jemand es freigibt.",
    scope: "Was angehalten wird",
    onCase: "Jede Datei dieses Falls, auch künftige",
    onCustomer: "Jede Datei dieses Kunden, in allen Fällen",
    onFile: "Nur eine Datei",
    file: "Welche Datei",
    reason: "Grund",
    reasonHint: "Er steht unter Ihrem Namen im Journal.",
    reasonMissing: "Sagen Sie, warum. Ohne Grund lässt sich später nichts prüfen.",
    review: "Wieder ansehen",
    reviewIn: [
      [7, "in einer Woche"],
      [30, "in einem Monat"],
      [90, "in 3 Monaten"],
    ],
    reviewOn: "Datum",
    reviewMissing: "Wählen Sie einen Tag nach heute.",
    place: "Anhalten",
    placing: "Hält an …",
    placed: "Angehalten. Nichts davon wird gelöscht.",
  },

  liftDialog: {
    title: "Freigeben",
    lead: "Was dahinter wartete, geht von selbst weiter. Fällige Dateien werden gelöscht, wenn ihre Schonfrist um ist.",
    reason: "Angehalten wegen",
    why: "Grund der Freigabe",
    whyMissing: "Sagen Sie, warum. Ohne Grund wird nichts freigegeben.",
    lift: "Freigeben",
    lifting: "Gibt frei …",
    lifted: "Freigegeben.",
  },

  propose: {
    reason: "Wofür sie ist",
    reasonMissing: "Sagen Sie, wofür sie ist. Wer sie genehmigt, liest das.",
    needsTwo:
      "Dies braucht eine zweite Person. Es wird unter Ihrem Namen vorgeschlagen, und jemand anderes stimmt zu; bis dahin geschieht nichts.",
    passphrase: "Passphrase Ihres eigenen Schlüssels",
    passphraseMissing:
      "Geben Sie die Passphrase Ihres eigenen Schlüssels ein. Sie ist nicht die des Platzes.",
    propose: "Vorschlagen",
    proposing: "Schlägt vor …",
    proposed: "Vorgeschlagen. Es wartet auf eine zweite Person.",
  },

  proposal: {
    title: "Eine zweite Person ist nötig",
    lead: "Wenn Sie zustimmen, geschieht es. Ihr Schlüssel unterschreibt das, und das Journal bewahrt es.",
    acts: {
      lift_hold: "Angehaltenes freigeben",
      erase_early: "Dateien vor dem Ende ihrer Frist löschen",
      export_report: "Einen Bericht ausgeben",
      export_ledger: "Das Journal ausgeben",
      export_file: "Den Inhalt einer Datei ausgeben",
    },
    eraseOne: "Eine Datei vor dem Ende ihrer Frist löschen",
    placedBecause: "Angehalten wurde es, weil",
    reason: "Grund",
    until: "Zustimmen kann man bis",
    name: "Ihr Name",
    nameHint:
      "Der Name, für den Ihr eigener Schlüssel gemacht ist. Wer es vorgeschlagen hat, kann nicht zustimmen.",
    nameMissing: "Geben Sie den Namen ein, für den Ihr eigener Schlüssel gemacht ist.",
    passphrase: "Passphrase Ihres eigenen Schlüssels",
    passphraseMissing:
      "Geben Sie die Passphrase Ihres eigenen Schlüssels ein. Sie ist nicht die des Platzes.",
    whyNot: "Warum nicht",
    whyNotMissing: "Sagen Sie, warum, für die Person, die es vorgeschlagen hat.",
    approve: "Zustimmen",
    approving: "Stimmt zu …",
    approved: "Sie haben zugestimmt.",
    decline: "Ablehnen",
    declining: "Lehnt ab …",
    declined: "Abgelehnt. Nichts davon geschieht.",
    gone: "Es ist schon beantwortet, oder die Zeit dafür ist um.",
  },

  reviewDialog: {
    title: "Prüfen",
    lead: "Es bleibt angehalten: Sagen Sie, wann es wieder anzusehen ist und wer von jetzt an dafür einsteht.",
    owner: "Steht dafür ein",
    ownerHint: "Der Name, unter dem die Person hier handelt.",
    ownerMissing: "Nennen Sie jemanden. Es steht immer jemand dafür ein.",
    save: "Angehalten lassen",
    saving: "Speichert …",
    saved: "Es bleibt angehalten.",
  },

  eraseDialog: {
    title: "Löschung verlangen",
    lead: "Beim nächsten Durchgang, ohne Schonfrist, wird dies endgültig vernichtet: zuerst die Schlüssel, dann die versiegelten Bytes, dann jede Arbeitskopie.",
    lost: "Was verloren geht",
    total: (count, size) => `${files(count)}, ${size}`,
    kept: "Die Kopie im Forum selbst bleibt unberührt.",
    held: "Dies ist angehalten. Nichts wird gelöscht, bis es freigegeben ist.",
    nothing: "Es ist keine Datei mehr da, die gelöscht werden könnte.",
    reason: "Grund",
    reasonHint:
      "Er steht unter Ihrem Namen im Journal. Der Beleg sagt dem Kunden, dass das Team es entschieden hat.",
    reasonMissing: "Sagen Sie, warum. Ohne Grund wird nichts gelöscht.",
    ask: (count) => `${files(count)} löschen`,
    asking: "Wird eingetragen …",
    asked: "Die Löschung ist verlangt. Sie beginnt mit dem nächsten Durchgang.",
  },

  receipts: {
    title: "Belege",
    list: "Belege",
    detail: "Gewählter Beleg",
    search: "Belege suchen",
    filters: "Zeigen",
    show: {
      all: "Alle",
      waiting: "Im Ausgang",
      sent: "Unbeantwortet",
      bounced: "Kam zurück",
      confirmed: "Bestätigt",
      disputed: "Bestritten",
      owed: "Folgebeleg offen",
    },
    orders: {
      label: "Sortieren nach",
      by: { newest: "Neueste zuerst", oldest: "Älteste zuerst" },
    },
    count: (count) => plural("de", count, { one: "1 Beleg", other: `${count} Belege` }),
    standing: {
      waiting: "Im Ausgang",
      sent: "Verschickt",
      bounced: "Kam zurück",
      confirmed: "Bestätigt",
      disputed: "Bestritten",
      answer_unclear: "Antwort unklar",
    },
    partial: "Teilweise",
    complete: "Vollständig",
    owed: "Folgebeleg offen",
    emptyTitle: "Noch keine Belege",
    emptyText:
      "Ist die Löschung eines Falls nachgewiesen, steht hier der unterschriebene Beleg mit dem Brief an den Kunden.",
    noneTitle: "Kein Beleg passt",
    noneText: "Nichts hier hat diese Wörter und diesen Stand.",
    clear: "Alle Belege zeigen",
    chooseTitle: "Kein Beleg gewählt",
    chooseText: "Wählen Sie links einen Beleg. Die Pfeiltasten oder J und K gehen durch die Liste.",
  },

  receipt: {
    number: (token) => `Beleg ${token}`,
    issued: "Ausgestellt",
    openCase: "Zum Fall",
    sent: "Verschickt",
    sentBy: { thread: "im Thema", mail: "per E-Mail", desk: "am Platz" },
    notSent: "noch nicht",
    signatureFits: "Die Unterschrift passt",
    signatureBroken: "Die Unterschrift passt nicht",
    signatureForgotten: "Der Text wurde vergessen",
    completeText: "Jeder Ort ist abgeschlossen.",
    partialText:
      "Ein Ort ist noch offen. Ein Folgebeleg steht aus; Custody sieht von selbst wieder nach.",
    partialSettled: "Ein Ort war noch offen, als er ausgestellt wurde.",
    follows: (receipt) => `Vervollständigt Beleg ${receipt}`,
    followedBy: (receipt) => `Vervollständigt durch Beleg ${receipt}`,
    deliveryAt: { waiting: "Nächster Versuch", sent: "Übergeben", bounced: "Kam zurück" },
    attempts: (count) =>
      plural("de", count, { one: "nach 1 Versuch", other: `nach ${count} Versuchen` }),
    save: "Belegdatei speichern",
    saved:
      "Der unterschriebene Beleg steht in einer Datei. Wer den öffentlichen Schlüssel des Platzes hat, kann ihn prüfen.",
    letter: "Der Brief, wie der Kunde ihn sah",
    forgotten:
      "Der Brief wurde mit den persönlichen Daten des Falls gelöscht. Das Journal behält seine Prüfsumme.",
    locations: "Was an jedem Ort gefunden wurde",
    closed: "Abgeschlossen",
    open: "Offen",
    answers: "Antworten",
    noAnswers: "Noch keine Antwort.",
    answer: { confirmed: "Bestätigt", disputed: "Bestritten", unclear: "Unklar" },
    grade: {
      replied: "Antwort per E-Mail",
      replied_with_dkim: "Antwort per E-Mail, von der Domain des Absenders signiert",
      confirmed_in_thread: "Beitrag im privaten Thema",
    },
    resend: "Noch einmal schicken",
    resending: "Schickt …",
    resent:
      "Der Beleg liegt wieder im Ausgang. Er behält seine Message-ID, ein Postfach zeigt ihn also einmal.",
    signed: "Unterschriebener Text",
    digest: "SHA-256 des unterschriebenen Textes",
  },

  receiptCheck: {
    title: "Echtheit",
    lead: "Prüft die Unterschrift über den aufbewahrten Text mit dem Schlüssel dieses Platzes, und ob Journal und Kette sagen, was er von ihnen sagt.",
    verify: "Unterschrift prüfen",
    verifying: "Prüft …",
    signature: {
      fits: "Die Ed25519-Unterschrift passt zum Text und zum Schlüssel dieses Platzes.",
      other_key: "Der Text ist mit einem anderen Schlüssel als dem dieses Platzes unterschrieben.",
      changed: "Der Text wurde nach der Unterschrift verändert.",
      forgotten:
        "Der Text wurde mit den persönlichen Daten des Falls gelöscht; es gibt keine Unterschrift mehr zu prüfen.",
    },
    digest: {
      fits: "Der Text ist der, dessen Prüfsumme das Journal behält.",
      fails: "Der Text ist nicht der, dessen Prüfsumme das Journal behält.",
      open: "Das Journal behält die Prüfsumme des Textes.",
    },
    names: {
      fits: "Er nennt diesen Beleg und die Dateien seiner Zeile im Journal.",
      fails: "Er nennt einen anderen Beleg oder andere Dateien als seine Zeile im Journal.",
      open: "Welche Dateien er nennt, wurde nicht geprüft.",
    },
    chain: {
      fits: "Die Kette der Ereignisse hat das, worüber er unterschrieben wurde.",
      fails: "Die Kette der Ereignisse hat nicht das, worüber er unterschrieben wurde.",
      open: "Was er von der Kette sagt, wurde nicht geprüft.",
    },
    chainFits: (index) =>
      `Die Kette der Ereignisse hat Eintrag ${index}, über den er unterschrieben wurde.`,
    at: "Geprüft",
    key: "SHA-256 des öffentlichen Schlüssels:",
  },

  saved: {
    saving: "Schreibt …",
    path: "Wo sie liegt",
    copy: "Pfad kopieren",
  },

  deletions: {
    title: "Löschungen",
    list: "Löschungen",
    detail: "Gewählte Löschung",
    search: "Löschungen suchen",
    filters: "Zeigen",
    show: {
      next: "Demnächst",
      running: "Im Gang",
      done: "Erledigt",
      needs_person: "Braucht jemanden",
    },
    count: (count) => plural("de", count, { one: "1 Eintrag", other: `${count} Einträge` }),
    reason: {
      ticket_closed: "Ticket geschlossen",
      customer_asked: "vom Kunden verlangt",
      period_ended: "Frist endet",
      staff_decided: "vom Team entschieden",
    },
    dueIn: (span) => `Fällig in ${span}`,
    dueNow: "Fällig mit dem nächsten Durchgang",
    now: "Mit dem nächsten Durchgang",
    attempts: (count) => plural("de", count, { one: "1 Versuch", other: `${count} Versuche` }),
    wholeDesk: "Betrifft den ganzen Platz",
    waitsSince: "Wartet seit",
    meanwhile: {
      sweep_stopped:
        "Bis jemand den Plan genehmigt, wird davon nichts gelöscht. Was Kunden verlangt haben, geht weiter.",
      erasure_stuck:
        "Custody versucht es von selbst wieder. Kein Beleg sagt, dass die Datei gelöscht ist, bevor jeder Ort dieses Platzes leer ist.",
      viewing_copy_stays:
        "Custody versucht es alle paar Sekunden wieder. Bis die Arbeitskopie weg ist, sagt kein Beleg, dass die Datei gelöscht ist.",
      unclear_request: "Bis jemand sagt, was sie bedeutet, wird für sie nichts gelöscht.",
      approval_waits: "Bis es genehmigt ist, geschieht davon nichts.",
      file_lost:
        "Custody hat sie nicht gelöscht: Sie fehlt oder ist beschädigt, wo sie sein sollte.",
    },
    empty: {
      next: {
        title: "Nichts wird gelöscht",
        text: "Schließt ein Ticket, endet eine Frist oder verlangt es jemand, stehen die Dateien hier mit dem Tag ihrer Löschung.",
      },
      running: {
        title: "Nichts wird gerade gelöscht",
        text: "Eine Löschung dauert Augenblicke. Kann eine nicht beendet werden, steht sie hier mit dem, was sie aufhält.",
      },
      done: {
        title: "Noch nichts wurde gelöscht",
        text: "Jede gelöschte Datei steht hier mit dem, was an jedem Ort gefunden wurde, und ihrem Beleg.",
      },
      needs_person: {
        title: "Keine Löschung braucht jemanden",
        text: "Stößt ein Durchgang an seine Grenze, scheitert ein Ort oder ist eine Bitte unklar, steht es hier.",
      },
    },
    noneTitle: "Keine Löschung passt",
    noneText: "Nichts hier hat diese Wörter.",
    clear: "Alle zeigen",
    chooseTitle: "Keine Löschung gewählt",
    chooseText: "Wählen Sie links eine. Die Pfeiltasten oder J und K gehen durch die Liste.",
  },

  deletion: {
    erasesIn: (span) => `Wird in ${span} gelöscht`,
    erasesNow: "Wird mit dem nächsten Durchgang gelöscht",
    dueIn: (span) => `Wird in ${span} fällig`,
    dueNow: "Wird mit dem nächsten Durchgang fällig",
    running: "Wird gelöscht",
    since: "Seit",
    done: "Gelöscht, und an jedem Ort nachgesehen",
    reason: "Weil",
    tried: "Versucht",
    nextTry: "wieder",
    tryNow: "Jetzt noch einmal versuchen",
    undo: "Bis dahin kann sie behalten werden: Anhalten geht jedem Grund vor, und ein eigenes Datum verschiebt den Tag innerhalb der Höchstdauer der Regel. Ein wieder geöffnetes Ticket behält sie von selbst. Hat die Löschung begonnen, gibt es keinen Weg zurück.",
    seenNow: "Was an jedem Ort jetzt zu sehen ist",
    noWayBack:
      "Nachgewiesen ist sie erst, wenn jeder Ort dieses Platzes leer ist. Custody versucht es von selbst wieder.",
  },

  audit: {
    title: "Prüfpfad",
    list: "Ereignisse",
    detail: "Gewähltes Ereignis",
    search: "Fall, Kunde, Datei oder #Nummer",
    filters: "Zeigen",
    show: {
      all: "Alle",
      intake: "Eingang",
      erasure: "Löschung",
      receipts: "Belege",
      requests: "Bitten",
      holds: "Anhalten",
      opening: "Geöffnet",
      desk: "Platz",
      keys: "Schlüssel",
    },
    whoLabel: "Wer",
    who: { anyone: "Alle", desk: "Custody selbst", person: "Team", customer: "Kunden" },
    periodLabel: "Wann",
    period: {
      ever: "Jederzeit",
      day: "Heute",
      week: "Letzte 7 Tage",
      month: "Letzte 30 Tage",
      quarter: "Letzte 90 Tage",
      between: "Von … bis …",
    },
    first: "Erster Tag",
    last: "Letzter Tag",
    count: (count) => plural("de", count, { one: "1 Ereignis", other: `${count} Ereignisse` }),
    emptyTitle: "Noch keine Ereignisse",
    emptyText: "Alles, was an diesem Platz geschieht, steht hier, vom ersten Tag an.",
    noneTitle: "Kein Ereignis passt",
    noneText: "Nichts hier geschah dazu, durch diese und in dieser Zeit.",
    clear: "Alle Ereignisse zeigen",
    chooseTitle: "Kein Ereignis gewählt",
    chooseText:
      "Wählen Sie links ein Ereignis. Die Pfeiltasten oder J und K gehen durch die Liste.",
  },

  event: {
    about: "Worum es geht",
    chain: "In der Kette",
    word: "Art",
    hash: "Seine Prüfsumme",
    prev: "Prüfsumme des Ereignisses davor",
    text: "Der Text, über den sie gebildet ist",
  },

  chain: {
    title: "Die Kette der Ereignisse",
    lead: "Jedes Ereignis ist an alle davor gebunden. Eine Änderung, ein Entfernen oder eine andere Reihenfolge wird gefunden.",
    open: "Prüfen, ausgeben",
    notChecked: "Noch nicht geprüft",
    wholeShort: (events) => `Ganz bis Ereignis ${events}`,
    brokenShort: "Passt nicht",
    check: "Prüfen",
    checkLead:
      "Geht die Kette vom ersten Ereignis an durch und vergleicht sie dann mit den Belegen, die über sie unterschrieben wurden.",
    checking: {
      chain: "Geht die Kette durch, Ereignis für Ereignis …",
      anchors: "Die Kette ist ganz. Vergleicht sie mit den Belegen …",
    },
    walk: "Kette prüfen",
    again: "Noch einmal prüfen",
    walking: "Prüft …",
    whole: (events) => `Ganz bis Ereignis ${events}.`,
    anchorsFit: (receipts) =>
      plural("de", receipts, {
        one: "1 aufbewahrter Beleg wurde über sie unterschrieben.",
        other: `${receipts} aufbewahrte Belege wurden über sie unterschrieben.`,
      }),
    head: "Ende",
    at: "Geprüft",
    since: (events) =>
      plural("de", events, {
        one: "1 Ereignis kam seither dazu.",
        other: `${events} Ereignisse kamen seither dazu.`,
      }),
    broken: (at, fit) =>
      `Ereignis ${at} ist das erste, das nicht passt; die ${fit} davor passen. Jemand hat eine Zeile verändert, entfernt oder verschoben: Lassen Sie das Journal, wie es ist, und lassen Sie es untersuchen.`,
    anchorBroken: (at) =>
      `Die Kette passt in sich, aber ein Beleg wurde über ein anderes Ereignis ${at} unterschrieben: Das Journal wurde zurückgesetzt oder neu gemacht. Lassen Sie es, wie es ist, und lassen Sie es untersuchen.`,
    export: "Ausgeben",
    exportLead:
      "Schreibt jedes Ereignis als unterschriebene JSON-Zeilen, damit jemand anderes sie prüfen kann: Nummern und Anzahlen, keine Namen. Die Ausgabe wird festgehalten.",
    write: "Ausgabe schreiben",
    exporting: "Schreibt …",
    exported:
      "Die Kette ist geschrieben und unterschrieben. „custody audit verify“ prüft sie überall.",
  },

  told: {
    who: {
      desk: "Custody",
      customer: "Der Kunde",
      person: ({ name }) => name,
    },
    happened: {
      desk_created: "hat das Journal angelegt",
      case_opened: ({ topic }) => `hat den Fall zu Thema ${topic} eröffnet`,
      case_exposed: ({ exposed }) =>
        exposed
          ? "hat gesehen, dass das Thema nicht privat ist"
          : "hat gesehen, dass das Thema wieder privat ist",
      ticket_read: ({ found }) =>
        ({
          open: "hat das Ticket als offen gelesen",
          closed: "hat das Ticket als geschlossen gelesen",
          in_doubt: "hat keine sichere Auskunft über das Ticket bekommen",
        })[found],
      ticket_linked: ({ ticket }) => `hat den Fall mit ${ticketOf(ticket)} verknüpft`,
      ticket_offered: ({ ticket, standing }) =>
        ({
          offered: `hat gesehen, dass das Thema ${ticketOf(ticket)} nennt`,
          taken: `hat ${ticketOf(ticket)} übernommen`,
          set_aside: `hat ${ticketOf(ticket)} beiseitegelegt`,
        })[standing],
      attachments_probed: ({ open }) =>
        open
          ? "hat gesehen, dass das Forum die Dateien dieses Themas jedem gibt, der ihre Adresse kennt"
          : "hat gesehen, dass das Forum die Dateien dieses Themas schützt",
      link_noted: ({ service }) => `hat im Thema einen Link zu ${service} gesehen`,
      notice_given: "hat im Thema mitgeteilt, was aufgenommen wurde",
      case_forgotten: "hat die persönlichen Daten des Falls gelöscht",
      file_arrived: "hat einen neuen Anhang gesehen",
      file_refused: ({ why }) => `hat eine Datei nicht aufgenommen: ${refused[why]}`,
      arrival_delayed: ({ attempts }) =>
        `hat eine Datei noch nicht holen können (Versuch ${attempts})`,
      files_brought: ({ files: count }) =>
        plural("de", count, {
          one: "hat dem Fall eine Datei übergeben, die dort gelöscht wird, wo sie lag",
          other: `hat dem Fall ${files(count)} übergeben, die dort gelöscht werden, wo sie lagen`,
        }),
      drop_erased: "hat das Original einer Datei aus dem Ablageordner gelöscht",
      file_sealed: ({ bytes }) => `hat eine Datei von ${bytes} Bytes versiegelt`,
      file_due: ({ reason, erase_at }) =>
        `hat eine Datei fällig gestellt, weil ${because[reason]}; gelöscht wird sie am ${erase_at}`,
      file_spared: ({ why }) => `hat eine fällige Datei behalten, weil ${spared[why]}`,
      erasure_begun: ({ reason }) => `hat begonnen, eine Datei zu löschen, weil ${because[reason]}`,
      wraps_dropped: "hat jeden versiegelten Schlüssel einer Datei verworfen",
      erasure_delayed: ({ attempts }) =>
        `hat eine Löschung noch nicht beenden können (Versuch ${attempts})`,
      files_erased: ({ files: count, complete }) =>
        `hat die Löschung von ${files(count)} nachgewiesen und einen Beleg ausgestellt${complete ? "" : "; ein Ort ist noch offen"}`,
      follow_up_issued: "hat den Folgebeleg ausgestellt",
      file_lost: ({ finding }) =>
        finding === "missing"
          ? "hat eine versiegelte Datei nicht gefunden"
          : "hat eine versiegelte Datei beschädigt gefunden",
      unknown_set_aside: ({ count }) =>
        `hat ${files(count)} beiseitegelegt, die das Journal nicht kennt`,
      aside_erased: ({ bytes }) => `hat Beiseitegelegtes von ${bytes} Bytes gelöscht`,
      remains_erased: ({ count }) =>
        `hat ${plural("de", count, { one: "1 Rest", other: `${counted("de", count)} Reste` })} gelöscht, zu denen es keine Zeile gibt`,
      hold_placed: ({ review_at }) => `hat etwas angehalten; wieder anzusehen am ${review_at}`,
      hold_reviewed: ({ review_at }) =>
        `hat etwas Angehaltenes angesehen; wieder anzusehen am ${review_at}`,
      hold_handed_on: ({ to }) => `hat etwas Angehaltenes an ${to} übergeben`,
      hold_lifted: "hat etwas Angehaltenes freigegeben",
      own_date_given: ({ of_case, end }) =>
        `hat ${of_case ? "den Dateien des Falls" : "einer Datei"} ein eigenes Datum gegeben: gelöscht am ${end}`,
      own_date_withdrawn: "hat ein eigenes Datum zurückgenommen",
      request_received: ({ standing, channel }) =>
        standing === "unclear"
          ? `hat etwas geschrieben, das nach einem Löschwunsch klingt (${by[channel]})`
          : `hat um Löschung gebeten (${by[channel]})`,
      request_resolved: ({ accepted }) =>
        accepted
          ? "hat einen unklaren Löschwunsch gelten lassen"
          : "hat einen unklaren Löschwunsch beiseitegelegt",
      reply_owed: ({ files: count }) =>
        `hat gesehen, dass ${files(count)} angehalten ${plural("de", count, { one: "ist", other: "sind" })}, um deren Löschung der Kunde bat`,
      reply_sent: ({ channel }) =>
        `hat dem Kunden mitgeteilt, dass die Dateien vorerst angehalten sind (${by[channel]})`,
      reply_delayed: ({ attempts }) =>
        `hat dem Kunden noch nicht mitteilen können, dass etwas angehalten ist (Versuch ${attempts})`,
      reply_bounced: "hat gesehen, dass der Brief über das Angehaltene zurückkam",
      reply_requeued: ({ channel }) =>
        `hat verlangt, dass der Kunde ${by[channel]} vom Angehaltenen erfährt`,
      reply_withdrawn: "hat dem Kunden nichts mehr mitgeteilt, da es freigegeben ist",
      four_eyes_changed: (it) =>
        `hat geändert, was hier eine zweite Person braucht: ${
          [
            ...(it.lift_hold ? ["Freigeben"] : []),
            ...(it.early_erasure ? ["vorzeitiges Löschen"] : []),
            ...(it.export ? ["Ausgeben"] : []),
          ].join(", ") || "nichts"
        }`,
      approver_added: ({ person }) =>
        `hat einen Schlüssel gemacht, mit dem ${person} zustimmen kann`,
      approver_removed: ({ person }) => `hat den Schlüssel von ${person} außer Gebrauch genommen`,
      approver_failed: ({ person }) =>
        `hat eine falsche Passphrase für den Schlüssel von ${person} angegeben`,
      proposal_made: ({ act, one_file, expires_at, proposal }) =>
        `hat vorgeschlagen, ${
          {
            lift_hold: "etwas Angehaltenes freizugeben",
            erase_early: one_file
              ? "eine Datei vor dem Ende ihrer Frist zu löschen"
              : "die Dateien eines Falls vor dem Ende ihrer Frist zu löschen",
            export_report: "einen Bericht auszugeben",
            export_ledger: "das Journal auszugeben",
            export_file: "den Inhalt einer Datei auszugeben",
          }[act]
        }; offen bis ${expires_at} (${proposal})`,
      proposal_approved: ({ proposal }) =>
        `hat einem Vorschlag als zweite Person zugestimmt (${proposal})`,
      proposal_declined: ({ proposal }) => `hat einen Vorschlag abgelehnt (${proposal})`,
      proposal_used: ({ proposal }) => `hat ausgegeben, wofür zugestimmt war (${proposal})`,
      proposal_expired: ({ proposal }) =>
        `hat einen Vorschlag beendet, dessen Zeit um war (${proposal})`,
      sweep_stopped: ({ would_erase, cap }) =>
        `hat einen Durchgang angehalten, der ${files(would_erase)} löschen würde (die Grenze ist ${cap})`,
      sweep_approved: ({ would_erase }) => `hat der Löschung von ${files(would_erase)} zugestimmt`,
      rules_changed: ({ rules, erased_now, sooner, later }) =>
        `hat die Aufbewahrungsregeln geändert (${erased_now} jetzt gelöscht, ${sooner} früher, ${later} später): ${recorded(rules)}`,
      rules_adopted: ({ rules }) =>
        `hat die Aufbewahrungsregeln der Einstellungen übernommen: ${recorded(rules)}`,
      digest_sent: ({ cases, files: count }) =>
        `hat dem Team per E-Mail angekündigt, dass ${files(count)} aus ${plural("de", cases, { one: "1 Fall", other: `${counted("de", cases)} Fällen` })} gelöscht ${plural("de", count, { one: "wird", other: "werden" })}`,
      clock_confirmed: ({ now }) => `hat bestätigt, dass die Uhr dieses Rechners stimmt: ${now}`,
      paused: ({ until }) => `hat Abholen und Briefe bis ${until} angehalten`,
      resumed: "hat die Pause von Abholen und Briefen beendet",
      file_opened: "hat eine Datei geöffnet",
      file_exported: "hat eine Kopie einer Datei aus der Verwahrung genommen",
      viewing_copy_made: ({ until }) => `hat eine Arbeitskopie bis ${until} angelegt`,
      viewing_copy_extended: ({ until }) => `hat eine Arbeitskopie bis ${until} verlängert`,
      viewing_copy_beside: ({ beside }) => `hat ${files(beside)} neben einer Arbeitskopie gesehen`,
      viewing_copy_stays: "hat eine Arbeitskopie noch nicht löschen können",
      viewing_copy_ended: ({ why, beside, elsewhere }) =>
        `hat eine Arbeitskopie gelöscht${beside > 0 ? `, mit ${files(beside)} daneben` : ""}, weil ${
          {
            done: "sie nicht mehr gebraucht wurde",
            lease_over: "ihre Zeit um war",
            locked: "der Platz gesperrt wurde",
            erasing: "die Datei gelöscht wird",
            restart: "das Programm neu gestartet wurde",
          }[why]
        }${elsewhere > 0 ? `; ${elsewhere} davon haben anderswo einen zweiten Namen und bleiben dort` : ""}`,
      epoch_rotated: ({ epoch, keys }) =>
        `hat ${keysOf(keys)} unter Epoche ${epoch} neu versiegelt`,
      epoch_destroyed: ({ epoch }) => `hat den Schlüssel der Epoche ${epoch} vernichtet`,
      receipt_sent: ({ channel }) => `hat den Beleg verschickt (${by[channel]})`,
      receipt_requeued: ({ channel }) =>
        `hat den Beleg noch einmal in den Ausgang gelegt (${by[channel]})`,
      receipt_delayed: ({ attempts }) =>
        `hat den Beleg noch nicht verschicken können (Versuch ${attempts})`,
      receipt_bounced: "hat gesehen, dass der Beleg zurückkam",
      receipt_answered: ({ answer, grade }) =>
        `${
          {
            confirmed: "hat den Beleg bestätigt",
            disputed: "hat den Beleg bestritten",
            unclear: "hat auf den Beleg etwas anderes geantwortet",
          }[answer]
        } (${
          {
            replied: "per E-Mail",
            replied_with_dkim: "per E-Mail, von der Domain signiert",
            confirmed_in_thread: "im Thema",
          }[grade]
        })`,
      backup_connected: ({ backup }) => `hat die Sicherung „${backup}“ verbunden`,
      backup_left: ({ backup, emptied }) =>
        emptied
          ? `hat die Sicherung „${backup}“ geleert und verlassen`
          : `hat angegeben, dass es die Sicherung „${backup}“ nicht mehr gibt`,
      recovery_kit_made: "hat ein Wiederherstellungs-Set gemacht",
      recovery_kit_saved: ({ sealed }) =>
        sealed
          ? "hat das Wiederherstellungs-Set versiegelt in andere Hände gegeben"
          : "hat mit seinen Wörtern gezeigt, dass das Wiederherstellungs-Set aufbewahrt ist",
      recipients_changed: ({ keys, recipients }) =>
        `hat ${keysOf(keys)} für ${recipients} Empfänger neu versiegelt`,
      restored: ({ files: count, replayed }) =>
        `hat den Platz aus einer Sicherung wiederhergestellt: ${files(count)} verwahrt, ${plural("de", replayed, { one: "1 Löschung", other: `${replayed} Löschungen` })} wiederholt`,
      erasure_replayed: ({ receipted }) =>
        receipted
          ? "hat eine Löschung wiederholt, deren Beleg vor der Wiederherstellung ausgestellt wurde"
          : "hat eine Löschung fortgesetzt, die vor der Wiederherstellung begonnen hatte",
      file_brought_back: ({ backup }) =>
        `hat eine fehlende Datei aus der Sicherung „${backup}“ zurückgeholt`,
      drill_done: ({ backup, passed }) =>
        `hat die Probe mit der Sicherung „${backup}“ ${passed ? "bestanden" : "nicht bestanden"}`,
      unlocked: "hat den Platz entsperrt",
      unlock_failed: "hat eine falsche Passphrase angegeben",
      locked: "hat den Platz gesperrt",
      passphrase_changed: "hat die Passphrase geändert",
      settings_changed: ({ parts: changed, rules, by_hand }) =>
        `${by_hand ? "hat die Einstellungen geändert vorgefunden" : "hat die Einstellungen geändert"} (${changed.join(", ")})${
          rules.length > 0 ? `: ${recorded(rules)}` : ""
        }`,
      connected: ({ server }) => `hat den Platz verbunden: ${say(servers, server)}`,
      disconnected: ({ server }) => `hat den Platz getrennt: ${say(servers, server)}`,
      incident_prepared: ({ files: count, customers, copies }) =>
        `hat zusammengestellt, was auf einem verlorenen Rechner lesbar war: ${files(count)} von ${plural("de", customers, { one: "1 Kunden", other: `${customers} Kunden` })}, davon ${copies} in Arbeitskopien`,
      exported: ({ what }) => `hat ausgegeben: ${say(exports, what)}`,
    },
    why: {
      hold: ({ hold }) => `Es ist angehalten (${hold}); das geht jedem Grund vor.`,
      ticket_open: "Das Ticket ist offen.",
      ticket_closed: ({ since }) => `Das Ticket wurde am ${since} als geschlossen gelesen.`,
      ticket_in_doubt: ({ since }) =>
        `Der Tracker gibt seit ${since} keine sichere Auskunft, ein geschlossenes Ticket zählt darum nicht.`,
      customer_asked: ({ at }) => `Der Kunde bat am ${at} um Löschung.`,
      staff_decided: ({ at }) => `Das Team entschied die Löschung am ${at}.`,
      period_ends: ({ at }) => `Ihre Frist endet am ${at}.`,
      own_date: ({ at }) => `Jemand aus dem Team gab ihr ein eigenes Datum: ${at}.`,
      grace_until: ({ at }) => `Die Karenz dauert bis ${at}.`,
      grace_over: "Die Karenz ist vorbei.",
    },
    rule,
    ruleOf: (count, says) => `${files(count)}: ${says}`,
    whom: {
      tags: ({ any }) => `Schlagwort ${any.join(" oder ")}`,
      categories: ({ any }) => `Kategorie ${any.join(" oder ")}`,
      products: ({ any }) => `Produkt ${any.join(" oder ")}`,
      customers: ({ any }) => `Kunde ${any.join(" oder ")}`,
      kinds: ({ any }) => any.map((kind) => kinds[kind]).join(" oder "),
    },
    both: (lists) => lists.join(" und "),
    everyFile: "jede Datei",
    place: {
      sealed_file: "Die verschlüsselte Datei hier",
      key_wrap: "Der Schlüssel, der sie öffnen könnte",
      viewing_copy: "Eine Arbeitskopie",
      forum_copy: "Die Kopie im Forum selbst",
      backup: ({ name }) => `Die Sicherung „${name}“`,
      drop_folder: "Was in den Ablageordner gespeichert wurde",
    },
    found: {
      present: "noch da",
      erased_verified: "gelöscht und geprüft",
      key_destroyed: "vernichtet und geprüft",
      expires_on: ({ date }) => `endet von selbst, spätestens am ${date}`,
      requested_not_confirmed: "Entfernung erbeten, noch nicht bestätigt",
      held: "aus genanntem Grund behalten",
      not_ours: "noch da; dort können wir nichts entfernen",
      failed: "konnte nicht gelöscht werden",
      unknown: "konnte nicht geprüft werden",
    },
    location: (place, found) => `${place}: ${found}`,
  },

  attention: {
    title: "Zu klären",
    list: "Was auf Sie wartet",
    emptyTitle: "Nichts wartet auf Sie",
    emptyText:
      "Braucht etwas eine Entscheidung, etwa ein unklarer Wunsch oder ein Beleg, der zurückkam, steht es hier.",
    kinds: {
      unclear_request: {
        what: "Ein Kunde wünscht vielleicht die Löschung",
        todo: "Lesen und sagen, was es heißt",
      },
      receipt_bounced: {
        what: "Ein Beleg kam zurück",
        todo: "Den Beleg ansehen und noch einmal schicken",
      },
      receipt_disputed: {
        what: "Ein Kunde bestreitet einen Beleg",
        todo: "Lesen, was der Kunde sagt",
      },
      answer_unclear: { what: "Eine Antwort war nicht zu verstehen", todo: "Lesen" },
      file_lost: {
        what: "Eine versiegelte Datei fehlt oder ist beschädigt",
        todo: "Den Fall ansehen",
      },
      erasure_stuck: { what: "Eine Löschung gelingt nicht", todo: "Den Fall ansehen" },
      case_exposed: { what: "Ein Thema ist nicht mehr privat", todo: "Den Fall ansehen" },
      sweep_stopped: {
        what: "Ein Durchgang würde mehr löschen als erlaubt",
        todo: "Den Plan lesen und entscheiden",
      },
      viewing_copy_stays: {
        what: "Eine Arbeitskopie lässt sich nicht löschen",
        todo: "Ansehen, welches Programm sie offen hat, und es schließen",
      },
      kit_not_saved: {
        what: "Das Wiederherstellungs-Set ist nicht aufbewahrt",
        todo: "Aufbewahren: Vorher nimmt ein neuer Platz keine Datei an, und ohne es ist ein verlorener Rechner endgültig verloren",
      },
      rules_differ: {
        what: "In settings.toml stehen Regeln, die nicht gelten",
        todo: "Ansehen, was sie ändern würden, und in Kraft setzen oder herausnehmen",
      },
      left_in_drop_folder: {
        what: "In einem Ablageordner liegt, was nicht aufgenommen werden kann",
        todo: "Den Grund ansehen und neu speichern oder entfernen",
      },
      not_reconciled: {
        what: "Platte, Journal und Schlüssel passen nicht zusammen",
        todo: "Ansehen, was nicht passt",
      },
      ticket_offered: {
        what: "Ein Ticket, das das Thema nennt, könnte das des Falls sein",
        todo: "Übernehmen oder beiseitelegen",
      },
      hold_review: {
        what: "Angehaltenes ist wieder anzusehen",
        todo: "Freigeben oder sagen, wann es wieder anzusehen ist",
      },
      approval_waits: {
        what: "Etwas braucht die Zustimmung einer zweiten Person",
        todo: "Lesen und zustimmen oder ablehnen",
      },
      reply_bounced: {
        what: "Ein Brief über Angehaltenes kam zurück",
        todo: "Es dem Kunden im Thema mitteilen",
      },
    },
    go: {
      case: "Zum Fall",
      receipt: "Zum Beleg",
      plan: "Plan lesen",
      proposal: "Vorschlag lesen",
      reconciled: "Befund ansehen",
      kit: "Set aufbewahren",
      rules: "Regeln ansehen",
    },
  },

  plan: {
    title: "Ein Durchgang wartet auf Ihre Zustimmung",
    lead: (count, cap) =>
      `Er würde ${files(count)} löschen; ohne einen Menschen löscht er höchstens ${cap}. Nichts wurde gelöscht.`,
    approve: (count) => `${files(count)} löschen`,
    approving: "Stimmt zu …",
    approved: (count) =>
      plural("de", count, {
        one: "1 Datei ist gelöscht, und an jedem Ort wurde noch einmal nachgesehen.",
        other: `${count} Dateien sind gelöscht, und an jedem Ort wurde noch einmal nachgesehen.`,
      }),
    nothing: "Der Plan hat sich geändert: nichts würde mehr gelöscht.",
    warning:
      "Was gelöscht wird, ist endgültig vernichtet: Schlüssel, versiegelte Bytes und Arbeitskopien.",
  },

  rules: {
    lead: "Für jede Datei gilt die erste Regel, die passt. Für welche Dateien eine Regel ist, und eigene Regeln, stehen in settings.toml oder gehen mit dem Programm custody; die Zahlen lassen sich hier ändern. Nichts ändert sich, bevor Sie gesehen haben, was es bewirkt.",
    for: "Für",
    start: "Zählt ab",
    starts: {
      ticket_closed: "Schließen des Tickets",
      arrival: "Eingang",
      customer_activity: "letzter Nachricht des Kunden",
    },
    period: "Frist",
    grace: "Karenz",
    ceiling: "Spätestens nach Eingang",
    hasCeiling: "Spätestens nach einiger Zeit",
    unitOf: (label: string) => `Einheit: ${label}`,
    units: { days: "Tage", hours: "Stunden", minutes: "Minuten" },
    notANumber: "Bitte eine ganze Zahl.",
    simulate: "Zeigen, was das bewirkt",
    wouldDo: "Was es bewirkt",
    kinds: {
      erased_now: "beim nächsten Durchgang gelöscht",
      sooner: "früher",
      later: "später",
      unchanged: "wie bisher",
    },
    counts: (counts: { erased_now: number; sooner: number; later: number; unchanged: number }) =>
      `${counts.erased_now} beim nächsten Durchgang gelöscht, ${counts.sooner} früher, ${counts.later} später, ${counts.unchanged} wie bisher.`,
    files: "Dateien, für die sich etwas ändert",
    erasedOn: "gelöscht am",
    insteadOf: "statt am",
    byRule: "nach Regel",
    noEnd: "noch kein Ende",
    nothing: "Für keine Datei ändert sich etwas.",
    warning:
      "Was gelöscht wird, ist endgültig zerstört: Schlüssel, versiegelte Daten und Arbeitskopien.",
    putIntoForce: "Diese Regeln in Kraft setzen",
    changing: "Wird geändert…",
    changed: "Die Regeln gelten.",
    draftTitle: "In settings.toml stehen andere Regeln",
    draftText: "Sie entscheiden nichts, bis jemand sie in Kraft setzt.",
    showDraft: "Diese ansehen",
    showInForce: "Zurück zu den geltenden",
  },

  ownDate: {
    label: "Eigenes Datum",
    open: "Eigenes Datum geben",
    title: "Eigenes Datum geben",
    lead: "Die Dateien werden an diesem Tag gelöscht, innerhalb der Höchstfrist ihrer Regel. Schließt das Ticket danach oder bittet der Kunde darum, gehen sie früher.",
    for: "Für",
    allFiles: "Die Dateien dieses Falls",
    ofCase: "die damaligen Dateien des Falls",
    day: "Gelöscht am",
    dayMissing: "Wählen Sie einen Tag, der noch kommt.",
    reason: "Grund",
    reasonHint: "Er steht beim Fall und im Verzeichnis, unter Ihrem Namen.",
    reasonMissing: "Sagen Sie, warum. Ohne Grund kein eigenes Datum.",
    give: "Dieses Datum geben",
    giving: "Wird vermerkt…",
    given: "Das eigene Datum ist vermerkt.",
    withdraw: "Zurücknehmen",
    withdrawOf: (what: string) => `Eigenes Datum zurücknehmen: ${what}`,
    withdrawn: "Es gilt wieder allein die Regel.",
  },

  setup: {
    title: "Diesen Platz einrichten",
    steps: "Schritte",
    names: {
      passphrase: "Passphrase",
      kit: "Wiederherstellungs-Set",
      forum: "Forum",
      servers: "Tracker und Mail",
      rule: "Löschregel",
    },
    standings: { open: "offen", later: "auf später verschoben", done: "erledigt" },
    next: "Weiter",
    later: "Später",
    leave: "Vorerst verlassen",
    leaveHint: "Was erledigt ist, bleibt. Sie können jederzeit weitermachen.",
    finish: "Fertig",
    finished: "Der Platz ist eingerichtet.",
    unfinished: (count: number) =>
      plural("de", count, {
        one: "1 Schritt der Einrichtung ist noch offen.",
        other: `${count} Schritte der Einrichtung sind noch offen.`,
      }),
    goOn: "Weitermachen",
    end: "Hier beenden",

    kit: {
      lead: "Geht dieser Rechner verloren, lässt sich eine Sicherung nur mit diesen Wörtern öffnen und eine neue Passphrase wählen. Sie werden einmal gezeigt. Vorher wird keine Datei angenommen.",
      made: "Wörter wurden erzeugt, aber niemand hat gezeigt, dass sie aufgeschrieben sind. Sie lassen sich nicht noch einmal zeigen: Erzeugen Sie neue.",
      saved: "Das Wiederherstellungs-Set ist aufbewahrt.",
      show: "Die 24 Wörter zeigen",
      seal: "Für jemand anderen versiegeln",
      making: "Wird erzeugt…",
      paper: "Wiederherstellungs-Set dieses Platzes",
      words: "Die Wörter des Wiederherstellungs-Sets",
      writeDown:
        "Schreiben Sie sie in dieser Reihenfolge auf, oder drucken Sie sie. Bewahren Sie sie getrennt von diesem Rechner und von den Sicherungen auf: Wer beides hat, kann jede Datei lesen.",
      print: "Drucken",
      written: "Ich habe sie aufgeschrieben",
      askTitle: "Zeigen Sie, dass Sie sie haben",
      ask: "Nehmen Sie Ihr Blatt und geben Sie diese Wörter ein. Das Fenster hat sie vergessen.",
      word: (number: number) => `Wort ${number}`,
      check: "Prüfen",
      wrong:
        "Das sind nicht die Wörter. Achten Sie auf die Nummern auf Ihrem Blatt, oder erzeugen Sie neue.",
      anew: "Neue erzeugen",
      recipient: "Deren age-Empfänger",
      recipientHint:
        "Beginnt mit age1. Nur diese Person kann den Text öffnen; er darf mit der Post gehen.",
      notARecipient: "Ein age-Empfänger beginnt mit age1.",
      sealTitle: "Für jemand anderen versiegeln",
      sealIt: "Versiegeln",
      sealed: "Der versiegelte Text",
      sealedLead: "Geben Sie diesen Text unverändert an den Empfänger.",
      copy: "Kopieren",
      copied: "Kopiert",
      handedOver: "Der Empfänger hat ihn",
    },

    forum: {
      lead: "Custody sieht die privaten Themen Ihres Kontos an, mit einem Schlüssel, den Sie auf dem Forum selbst erteilen. Ein Passwort geben Sie hier nicht ein.",
      address: "Adresse des Forums",
      addressHint: "Zum Beispiel forum.example.com",
      notAnAddress: "Die Adresse eines Forums, etwa forum.example.com.",
      replies: "Auch in Themen antworten und Dateien aus Beiträgen nehmen",
      go: "Das Forum fragen",
      asking: "Wird gefragt…",
      access: "Worum gebeten wird, und warum",
      scopes: {
        read: "Private Themen Ihres Kontos und seiner Gruppen lesen und deren Dateien holen.",
        session_info: "Sehen, wessen Konto es ist und welche Gruppen-Postfächer es lesen kann.",
        message_bus: "Von neuen Beiträgen sofort erfahren, solange das Fenster vorn ist.",
        write: "In Ihrem Namen in Themen antworten und Dateien aus Beiträgen nehmen.",
      },
      ways: "Wie Sie Zugang geben",
      way: { code: "Mit einem Code", redirect: "Der Browser kommt zurück", paste: "Text einfügen" },
      wayHint: {
        code: "Sie geben auf dem Forum einen kurzen Code ein.",
        redirect: "Geht, wo die Verwaltung des Forums custody://forum/signed-in erlaubt.",
        paste: "Das Forum zeigt einen Text, den Sie hier einfügen. Geht überall.",
      },
      start: "Weiter",
      code: "Geben Sie diesen Code auf dem Forum ein",
      copy: "Code kopieren",
      copied: "Kopiert",
      open: "Das Forum öffnen",
      waits: "Wartet auf das Forum…",
      waitsHint: "Sie können das offen lassen und den Zugang auf einem anderen Gerät geben.",
      text: "Der Text, den das Forum gezeigt hat",
      use: "Verwenden",
      stop: "Abbrechen",
      as: (name: string) => `Angemeldet als ${name}`,
      missing: "Das hat das Forum nicht erteilt:",
      inboxes: "Wessen Postfächer angesehen werden",
      personal: "Mein eigenes",
      group: (name: string) => `Gruppe ${name}`,
      noInbox: "Wählen Sie mindestens eines; sonst kommt nichts herein.",
      keep: "Diese ansehen",
      kept: "Die Auswahl ist gespeichert.",
    },

    servers: {
      lead: "Ohne Tracker gilt das geschlossene Thema als geschlossenes Ticket. Ohne Mail stehen Belege im Thema.",
      tracker: "Tracker",
      mail: "Mail",
      add: "Einen Tracker verbinden",
      addMail: "Mail verbinden",
      kind: "Art",
      kinds: {
        request_tracker: "Request Tracker",
        redmine: "Redmine",
        jira_cloud: "Jira Cloud",
        jira_data_center: "Jira Data Center",
        gitlab: "GitLab",
        github: "GitHub",
        zendesk: "Zendesk",
      },
      address: "Adresse",
      account: "Adresse des Kontos",
      project: "Projekt",
      projectHint: "gruppe/projekt oder besitzer/name",
      key: "API-Schlüssel",
      name: "Name im Protokoll",
      from: "Adresse, von der Briefe kommen",
      smtp: "Server zum Senden",
      imap: "Server zum Empfangen",
      serverHint: "name:port, etwa smtp.example.com:587",
      password: "Passwort",
      user: "Konto, falls ein anderes",
      by: "Geöffnet durch",
      byPassword: "Passwort",
      byOAuth: "OAuth",
      tokenUrl: "Token-Endpunkt",
      client: "Client-ID",
      clientSecret: "Client-Geheimnis, falls vorhanden",
      refreshToken: "Refresh-Token",
      oauthHint:
        "Das Verbinden ist die Prüfung: Manche Anbieter nehmen einen Refresh-Token nur einmal. Es wird nichts gespeichert, wenn nicht beide Server uns einlassen.",
      test: "Verbindung prüfen",
      testing: "Wird geprüft…",
      connect: "Verbinden",
      connecting: "Wird verbunden…",
      connected: "Verbunden.",
      incomplete: "Füllen Sie jedes Feld aus, das nicht freiwillig ist.",
      secretNote: "Kommt in den Schlüsselbund und wird nie wieder gezeigt.",
    },

    found: {
      title: "Was gefunden wurde",
      account: "Konto",
      staff: "gehört dort zum Team",
      notStaff: "gehört dort nicht zum Team",
      inboxes: "Gruppen-Postfächer",
      none: "keine",
      threads: "Private Themen auf einen Blick",
      left: "Anfragen übrig",
      leftOf: (minute: number, day: number) => `${minute} in dieser Minute, ${day} heute`,
      paused: "Das Forum verlangt eine Pause von",
      seconds: (count: number) =>
        plural("de", count, { one: "1 Sekunde", other: `${count} Sekunden` }),
      places: "Dort zu sehen",
      sees: "Tickets",
      canSee: "lassen sich lesen",
      cannotSee: "keines ist zu sehen: Bitten Sie um das Leserecht",
      closed: "Geschlossen heißt",
      open: "Offen heißt",
      unknown: "Dort unbekannt",
      token: "Zugangs-Token",
      out: "Senden",
      in: "Empfangen",
      letIn: "hat uns eingelassen",
    },

    rule: {
      lead: "Das ist die Regel für jede Datei, für die keine andere gilt. Was Kunden verlangen, wird in jedem Fall früher gelöscht.",
      erase: "Gelöscht wird",
      after: {
        ticket_closed: "nach dem Schließen des Tickets",
        arrival: "nach dem Eingang",
        customer_activity: "nach der letzten Nachricht des Kunden",
      },
      latest: ", spätestens",
      arrival: "nach dem Eingang.",
      end: ".",
      time: "Zeit bis zur Löschung",
      ceiling: "Längste Zeit nach dem Eingang",
      others: (count: number) =>
        plural("de", count, {
          one: "Davor steht 1 weitere Regel, in den Einstellungen.",
          other: `Davor stehen ${count} weitere Regeln, in den Einstellungen.`,
        }),
      keep: "Diese Regel behalten",
      simulate: "Zeigen, was das täte",
    },
  },

  settings: {
    title: "Einstellungen",
    sections: "Abschnitte",
    names: {
      connections: "Verbindungen",
      rules: "Regeln",
      security: "Sicherheit",
      storage: "Speicher",
      window: "Fenster",
      practice: "Übung",
      updates: "Updates",
      about: "Über",
    },

    connections: {
      lead: "Der Platz spricht mit diesen Servern und mit niemandem sonst.",
      forum: "Forum",
      noForum: "Ohne Forum kommt nichts herein.",
      signIn: "Anmelden",
      signInAgain: "Neu anmelden",
      inboxes: "Postfächer wählen",
      looksAt: "Sieht an",
      personal: "Ihr eigenes Postfach",
      group: (name: string) => `Gruppe ${name}`,
      others: (count: number) =>
        plural("de", count, {
          one: "1 weiterer Ort aus settings.toml",
          other: `${count} weitere Orte aus settings.toml`,
        }),
      budget: "Fragt höchstens",
      budgetOf: (minute: number, day: number) => `${minute} Mal je Minute, ${day} Mal am Tag`,
      trackers: "Tracker",
      noTracker: "Das geschlossene Thema gilt als geschlossenes Ticket.",
      mail: "Mail",
      noMail: "Belege stehen im Thema.",
      sends: "Sendet über",
      receives: "Empfängt von",
      byOAuth: "mit OAuth geöffnet",
      test: "Verbindung prüfen",
      testOf: (name: string) => `Die Verbindung prüfen: ${name}`,
      change: "Ändern",
      changeOf: (name: string) => `Ändern: ${name}`,
      disconnect: "Trennen",
      disconnectOf: (name: string) => `Trennen: ${name}`,
      disconnectLead:
        "Der Schlüssel dazu wird vernichtet und, wo der Server ihn zurücknimmt, zurückgegeben.",
      disconnectForum:
        "Es kommt nichts mehr herein. Was verwahrt ist, bleibt verwahrt und endet nach den Regeln.",
      disconnectTracker:
        "Seine Tickets werden nicht mehr gelesen. Dateien, die auf eines warten, enden zum spätesten Termin.",
      disconnectMail: "Belege stehen im Thema, und Antworten per Mail werden nicht mehr gelesen.",
      disconnected: "Getrennt.",
    },

    security: {
      lockTime: "Den Platz sperren",
      lockLead:
        "Nach so langer Zeit ohne Eingabe. Beim Sperren werden Arbeitskopien gelöscht; Aufnahme und Löschung gehen weiter.",
      lockLabel: "Minuten ohne Eingabe",
      lockWrong: "Eine ganze Zahl von 1 bis 1440.",
      lockKept: "Die Zeit ist gespeichert.",
      copies: "Kopieren aus der Ansicht",
      copiesLead:
        "Was kopiert wird, liegt in der Zwischenablage des Systems, wo andere Programme es lesen und nichts es löscht. Arbeitskopien sind Dateien; für sie gilt das nicht.",
      copiesLabel: "Text darf markiert, kopiert und gedruckt werden",
      copiesKept: "Gespeichert. Es gilt für Dateien, die von jetzt an angesehen werden.",
      save: "Speichern",
      passphrase: "Passphrase",
      passphraseLead: "Sie öffnet Dateien. Im Protokoll steht, dass und wann sie geändert wurde.",
      old: "Bisherige Passphrase",
      new: "Neue Passphrase",
      change: "Passphrase ändern",
      changed: "Die Passphrase ist geändert.",
      kit: "Wiederherstellungs-Set",
      recipient: "Empfänger des Sets",
      recipients: "Schlüssel von Dateien sind versiegelt für",
      approvers: "Zwei Personen",
      approversLead:
        "Wer einen eigenen Schlüssel hat, kann vorschlagen und billigen, was zwei Personen braucht. Was das ist, steht in settings.toml unter [four_eyes].",
      needs: "Zwei Personen braucht",
      needsNothing: "nichts an diesem Platz",
      act: {
        lift_hold: "das Aufheben einer Sperre",
        early_erasure: "das Löschen vor dem Ende der Regel",
        export: "was den Platz verlässt",
      },
      nobody: "Noch hat niemand einen Schlüssel.",
      since: "seit",
      elsewhere: "an einem anderen Platz",
      remove: "Außer Gebrauch nehmen",
      removeOf: (name: string) => `Den Schlüssel von ${name} außer Gebrauch nehmen`,
      removed: "Der Schlüssel ist außer Gebrauch.",
      add: "Jemandem einen Schlüssel geben",
      name: "Name, unter dem die Person handelt",
      own: "Deren eigene Passphrase, von ihr getippt",
      addIt: "Schlüssel erzeugen",
      added: "Der Schlüssel ist erzeugt.",
      fixed: "Änderbar nur, solange nichts zwei Personen braucht.",
    },

    storage: {
      place: "Wo es liegt",
      folder: "Ordner",
      keys: "Schlüssel",
      ledger: "Protokoll",
      ledgers: {
        embedded: "eine verschlüsselte Datei in diesem Ordner",
        postgres: "eine PostgreSQL-Datenbank",
      },
      counted: "Nach dem Protokoll",
      physical: "Auf dem Datenträger",
      files: (count: number) =>
        plural("de", count, { one: "1 Datei", other: `${counted("de", count)} Dateien` }),
      compared: "Verglichen",
      never: "Noch nicht verglichen",
      fits: "es passt",
      differs: "es passt nicht",
      backups: "Sicherungen",
      backupsLead:
        "Ein Ordner auf einem anderen Datenträger oder einer Freigabe. Was hier gelöscht wird, wird auch dort gelöscht, und der Beleg sagt es.",
      noBackup: "Keine Sicherung ist verbunden.",
      needsKit:
        "Eine Sicherung ist für das Wiederherstellungs-Set versiegelt: Bewahren Sie zuerst eines auf, unter Sicherheit.",
      standings: {
        current: "auf dem Stand",
        behind: "im Rückstand",
        away: "nicht da",
        not_connected: "nicht verbunden",
      },
      missing: (count: number) =>
        plural("de", count, { one: "1 Datei fehlt dort", other: `${count} Dateien fehlen dort` }),
      goodAt: "Zuletzt auf den Stand gebracht",
      drill: "Letzte Probe",
      passed: "bestanden",
      notPassed: "nicht bestanden",
      connect: "Eine Sicherung verbinden",
      name: "Name auf Belegen",
      kept: "Tage, die andere frühere Stände des Ortes behalten",
      takeOver: "Von einer anderen Installation dieses Platzes übernehmen",
      choose: "Ordner wählen…",
      connected: "Die Sicherung ist verbunden.",
      now: "Jetzt sichern",
      done: "Jede Sicherung ist auf dem Stand.",
      leave: "Verlassen",
      leaveOf: (name: string) => `Die Sicherung ${name} verlassen`,
      leaveLead:
        "Alles darin außer dem Verzeichnis der Löschungen wird gelöscht und noch einmal angesehen. Dann liegt dort keine Kopie mehr.",
      lost: "Den Ort gibt es nicht mehr: Nichts lässt sich ansehen, und Belege, die von ihm sprechen, bleiben offen",
      left: "Die Sicherung ist verlassen.",
      aside: "Beiseitegelegt",
      asideLead:
        "Was zwischen den versiegelten Dateien lag und das Protokoll nicht kennt. Es bleibt, bis ein Mensch entscheidet.",
      noAside: "Nichts liegt beiseite.",
      erase: "Löschen",
      eraseOf: (name: string) => `Beiseitegelegtes löschen: ${name}`,
      eraseLead: "Die Bytes werden endgültig vernichtet. Im Protokoll steht, wer es getan hat.",
      erased: "Es ist gelöscht.",
      unknownAge: "seit unbekannter Zeit",
      since: "seit",
    },

    window: {
      theme: "Hell oder dunkel",
      themes: { system: "Wie das System", light: "Hell", dark: "Dunkel" },
      start: "Starten",
      text: "Größe der Schrift",
      smaller: "Kleiner",
      usual: "Übliche Größe",
      larger: "Größer",
    },

    practice: {
      lead: "Ein Übungsplatz hat ein Forum, ein Postfach, Kunden und eine eigene Uhr, alles auf diesem Rechner. Er braucht kein Konto, nichts verlässt den Rechner, und er ist fort, wenn sein Fenster geschlossen wird.",
      here: "Dieses Fenster ist auf einem Übungsplatz. Die Leiste unten spielt Kunden, Support und Uhr.",
      start: "Ein Übungsfenster öffnen",
      started: "Das Übungsfenster öffnet sich.",
    },

    updates: {
      version: "Diese Version",
      channel: "Kanal",
      channels: { stable: "stabil", preview: "Vorschau" },
      server: "Gefragter Server",
      signedBy: "Signiert mit dem Schlüssel",
      signedLead: "Was nicht damit signiert ist, wird nicht installiert.",
      look: "Nach Updates suchen",
      looking: "Wird gefragt…",
      current: "Das ist die neueste Version.",
      newer: (version: string) => `Version ${version} ist da.`,
      newerTodo: "Holen Sie sie dort, woher diese stammt. Von selbst wird nichts installiert.",
      problems: {
        unreachable: {
          what: "Der Server für Versionen antwortet nicht. Diese Version läuft weiter wie bisher.",
          todo: "Prüfen Sie das Netz und versuchen Sie es später noch einmal.",
        },
        no_release: {
          what: "Der Server hat keine Version für dieses System. Diese Version läuft weiter wie bisher.",
          todo: "Suchen Sie dort, woher dieses Programm stammt.",
        },
        not_trusted: {
          what: "Die Antwort ergibt keinen Sinn oder ist nicht mit unserem Schlüssel signiert. Nichts wurde installiert.",
          todo: "Versuchen Sie es später. Bleibt es so, sagen Sie es den Betreuern dieses Programms.",
        },
      },
    },

    about: {
      lead: "Custody verwahrt die Dateien, die Kunden dem Support anvertrauen, und beweist, dass sie fort sind.",
      licence: "MIT oder Apache-2.0, wie Sie mögen.",
      licences: "Gemacht mit",
      licencesLead: "Alles, woraus dieses Programm gebaut ist, unter diesen Lizenzen.",
      packages: (count: number) =>
        plural("de", count, { one: "1 Paket", other: `${count} Pakete` }),
    },
  },

  practice: {
    label: "Übungsplatz",
    confirm: "Kunde bestätigt",
    dispute: "Kunde bestreitet",
    post: "Kunde schickt eine Datei",
    ask: "Kunde wünscht Löschung",
    close: "Ticket schließen",
    oneDay: "+1 Tag",
    threeDays: "+3 Tage",
    moveOne: "Die Uhr um 1 Tag vorstellen",
    moveThree: "Die Uhr um 3 Tage vorstellen",
    menu: "Welt spielen",
    chooseCase: "Wählen Sie zuerst einen Fall",
    noReceipt: "Es gibt noch keinen Beleg zu bestätigen",
    alreadyClosed: "Das Ticket ist schon geschlossen",
    confirmed: "Der Kunde hat den Beleg bestätigt.",
    asked: "Der Kunde wünschte im Thema die Löschung.",
    disputed: "Der Kunde schrieb, die Datei sei noch da.",
    posted: "Der Kunde schickte im Thema noch eine Datei.",
    closed: "Das Ticket wurde geschlossen.",
    moved: (days) =>
      plural("de", days, {
        one: "Die Uhr ging um 1 Tag vor.",
        other: `Die Uhr ging um ${days} Tage vor.`,
      }),
  },

  keys: {
    title: "Tastatur",
    rows: [
      ["J / K", "Weiter / zurück in der Liste"],
      ["↑ / ↓", "Dasselbe, in der Liste"],
      ["Enter", "Zur Einzelansicht"],
      ["Esc", "Zurück zur Liste; ein Fenster schließen"],
      ["/", "Suchen"],
      ["1 – 6", "Ansichten, in der Folge der Leiste"],
      ["A", "Was zu klären ist"],
      ["Strg K", "Fall finden oder etwas tun"],
      ["Strg ,", "Einstellungen"],
      ["Strg L", "Platz sperren"],
      ["Strg W", "Fenster schließen"],
      ["Strg Q", "Beenden"],
      ["Strg + / −", "Größere / kleinere Schrift"],
      ["Strg 0", "Schrift in üblicher Größe"],
      ["?", "Diese Liste"],
    ],
  },
};
