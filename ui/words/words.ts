// Which language the window speaks. The tables stand in one file for each language, and have one type.
import { locale } from "../shared/locale";
import { de } from "./de";
import { en, type Words } from "./en";

export type { Words };

export const words: Words = locale.startsWith("de") ? de : en;
