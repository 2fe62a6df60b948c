// Says so when a part of the page could not be fetched; without this, htmx would stay silent.
"use strict";

(() => {
  const tell = (text) => {
    const message = document.createElement("div");
    message.className = "message message-error";
    message.append(Object.assign(document.createElement("p"), { textContent: text }));
    document.getElementById("messages")?.replaceChildren(message);
  };
  document.addEventListener("htmx:sendError", () => tell("The server cannot be reached. Nothing that you typed is lost; try again."));
  document.addEventListener("htmx:responseError", ({ detail }) => {
    if (detail.xhr.status === 404) tell("This is not there any more. Load the page again to see what is.");
    else tell(`The server could not do this (error ${detail.xhr.status}). Nothing that you typed is lost; try again.`);
  });
})();
