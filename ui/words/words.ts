// Which language the window speaks. The tables stand in one file for each language, and have one type.
import type { Fault } from "../ipc/generated/names";
import { locale } from "../shared/locale";
import { de } from "./de";
import { en, type Words } from "./en";

export type { Words };
export type FaultWords = Record<Fault, { what: string; todo: string }>;

export const words: Words = locale.startsWith("de") ? de : en;
