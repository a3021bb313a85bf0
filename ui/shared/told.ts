// What the desk tells by codes, as sentences of the window's language.
import type {
  CaseRuleView,
  Happening,
  LocationView,
  WhoView,
  WhomView,
  WhyView,
} from "../ipc/generated/views";
import { words } from "../words/words";
import { say } from "./sentence";

export const who = (it: WhoView) => say(words.told.who, it);

/** To stand behind the name of whoever did it. */
export const happened = (it: Happening) => say(words.told.happened, it);

export const why = (it: WhyView) => say(words.told.why, it);

export const location = ({ place, found }: LocationView) =>
  words.told.location(say(words.told.place, place), say(words.told.found, found));

export const whom = (lists: WhomView[]) =>
  lists.length === 0
    ? words.told.everyFile
    : words.told.both(lists.map((list) => say(words.told.whom, list)));

/** The rules that files of a case follow, each with how many do where there are several. */
export const rules = (all: CaseRuleView[]) =>
  all.map(({ files, terms }) =>
    all.length === 1 ? words.told.rule(terms) : words.told.ruleOf(files, words.told.rule(terms)),
  );
