// Draws lines between the lit sentences of neighbouring columns; on request, between all that are in view.
"use strict";

(() => {
  const SVG = "http://www.w3.org/2000/svg";
  let lit = [];
  let planned = false;

  const desk = () => document.querySelector(".desk");
  const all = () => document.getElementById("all-connectors")?.checked;

  // A sentence's rectangle in the desk, cut to what its column shows; nothing if it is out of sight.
  const visible = (sentence, origin) => {
    const column = sentence.closest(".column");
    const frame = column.getBoundingClientRect();
    const top = Math.max(frame.top, column.querySelector(".column-name").getBoundingClientRect().bottom);
    const box = sentence.getBoundingClientRect();
    if (box.bottom < top || box.top > frame.bottom) return null;
    const middle = (Math.max(box.top, top) + Math.min(box.bottom, frame.bottom)) / 2;
    const text = sentence.closest(".article-text").getBoundingClientRect();
    return { left: text.left - origin.left - 6, right: text.right - origin.left + 6, y: middle - origin.top };
  };

  const path = (from, to, sentence, isFaint) => {
    const line = document.createElementNS(SVG, "path");
    const half = (to.left - from.right) / 2;
    line.setAttribute("d", `M${from.right} ${from.y}C${from.right + half} ${from.y} ${to.left - half} ${to.y} ${to.left} ${to.y}`);
    const state = ["agree", "diverge"].find((name) => sentence.classList.contains(`s-${name}`)) ?? "agree";
    line.setAttribute("class", `c-${state}${isFaint ? " is-faint" : ""}`);
    return line;
  };

  const lines = (claim, origin, isFaint) => {
    const found = [];
    let last = null;
    for (const column of document.querySelectorAll("#columns > .column")) {
      const sentence = column.querySelector(`a.s[data-claims~="${claim}"]`);
      const place = sentence && visible(sentence, origin);
      if (!place) continue;
      if (last) found.push(path(last, place, sentence, isFaint));
      last = place;
    }
    return found;
  };

  const draw = () => {
    planned = false;
    const svg = desk()?.querySelector(".connectors");
    if (!svg) return;
    const origin = desk().getBoundingClientRect();
    const others = all() ? new Set(Array.from(document.querySelectorAll("#columns a.s-agree, #columns a.s-diverge")).flatMap((s) => s.dataset.claims.split(" "))) : new Set();
    for (const claim of lit) others.delete(claim);
    svg.replaceChildren(
      ...Array.from(others).flatMap((claim) => lines(claim, origin, true)),
      ...lit.flatMap((claim) => lines(claim, origin, false)),
    );
  };
  const plan = () => {
    if (!planned) requestAnimationFrame(draw);
    planned = true;
  };

  document.addEventListener("claims:lit", (event) => {
    lit = event.detail.claims;
    plan();
  });
  document.addEventListener("scroll", plan, { capture: true, passive: true });
  window.addEventListener("resize", plan);
  document.addEventListener("htmx:load", plan);
  document.addEventListener("change", (event) => {
    if (event.target.id === "all-connectors") plan();
  });
})();
