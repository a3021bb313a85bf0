// Each state has a word, a shape and a colour; never a colour alone.
import Ban from "@lucide/svelte/icons/ban";
import CircleCheck from "@lucide/svelte/icons/circle-check";
import CircleDashed from "@lucide/svelte/icons/circle-dashed";
import CirclePause from "@lucide/svelte/icons/circle-pause";
import CircleQuestionMark from "@lucide/svelte/icons/circle-question-mark";
import CircleX from "@lucide/svelte/icons/circle-x";
import Download from "@lucide/svelte/icons/download";
import Eraser from "@lucide/svelte/icons/eraser";
import Eye from "@lucide/svelte/icons/eye";
import FileQuestionMark from "@lucide/svelte/icons/file-question-mark";
import FileX from "@lucide/svelte/icons/file-x";
import Hourglass from "@lucide/svelte/icons/hourglass";
import KeyRound from "@lucide/svelte/icons/key-round";
import Lock from "@lucide/svelte/icons/lock";
import MailQuestionMark from "@lucide/svelte/icons/mail-question-mark";
import MailX from "@lucide/svelte/icons/mail-x";
import ReceiptText from "@lucide/svelte/icons/receipt-text";
import LifeBuoy from "@lucide/svelte/icons/life-buoy";
import Scale from "@lucide/svelte/icons/scale";
import Send from "@lucide/svelte/icons/send";
import Settings2 from "@lucide/svelte/icons/settings-2";
import Ticket from "@lucide/svelte/icons/ticket";
import UserCheck from "@lucide/svelte/icons/user-check";
import TriangleAlert from "@lucide/svelte/icons/triangle-alert";
import type { Component } from "svelte";
import type { CaseStanding, EventTopic, ReceiptStanding } from "../ipc/generated/names";
import type { AnswerView, AttentionKind, FileView, JobStanding } from "../ipc/generated/views";
import type { Tone } from "./Badge.svelte";

interface Mark {
  icon: Component<{ class?: string }>;
  tone: Tone;
}

/** The colour of a mark that stands alone. */
export const tones: Record<Tone, string> = {
  calm: "text-ink-faint",
  accent: "text-accent",
  good: "text-good",
  warn: "text-warn",
  bad: "text-bad",
};

export const caseMarks: Record<CaseStanding, Mark> = {
  arriving: { icon: Download, tone: "accent" },
  held: { icon: Lock, tone: "calm" },
  due: { icon: Hourglass, tone: "warn" },
  on_hold: { icon: CirclePause, tone: "accent" },
  erasing: { icon: Eraser, tone: "warn" },
  erased: { icon: CircleDashed, tone: "calm" },
  confirmed: { icon: CircleCheck, tone: "good" },
  needs_person: { icon: TriangleAlert, tone: "bad" },
  empty: { icon: Ban, tone: "calm" },
};

export const fileMarks: Record<FileView["state"], Mark> = {
  arriving: caseMarks.arriving,
  refused: { icon: Ban, tone: "warn" },
  held: caseMarks.held,
  due: caseMarks.due,
  erasing: caseMarks.erasing,
  erased: caseMarks.erased,
  lost: { icon: TriangleAlert, tone: "bad" },
};

export const receiptMarks: Record<ReceiptStanding, Mark> = {
  waiting: { icon: Hourglass, tone: "calm" },
  sent: { icon: Send, tone: "accent" },
  bounced: { icon: MailX, tone: "bad" },
  confirmed: { icon: CircleCheck, tone: "good" },
  disputed: { icon: TriangleAlert, tone: "bad" },
  answer_unclear: { icon: MailQuestionMark, tone: "warn" },
};

/** What an event is about. None is better or worse than another. */
export const topicMarks: Record<EventTopic, Component<{ class?: string }>> = {
  intake: Download,
  erasure: Eraser,
  receipts: ReceiptText,
  requests: CircleQuestionMark,
  holds: CirclePause,
  opening: Eye,
  desk: Settings2,
  keys: KeyRound,
};

export const requestMarks: Record<"accepted" | "unclear" | "set_aside", Mark> = {
  accepted: { icon: Eraser, tone: "warn" },
  unclear: { icon: CircleQuestionMark, tone: "warn" },
  set_aside: { icon: Ban, tone: "calm" },
};

export const answerMarks: Record<AnswerView["answer"], Mark> = {
  confirmed: receiptMarks.confirmed,
  disputed: receiptMarks.disputed,
  unclear: receiptMarks.answer_unclear,
};

export const jobMarks: Record<JobStanding, Mark> = {
  not_yet: { icon: CircleDashed, tone: "calm" },
  good: { icon: CircleCheck, tone: "good" },
  failing: { icon: TriangleAlert, tone: "warn" },
  paused: { icon: CirclePause, tone: "accent" },
  late: { icon: Hourglass, tone: "warn" },
  stopped: { icon: CircleX, tone: "bad" },
};

export const attentionMarks: Record<AttentionKind, Mark> = {
  unclear_request: { icon: CircleQuestionMark, tone: "warn" },
  receipt_bounced: receiptMarks.bounced,
  receipt_disputed: receiptMarks.disputed,
  answer_unclear: receiptMarks.answer_unclear,
  file_lost: { icon: FileX, tone: "bad" },
  erasure_stuck: { icon: Eraser, tone: "bad" },
  case_exposed: { icon: TriangleAlert, tone: "bad" },
  sweep_stopped: { icon: Hourglass, tone: "warn" },
  viewing_copy_stays: { icon: Eye, tone: "bad" },
  left_in_drop_folder: { icon: FileQuestionMark, tone: "warn" },
  kit_not_saved: { icon: LifeBuoy, tone: "warn" },
  rules_differ: { icon: Scale, tone: "warn" },
  ticket_offered: { icon: Ticket, tone: "accent" },
  not_reconciled: { icon: TriangleAlert, tone: "bad" },
  hold_review: { icon: CirclePause, tone: "accent" },
  reply_bounced: receiptMarks.bounced,
  approval_waits: { icon: UserCheck, tone: "accent" },
};
