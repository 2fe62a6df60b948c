// Scrolls the columns together by what they say: sentences that state one claim are kept at one height, and what lies
// between two of them is stretched in proportion. Claims that are told in another order cannot all be kept; the longest
// run of them that stands in one order in both columns is.
"use strict";

(() => {
  const NARROW = window.matchMedia("(max-width: 1023px)");
  let locked = true;
  let leader = null;
  let cache = new Map();

  const columns = () => Array.from(document.querySelectorAll("#columns > .column"));
  const isOn = () => locked && !NARROW.matches;
  // The height in the view at which counterparts meet: below the outlet's name, which stays in view.
  const focusOf = (column) => column.querySelector(".column-name").offsetHeight + column.clientHeight * 0.15;
  const topIn = (column, element) => element.getBoundingClientRect().top - column.getBoundingClientRect().top + column.scrollTop;

  // Places of claims in a column: claim → y of its first sentence there.
  const places = (column) => {
    const found = new Map();
    for (const sentence of column.querySelectorAll("a.s[data-claims]")) {
      const y = topIn(column, sentence);
      for (const claim of sentence.dataset.claims.split(" ")) if (!found.has(claim)) found.set(claim, y);
    }
    return found;
  };

  // The longest increasing run of [x, y] pairs, which come sorted by x.
  const increasing = (pairs) => {
    const best = pairs.map(() => 1);
    const before = pairs.map(() => -1);
    for (let i = 0; i < pairs.length; i += 1) {
      for (let j = 0; j < i; j += 1) {
        if (pairs[j][0] < pairs[i][0] && pairs[j][1] < pairs[i][1] && best[j] + 1 > best[i]) {
          best[i] = best[j] + 1;
          before[i] = j;
        }
      }
    }
    const run = [];
    for (let i = best.indexOf(Math.max(...best)); i >= 0; i = before[i]) run.unshift(pairs[i]);
    return run;
  };

  const landmarks = (from, to) => {
    const key = `${from.id} ${to.id}`;
    if (!cache.has(key)) {
      const there = places(to);
      const shared = Array.from(places(from)).filter(([claim]) => there.has(claim)).map(([claim, y]) => [y, there.get(claim)]);
      shared.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      const run = shared.length ? increasing(shared) : [];
      cache.set(key, [[0, 0], ...run, [from.scrollHeight, to.scrollHeight]]);
    }
    return cache.get(key);
  };

  const mapped = (y, marks) => {
    const after = Math.max(1, marks.findIndex(([x]) => x > y));
    const [[x1, y1], [x2, y2]] = [marks[after - 1], marks[after]];
    return y1 + ((y - x1) / (x2 - x1 || 1)) * (y2 - y1);
  };

  const follow = (from) => {
    const focus = focusOf(from);
    for (const to of columns()) {
      if (to !== from) to.scrollTop = mapped(from.scrollTop + focus, landmarks(from, to)) - focus;
    }
  };

  // The column under the reader's hand leads; what the others do by following is no lead.
  const lead = (event) => {
    if (event.type === "pointermove" && !event.movementX && !event.movementY) return; // the text moved, not the hand
    const column = event.target instanceof Element ? event.target.closest("#columns > .column") : null;
    if (column) leader = column;
  };
  for (const kind of ["wheel", "touchstart", "pointerdown", "pointermove", "focusin"]) {
    document.addEventListener(kind, lead, { passive: true });
  }
  document.addEventListener("scroll", (event) => {
    if (event.target === leader && isOn()) follow(leader);
  }, { capture: true, passive: true });

  // Brings a sentence to the focus line of its column, and its counterparts with it.
  document.addEventListener("claims:stepped", ({ detail: { sentence } }) => {
    const column = sentence.closest(".column");
    if (NARROW.matches) return sentence.scrollIntoView({ block: "start", inline: "nearest" });
    leader = column;
    const claims = sentence.dataset.claims.split(" ");
    const reach = (within, element) => { within.scrollTop = topIn(within, element) - focusOf(within); };
    reach(column, sentence);
    for (const other of columns()) {
      const twin = other !== column && claims.map((claim) => other.querySelector(`a.s[data-claims~="${claim}"]`)).find(Boolean);
      if (twin) reach(other, twin);
      else if (other !== column && isOn()) other.scrollTop = mapped(topIn(column, sentence), landmarks(column, other)) - focusOf(other);
    }
    leader = null; // what these jumps scroll is where it should be
  });

  const forget = () => { cache = new Map(); };
  window.addEventListener("resize", forget);
  document.addEventListener("htmx:load", forget);
  document.fonts?.ready.then(forget);
  document.addEventListener("change", (event) => {
    if (event.target.id === "lock") locked = event.target.checked;
  });
  document.addEventListener("claims:lock", () => {
    locked = !locked;
    const box = document.getElementById("lock");
    if (box) box.checked = locked;
  });
})();
