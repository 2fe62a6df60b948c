// Keys of the side-by-side page. Single keys do nothing while someone types or holds another key (WCAG 2.1.4).
"use strict";

(() => {
  const isTyping = (target) => target.matches?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  const sheet = () => document.getElementById("keys");
  const send = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
  const KEYS = {
    j: () => send("claims:step", { by: 1 }),
    k: () => send("claims:step", { by: -1 }),
    l: () => send("claims:lock"),
    "?": () => sheet().showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || sheet()?.open) return;
    const action = KEYS[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-keys-help]")) sheet().showModal();
  });

  // At phone width one column is in view; its tab says so.
  const mark = () => {
    const columns = document.getElementById("columns");
    if (!columns) return;
    const shown = Math.round(columns.scrollLeft / (columns.clientWidth + 24));
    document.querySelectorAll(".column-tabs a").forEach((tab, n) => {
      if (n === shown) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
    });
  };
  document.addEventListener("scroll", (event) => { if (event.target.id === "columns") mark(); }, { capture: true, passive: true });
  document.addEventListener("DOMContentLoaded", mark);
  document.addEventListener("htmx:load", mark);
})();
