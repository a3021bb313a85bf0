// Everything the window says, in German. The type is that of the English table: a missing or a wrong entry does not compile.
import type { Words } from "./en";
import { faults } from "./faults.de";
import { counted, plural } from "./plural";
import { reports } from "./reports.de";
import { setup } from "./setup.de";
import { settings } from "./settings.de";

const files = (count: number) => plural("de", count, { one: "1 Datei", other: `${count} Dateien` });

export const de: Words = {
  faults,
  reports,

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
      due: "Fällig",
      on_hold: "Angehalten",
      needs_person: "Zu klären",
      done: "Gelöscht",
    },
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

  drop: {
    make: "Dateien hinzufügen",
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
    cut: "Nur der erste Teil wird gezeigt: Mehr wird nicht in den Speicher entpackt. Eine Ansichtskopie der Datei enthält alles.",
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
        `Es hätte ${width} × ${height} Punkte oder ist eine sehr große Datei: Es zu zeichnen könnte den Speicher füllen. „Als Bytes“ zeigt, was es enthält; eine Ansichtskopie öffnet sich in einem Programm Ihrer Wahl.`,
      unmeasured:
        "Es sagt nicht, wie groß es ist, wie ein Bild es tut. „Als Bytes“ zeigt, was es enthält.",
      broken:
        "Es beginnt wie ein Bild und geht nicht so weiter. „Als Bytes“ zeigt, was es enthält; eine Ansichtskopie öffnet sich in einem Programm Ihrer Wahl.",
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
          "Es ist mit einem Passwort des Kunden verschlüsselt. Legen Sie eine Ansichtskopie der Datei an und öffnen Sie sie mit einem Programm, das danach fragt.",
        method:
          "Es ist auf eine Weise gepackt, die hier nicht entpackt wird. Legen Sie eine Ansichtskopie der Datei an und öffnen Sie sie mit einem Programm, das es kann.",
        not_a_file: "Es ist ein Ordner oder ein Verweis: Es gibt darin nichts zu zeigen.",
        bomb: "Aus so wenig wird so viel, dass es gemacht wurde, um einen Speicher zu füllen. Es wird nicht entpackt, und sollte es auch anderswo nicht werden.",
        no_room:
          "Neben dem, was von dieser Datei offen ist, ist kein Speicher mehr. Gehen Sie zum Archiv zurück und öffnen Sie es von dort.",
        too_deep:
          "Es liegt zu tief in Archiven in Archiven. Legen Sie eine Ansichtskopie der Datei an und entpacken Sie sie mit einem Programm Ihrer Wahl.",
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
    reason: "Wofür sie ist",
    reasonMissing: "Sagen Sie, wofür sie ist. Wer sie genehmigt, liest das.",
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
      "Was gelöscht wird, ist endgültig zerstört: Schlüssel, versiegelte Daten und Ansichtskopien.",
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

  setup,

  settings,

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
