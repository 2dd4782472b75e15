/* Photos and files go as they are chosen, one in a request: what is sent at once has a limit, and on a bad line each that
   arrived is kept. What did not arrive is named in the list's place (data-lost); the list of the next one would come
   without what was said of those before it, so that is said again.
   Without this file, and in old browsers, all that were chosen go in one request. */
"use strict";

(() => {
  const INPUT = "input[data-uploads]";
  const queue = [];
  let travelling = false;
  let refused = [];
  let lost = [];
  let pressed = null;
  let answered = null;

  const here = () => document.querySelector(INPUT);
  const listOf = (input) => input.closest("section");
  const isOurs = (event) => Boolean(event.detail.requestConfig) && event.detail.requestConfig.elt.matches(INPUT);
  /* A submission has to wait for the queue, and only a button that is known can be pressed again. */
  const canQueue = typeof DataTransfer === "function" && typeof SubmitEvent === "function" && "submitter" in SubmitEvent.prototype;

  function show(input) {
    const list = listOf(input);
    const said = lost.length ? [...refused, input.dataset.lost.replace("{names}", lost.join(", "))] : refused;
    for (const line of list.querySelectorAll(":scope > .error")) line.remove();
    list.querySelector("h2, h3").after(...said.map((sentence) => {
      const line = document.createElement("p");
      line.className = "error";
      line.setAttribute("role", "alert");
      line.textContent = sentence;
      return line;
    }));
  }

  function sendNext() {
    const input = here();
    travelling = Boolean(input) && queue.length > 0;
    if (!travelling) return finish();
    const one = new DataTransfer();
    one.items.add(queue.shift());
    input.files = one.files;
    input.dispatchEvent(new Event("send-file"));
    return undefined;
  }

  /* Who pressed a button meanwhile and lacks a file sees why first. */
  function finish() {
    const button = pressed;
    pressed = null;
    if (!button) return;
    if (lost.length + refused.length) listOf(here()).scrollIntoView({ block: "center" });
    else button.click();
  }

  document.addEventListener("change", (event) => {
    if (!event.target.matches(INPUT)) return;
    if (!travelling) [refused, lost] = [[], []];
    if (!canQueue) return;
    event.stopImmediatePropagation(); /* htmx would send them all at once */
    queue.push(...event.target.files);
    if (!travelling) sendNext();
  }, true);

  document.addEventListener("htmx:afterSettle", (event) => {
    const input = here();
    if (!isOurs(event) || event.detail.xhr === answered || !input) return;
    answered = event.detail.xhr; /* it settles once for each element of the answer */
    refused.push(...[...listOf(input).querySelectorAll(":scope > .error")].map((line) => line.textContent));
    show(input);
    sendNext();
  });

  function fail(event) {
    const input = here();
    if (!isOurs(event) || !input) return;
    const hasNoLine = event.type !== "htmx:responseError";
    lost.push(...[...input.files, ...(hasNoLine ? queue.splice(0) : [])].map((file) => file.name));
    input.value = "";
    show(input);
    window.setTimeout(sendNext, 0); /* once htmx is done with this one */
  }
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(name, fail);

  document.addEventListener("submit", (event) => {
    const input = here();
    if (!travelling || !event.submitter || !input || input.form !== event.target) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed = event.submitter;
    listOf(input).scrollIntoView({ block: "center" });
  }, true);

  window.addEventListener("beforeunload", (event) => { if (travelling) event.preventDefault(); });
})();
