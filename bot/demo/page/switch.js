// The switch between dark and light; without it the page follows the system.

import { find } from "./api.js";

const system = matchMedia("(prefers-color-scheme: dark)");
const chosen = () => document.documentElement.dataset.theme;
const isDark = () => (chosen() ? chosen() === "dark" : system.matches);

export function startThemeSwitch() {
  const show = () => find("theme").setAttribute("aria-pressed", String(isDark()));
  find("theme").addEventListener("click", () => {
    const theme = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    localStorage.setItem("theme", theme);
    show();
  });
  system.addEventListener("change", show);
  show();
}
