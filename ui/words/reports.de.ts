// What the screen of reports says, in German.
import { plural } from "./plural";
import type { reports as english } from "./reports.en";

const files = (count: number) =>
  plural("de", count, { one: "1 Datei", other: `${count.toLocaleString("de")} Dateien` });

export const reports: typeof english = {
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
    writing: "Schreibt …",
    forms: {
      pdf: { title: "PDF", text: "Ein Dokument für die Prüfung, mit Diagrammen und Definitionen" },
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
    caption: (count, hours) => `${files(count)}, deren Regel ${hours.toLocaleString("de")} h gibt`,
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
};
