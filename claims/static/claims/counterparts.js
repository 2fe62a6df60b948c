// Lights a sentence's counterparts in every column, and steps from divergence to divergence.
// Tells others with "claims:lit" which claims are lit, and "claims:stepped" where a step went.
"use strict";

(() => {
  const columns = () => document.getElementById("columns");
  const claimsOf = (sentence) => (sentence?.dataset.claims ?? "").split(" ").filter(Boolean);
  const stating = (claim) => Array.from(columns().querySelectorAll(`a.s[data-claims~="${claim}"]`));
  let opened = null;
  let at = -1;

  const light = (claims, source) => {
    for (const sentence of columns().querySelectorAll(".is-lit")) sentence.classList.remove("is-lit");
    for (const claim of claims) for (const sentence of stating(claim)) sentence.classList.add("is-lit");
    document.dispatchEvent(new CustomEvent("claims:lit", { detail: { claims, source } }));
  };
  const relight = () => light(opened ? [opened] : [], null);
  const sentenceOf = (event) => (event.target instanceof Element ? event.target.closest("#columns a.s") : null);

  // Text that scrolls under a resting pointer lights nothing: what was opened or stepped to stays lit.
  let hand = "";
  const hasMoved = (event) => {
    const before = hand;
    hand = `${event.screenX} ${event.screenY}`;
    return hand !== before;
  };
  for (const kind of ["mousemove", "click"]) document.addEventListener(kind, hasMoved, { capture: true, passive: true });
  document.addEventListener("mouseover", (event) => {
    const sentence = sentenceOf(event);
    if (sentence && hasMoved(event)) light(claimsOf(sentence), sentence);
  });
  document.addEventListener("mouseout", (event) => {
    if (sentenceOf(event)) relight();
  });
  document.addEventListener("focusin", (event) => {
    const sentence = sentenceOf(event);
    if (sentence) light(claimsOf(sentence), sentence);
  });

  document.addEventListener("claims:opened", (event) => {
    if (!columns()) return;
    opened = event.detail.claim;
    for (const sentence of columns().querySelectorAll(".is-open")) sentence.classList.remove("is-open");
    if (opened) for (const sentence of stating(opened)) sentence.classList.add("is-open");
    const place = divergences().indexOf(opened);
    if (place >= 0) goTo(place);
    relight();
    const sentence = opened && (event.detail.opener?.matches("a.s") ? event.detail.opener : stating(opened)[0]);
    if (sentence) document.dispatchEvent(new CustomEvent("claims:stepped", { detail: { sentence } }));
  });

  const divergences = () => (columns().dataset.divergences ?? "").split(" ").filter(Boolean);

  const goTo = (place) => {
    at = place;
    const count = document.querySelector("[data-step-count]");
    if (count) count.textContent = `${at + 1} of ${divergences().length}`;
  };

  const step = (by) => {
    const all = divergences();
    if (!all.length) return;
    goTo(at < 0 && by < 0 ? all.length - 1 : (at + by + all.length) % all.length);
    const sentences = stating(all[at]);
    if (!sentences.length) return;
    sentences[0].focus({ preventScroll: true }); // first: a column that gains the focus leads the others
    document.dispatchEvent(new CustomEvent("claims:stepped", { detail: { sentence: sentences[0] } }));
    light([all[at]], sentences[0]);
    if (document.querySelector("aside#claim [data-claim]")) {
      document.dispatchEvent(new CustomEvent("claims:open", { detail: { link: sentences[0] } }));
    }
  };
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-step]") : null;
    if (button) step(Number(button.dataset.step));
  });
  document.addEventListener("claims:step", (event) => step(event.detail.by));
})();
