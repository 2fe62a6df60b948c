// The reader's choice of light or dark, kept in this browser. Runs before the page is painted, so that nothing flashes.
"use strict";

(() => {
  const root = document.documentElement;
  const NEXT = { auto: "light", light: "dark", dark: "auto" };
  const SAYS = { auto: "Theme: as the system", light: "Theme: light", dark: "Theme: dark" };

  const stored = () => {
    try { return localStorage.getItem("theme"); } catch { return null; } // storage may be switched off
  };
  const store = (theme) => {
    try { localStorage.setItem("theme", theme); } catch { /* then the choice lasts for this page */ }
  };
  let theme = stored() in NEXT ? stored() : "auto";

  const apply = () => {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    for (const button of document.querySelectorAll("[data-theme-toggle]")) {
      button.hidden = false;
      button.querySelector("span").textContent = SAYS[theme];
    }
  };

  root.classList.add("has-scripts");
  apply();
  document.addEventListener("DOMContentLoaded", apply);
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-theme-toggle]")) return;
    theme = NEXT[theme];
    store(theme);
    apply();
  });
})();
