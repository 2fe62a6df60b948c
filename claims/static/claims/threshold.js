// The slider beside the number: each follows the other. htmx asks for the preview when either changes.
"use strict";

(() => {
  const form = document.querySelector("[data-threshold]");
  if (!form) return;
  const number = form.elements.threshold;
  const range = form.querySelector("input[type=range]");
  const output = form.querySelector("output");

  const tell = () => {
    output.textContent = `${range.value}%`;
    range.setAttribute("aria-valuetext", `${range.value} percent`);
  };
  // Before htmx, which listens further out, reads the form.
  range.addEventListener("input", () => { number.value = range.value; tell(); });
  number.addEventListener("input", () => { if (number.value) { range.value = number.value; tell(); } });
  tell();
})();
