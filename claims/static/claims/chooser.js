// Keeps the sheet of outlets open while one after another is ticked, and closes it when the reader goes elsewhere.
"use strict";

(() => {
  const chooser = () => document.querySelector(".chooser");
  let wasOpen = false;

  document.addEventListener("htmx:beforeSwap", () => { wasOpen = chooser()?.open ?? false; });
  document.addEventListener("htmx:afterSwap", () => { if (chooser() && wasOpen) chooser().open = true; });
  // An outlet that is no longer shown cannot be the first column. This comes before htmx reads the form.
  document.addEventListener("change", ({ target }) => {
    if (!target.matches(".chooser input:not(:checked)")) return;
    const first = chooser().querySelector("select");
    const left = chooser().querySelector("input:checked");
    if (first.value === target.value && left) first.value = left.value;
  }, { capture: true });
  document.addEventListener("click", (event) => {
    if (chooser()?.open && event.target.isConnected && !chooser().contains(event.target)) chooser().open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !chooser()?.open) return;
    chooser().open = false;
    chooser().querySelector("summary").focus();
  });
})();
