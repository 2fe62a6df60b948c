// Keeps the sheet of outlets open while one after another is ticked, and closes it when the reader goes elsewhere.
"use strict";

(() => {
  const chooser = () => document.querySelector(".chooser");
  let wasOpen = false;

  document.addEventListener("htmx:beforeSwap", () => { wasOpen = chooser()?.open ?? false; });
  document.addEventListener("htmx:afterSwap", () => { if (chooser() && wasOpen) chooser().open = true; });
  document.addEventListener("click", (event) => {
    if (chooser()?.open && event.target.isConnected && !chooser().contains(event.target)) chooser().open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !chooser()?.open) return;
    chooser().open = false;
    chooser().querySelector("summary").focus();
  });
})();
