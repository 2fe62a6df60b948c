// Lets files be dropped on a form that has a file input: [data-dropzone]. The form works without it.
"use strict";

(() => {
  const zoneOf = (event) => event.target instanceof Element && event.target.closest("[data-dropzone]");
  const carriesFiles = (event) => Array.from(event.dataTransfer?.types ?? []).includes("Files");

  const showHints = (root) => {
    for (const hint of root.querySelectorAll("[data-dropzone-hint]")) hint.hidden = false;
  };

  // A file dropped beside the zone would replace the page, and with it everything typed.
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    const zone = zoneOf(event);
    event.dataTransfer.dropEffect = zone ? "copy" : "none";
    zone?.setAttribute("data-dropping", "");
  });
  document.addEventListener("dragleave", (event) => {
    const zone = zoneOf(event);
    if (zone && !zone.contains(event.relatedTarget)) zone.removeAttribute("data-dropping");
  });
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    const zone = zoneOf(event);
    if (!zone) return;
    zone.removeAttribute("data-dropping");
    addTo(zone.querySelector("input[type=file]"), event.dataTransfer.files);
  });

  // Dropping twice adds to what was dropped first, as choosing in a dialog would not.
  function addTo(input, dropped) {
    const all = new DataTransfer();
    for (const file of [...input.files, ...dropped]) all.items.add(file);
    input.files = all.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  }

  showHints(document);
  document.addEventListener("htmx:load", (event) => showHints(event.detail.elt));
})();
