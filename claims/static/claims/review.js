// Judging with keys, choosing words by selecting them, and keeping a vote when the connection is lost.
// Without this file everything works with the page's own buttons, links and fields.
"use strict";

(() => {
  const USUAL = { y: "y", d: "d", n: "n", u: "u", j: "j", k: "k", z: "z" };
  const RETRY_MS = 4000;
  const DOUBLE_CLICK_MS = 400; // a second click meant for the item before must not judge the next one
  const LOST = new Set([0, 502, 503, 504]);
  const judging = () => document.getElementById("judging");
  const ballot = () => document.querySelector("form[data-ballot]");
  const sheet = () => document.getElementById("review-keys");
  const isTyping = (target) => target.matches?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

  const read = (name, otherwise) => {
    try { return JSON.parse(localStorage.getItem(name)) ?? otherwise; } catch { return otherwise; }
  };
  const write = (name, value) => {
    try { localStorage.setItem(name, JSON.stringify(value)); return true; } catch { return false; }
  };

  // What is told stands in the page's live region. Text only: nothing of it is read as markup.
  const tell = (text, isError = false) => {
    const message = document.createElement("div");
    message.className = `message message-${isError ? "error" : "info"}`;
    message.append(Object.assign(document.createElement("p"), { textContent: text }));
    document.getElementById("messages")?.replaceChildren(message);
  };

  // Keys
  let keys = { ...USUAL, ...read("review-keys", {}) };
  let shownAt = -Infinity; // when the item came that took another's place
  const named = (action) => document.querySelector(`#judging [data-key="${action}"]`);
  const ACTIONS = {
    j: () => document.getElementById("next-item")?.click(),
    k: () => document.getElementById("previous-item")?.click(),
    z: () => { if (ballot()) document.getElementById("undo").requestSubmit(); },
  };

  const act = (action) => {
    if (ACTIONS[action]) ACTIONS[action]();
    else if (named(action)) named(action).click();
    else return false;
    return true;
  };

  const toggle = (digit) => {
    const input = document.querySelector(`#judging [data-digit="${digit}"]`);
    if (!input) return false;
    input.click();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
    if (!judging() || sheet()?.open) return;
    const action = Object.keys(keys).find((name) => keys[name] === event.key);
    if (event.key === "?") sheet().showModal();
    else if (!(action ? act(action) : /^[1-9]$/.test(event.key) && toggle(event.key))) return;
    event.preventDefault();
  });

  const showKeys = () => {
    for (const kbd of document.querySelectorAll("[data-key-name]")) kbd.textContent = keys[kbd.dataset.keyName];
    for (const input of document.querySelectorAll("[data-remap]")) input.value = keys[input.dataset.remap];
  };

  const remap = (input) => {
    const says = document.querySelector("[data-remap-says]");
    const key = input.value.toLowerCase();
    const other = Object.keys(keys).find((name) => name !== input.dataset.remap && keys[name] === key);
    if (!/^[a-z]$/.test(key) || other) {
      says.textContent = other ? `“${key}” is taken: change that one first.` : "Choose a letter from a to z.";
    } else {
      keys[input.dataset.remap] = key;
      write("review-keys", keys);
      says.textContent = `Changed to “${key}”.`;
    }
    showKeys();
  };

  document.addEventListener("change", ({ target }) => { if (target.matches?.("[data-remap]")) remap(target); });
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    if (event.target.closest("[data-review-keys]")) sheet().showModal();
    if (event.target.closest("[data-remap-reset]")) {
      keys = { ...USUAL };
      write("review-keys", keys);
      showKeys();
    }
    const isSecondClick = event.detail > 1 && performance.now() - shownAt < DOUBLE_CLICK_MS;
    if (isSecondClick && event.target.closest(".answer")) event.preventDefault();
  }, true);

  // Words that differ: select them in a sentence. Positions are counted in characters, as the server counts them.
  const codePoints = (text) => Array.from(text).length;
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed || !ballot()) return;
    const range = selection.getRangeAt(0);
    const start = range.startContainer.parentElement?.closest("[data-side]");
    if (!start || !start.contains(range.endContainer)) return;
    const words = selection.toString();
    const input = ballot().elements[`${start.dataset.side}_words`];
    if (!words.trim() || !input) return;
    const before = range.cloneRange();
    before.selectNodeContents(start);
    before.setEnd(range.startContainer, range.startOffset);
    input.value = words.trim();
    ballot().elements[`${start.dataset.side}_at`].value = codePoints(before.toString()) + codePoints(words) - codePoints(words.trimStart());
  });
  document.addEventListener("input", ({ target }) => {
    const side = target.name?.match(/^([ab])_words$/);
    if (side) target.form.elements[`${side[1]}_at`].value = "";
  });

  // A vote that could not be sent waits in this browser and is sent again; its token lets it count once.
  const QUEUE = "review-votes";
  const mine = () => read(QUEUE, []).filter((vote) => vote.judge === judging()?.dataset.judge);
  let isSending = false;

  const keep = (form, detail) => {
    const values = new URLSearchParams();
    for (const [name, value] of detail.requestConfig.formData ?? []) values.append(name, value);
    const vote = { judge: judging().dataset.judge, path: form.getAttribute("action"), body: values.toString() };
    const waiting = read(QUEUE, []).filter((other) => other.path !== vote.path || other.judge !== vote.judge);
    if (write(QUEUE, [...waiting, vote])) tell("No connection. Your answer is kept in this browser and is sent as soon as the server can be reached.", true);
    else tell("No connection, and this browser keeps nothing. Leave this page open and answer again.", true);
    setTimeout(flush, RETRY_MS);
  };

  const drop = (vote) => write(QUEUE, read(QUEUE, []).filter((other) => other.path !== vote.path || other.body !== vote.body));

  const send = async (vote) => {
    const body = new URLSearchParams(vote.body);
    const token = ballot()?.elements.csrfmiddlewaretoken?.value ?? document.querySelector("[name=csrfmiddlewaretoken]")?.value;
    if (token) body.set("csrfmiddlewaretoken", token);
    const response = await fetch(vote.path, { method: "POST", body, headers: { "HX-Request": "true" }, redirect: "follow" });
    if (LOST.has(response.status)) throw new Error("lost");
    return response;
  };

  const REFUSED = {
    403: "An answer of yours waits in this browser, and you may not send it as things are. Log in again, then load this page.",
    404: "An answer of yours waited in this browser. It could not be counted: what it was about is not there any more.",
  };

  // What the server answered last takes the item's place, with what it said of each vote.
  const show = (answer, address, told) => {
    answer.querySelector("#messages")?.remove();
    htmx.swap(judging(), answer.innerHTML, { swapStyle: "outerHTML" });
    history.replaceState(history.state, "", address);
    document.getElementById("messages")?.replaceChildren(...told);
  };

  const flush = async () => {
    if (isSending) return;
    isSending = true;
    const told = [];
    try {
      for (const vote of mine()) {
        const response = await send(vote);
        if (response.ok || response.status === 404) drop(vote);
        if (!response.ok) {
          tell(REFUSED[response.status] ?? `An answer of yours waits in this browser: the server could not take it (error ${response.status}).`, true);
          return;
        }
        const redirect = response.headers.get("HX-Redirect");
        const answer = new DOMParser().parseFromString(await response.text(), "text/html").body;
        told.push(...answer.querySelectorAll("#messages .message"));
        const isWrong = new URL(response.url).pathname === vote.path; // it is mended before the next is sent
        if (mine().length && !isWrong) continue;
        if (redirect) location.assign(redirect);
        else show(answer, isWrong ? location.href : response.url, told);
        return;
      }
    } catch {
      setTimeout(flush, RETRY_MS);
    } finally {
      isSending = false;
    }
  };

  document.addEventListener("htmx:beforeRequest", () => judging()?.setAttribute("aria-busy", "true"));
  document.addEventListener("htmx:afterRequest", () => judging()?.removeAttribute("aria-busy"));
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, ({ detail }) => { if (detail.elt.matches("form[data-ballot]")) keep(detail.elt, detail); });
  }
  document.addEventListener("htmx:responseError", ({ detail }) => {
    if (detail.elt.matches("form[data-ballot]") && LOST.has(detail.xhr.status)) keep(detail.elt, detail);
  });
  document.addEventListener("htmx:afterSwap", ({ target }) => {
    if (target.id !== "judging" && !target.querySelector?.("#judging")) return;
    shownAt = performance.now();
  });
  document.addEventListener("htmx:load", showKeys);
  window.addEventListener("online", flush);
  document.addEventListener("DOMContentLoaded", () => { showKeys(); flush(); });
})();
