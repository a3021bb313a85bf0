// Light or dark: as the system has it, unless somebody set it. Kept on this machine, as the size of the text is.
export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];
const key = "theme";

export function currentTheme(): Theme {
  const kept = localStorage.getItem(key);
  return themes.find((theme) => theme === kept) ?? "system";
}

export function applyTheme() {
  const theme = currentTheme();
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function setTheme(theme: Theme) {
  localStorage.setItem(key, theme);
  applyTheme();
}
