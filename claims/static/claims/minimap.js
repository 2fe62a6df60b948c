// Shows on the minimap what is in view, counts what lies above and below it, and goes where it is pressed.
"use strict";

(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const STATES = [["diverge", "≠"], ["agree", "="], ["unique", "○"]];
  let planned = false;

  const columns = () => Array.from(document.querySelectorAll("#columns > .column"));
  const map = () => document.querySelector(".minimap");
  // The map shows the text, without what stands above and below it in its column: y in the column → part of the text.
  const textOf = (column) => column.querySelector(".article-text");
  const part = (column, y) => Math.min(1, Math.max(0, (y - textOf(column).offsetTop) / (textOf(column).offsetHeight || 1)));

  const say = (place, counts) => {
    const lines = STATES.filter(([state]) => counts[state]).map(([state, sign]) => {
      const line = document.createElement("span");
      line.className = `n-${state}`;
      line.textContent = `${counts[state]} ${sign} `;
      return line;
    });
    const arrow = document.createElement("b");
    arrow.textContent = place === "above" ? "↑" : "↓";
    document.querySelector(`[data-rail-${place}]`)?.replaceChildren(...(lines.length ? [arrow, ...lines] : []));
  };

  const draw = () => {
    planned = false;
    const svg = map();
    if (!svg || !svg.getClientRects().length) return;
    const { width, height } = svg.viewBox.baseVal;
    const strip = width / columns().length;
    const counts = { above: {}, below: {} };
    const views = columns().map((column, n) => {
      const frame = column.getBoundingClientRect();
      const top = column.querySelector(".column-name").getBoundingClientRect().bottom;
      for (const sentence of column.querySelectorAll(".s-agree, .s-diverge, .s-unique")) {
        const box = sentence.getBoundingClientRect();
        const side = box.bottom <= top ? counts.above : box.top >= frame.bottom ? counts.below : null;
        const state = sentence.classList[1].slice(2);
        if (side) side[state] = (side[state] ?? 0) + 1;
      }
      const from = part(column, column.scrollTop + top - frame.top);
      const to = part(column, column.scrollTop + column.clientHeight);
      const view = document.createElementNS(SVG, "rect");
      const set = { class: "m-view", x: n * strip, width: strip * 0.9, y: from * height, height: (to - from) * height };
      for (const [name, value] of Object.entries(set)) view.setAttribute(name, value);
      return view;
    });
    svg.querySelector("[data-minimap-views]").replaceChildren(...views);
    say("above", counts.above);
    say("below", counts.below);
  };
  const plan = () => {
    if (!planned) requestAnimationFrame(draw);
    planned = true;
  };

  const go = (event) => {
    const frame = map().getBoundingClientRect();
    const all = columns();
    const column = all[Math.min(all.length - 1, Math.max(0, Math.floor(((event.clientX - frame.left) / frame.width) * all.length)))];
    const y = textOf(column).offsetTop + ((event.clientY - frame.top) / frame.height) * textOf(column).offsetHeight;
    column.dispatchEvent(new Event("pointerdown", { bubbles: true })); // it leads the others
    column.scrollTop = y - column.clientHeight / 2;
  };
  document.addEventListener("pointerdown", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest(".minimap")) return;
    event.preventDefault();
    go(event);
    const stop = () => document.removeEventListener("pointermove", go);
    document.addEventListener("pointermove", go);
    document.addEventListener("pointerup", stop, { once: true });
  });

  document.addEventListener("scroll", plan, { capture: true, passive: true });
  window.addEventListener("resize", plan);
  document.addEventListener("htmx:load", plan);
  document.addEventListener("claims:opened", plan);
  document.fonts?.ready.then(plan);
})();
