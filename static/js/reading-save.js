/* Reading a document: a form of what was found is saved while it is typed, and what could not be sent is said.

   form[data-autosave="address"]  the answer is JSON {saved, version, texts, errors, clash}
   [data-text="title"]            words of the page that an answer's texts bring up to date
   [data-errors-for], [data-clash] in the form, [data-saved] on the page: where what came of it is said */
"use strict";

(() => {
  const reading = document.querySelector("[data-reading]");
  if (!reading) return;

  const WAIT = 800;
  const RETRY = 8000;
  const saving = new Map();

  function say(words) {
    for (const place of document.querySelectorAll("[data-saved]")) place.textContent = words;
  }

  function later(form, wait = WAIT) {
    const state = saving.get(form) || { timer: 0, running: false, waiting: false, stopped: false };
    saving.set(form, state);
    if (state.stopped) return;
    state.waiting = true;
    clearTimeout(state.timer);
    state.timer = setTimeout(() => save(form, state), wait);
  }

  function save(form, state, keepalive = false) {
    clearTimeout(state.timer);
    if (state.running || state.stopped || !state.waiting || !form.isConnected) return;
    state.running = true;
    state.waiting = false;
    state.done = post(form, state, keepalive);
  }

  async function post(form, state, keepalive) {
    say(reading.dataset.saving);
    let wait = 0;
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), keepalive, headers: { "X-Autosave": "1" } });
      if (answer.redirected || ![200, 409, 422].includes(answer.status)) throw new Error(String(answer.status));
      take(form, state, answer.status, await answer.json());
    } catch (_lost) {
      state.waiting = true;
      wait = RETRY;
      say(reading.dataset.offline);
    }
    state.running = false;
    if (state.waiting) later(form, wait || WAIT);
  }

  function take(form, state, status, answer) {
    if (status === 409) {
      state.stopped = true;
      say(reading.dataset.stopped);
      const clash = form.querySelector("[data-clash]");
      if (clash) {
        (clash.querySelector("[data-clash-words]") || clash).textContent = answer.clash;
        clash.hidden = false;
      }
      return;
    }
    const errors = answer.errors || {};
    for (const place of form.querySelectorAll("[data-errors-for]")) {
      const sentences = errors[place.dataset.errorsFor] || [];
      const input = form.elements[place.dataset.errorsFor];
      place.replaceChildren(...sentences.map((sentence) => {
        const line = document.createElement("p");
        line.className = "error";
        line.textContent = sentence;
        return line;
      }));
      if (!input || !input.setAttribute) continue;
      if (sentences.length) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
    if (answer.version !== undefined && form.elements.version) form.elements.version.value = answer.version;
    say(status === 422 ? answer.saved || reading.dataset.stopped : answer.saved);
    for (const [name, words] of Object.entries(answer.texts || {})) {
      for (const place of document.querySelectorAll(`[data-text="${CSS.escape(name)}"]`)) place.textContent = words;
    }
  }

  const autosaved = (event) => event.target.closest && event.target.closest("form[data-autosave]");
  for (const name of ["input", "change"]) {
    document.addEventListener(name, (event) => {
      const form = autosaved(event);
      if (form) later(form, name === "change" ? 50 : WAIT);
    });
  }
  document.addEventListener("submit", (event) => {
    const state = saving.get(event.target);
    if (!state) return;
    clearTimeout(state.timer);
    state.waiting = false;
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.detail.elt.closest("form[data-autosave]");
    const state = form && saving.get(form);
    if (!state) return;
    clearTimeout(state.timer);
    state.waiting = false;
  });
  // What is being saved carries a version that the decision needs: the decision waits for it. Folding up sends nothing
  // along: it waits for all that was typed, and the form stays open where that could not be saved.
  document.addEventListener("htmx:confirm", (event) => {
    const form = event.detail.elt.closest("form[data-autosave]");
    const state = form && saving.get(form);
    if (!state || event.detail.question) return;
    const folds = event.detail.verb === "get";
    if (!state.running && !(folds && state.waiting && !state.stopped)) return;
    event.preventDefault();
    if (folds) {
      allSaved(form, state).then((isSaved) => isSaved && event.detail.issueRequest());
      return;
    }
    state.waiting = false;
    state.done.then(() => event.detail.issueRequest());
  });

  async function allSaved(form, state) {
    if (state.running) await state.done;
    if (state.waiting) {
      save(form, state);
      await state.done;
    }
    return !state.waiting && !state.stopped;
  }
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) for (const [form, state] of saving) save(form, state, true);
  });
  window.addEventListener("beforeunload", (event) => {
    if ([...saving].some(([form, state]) => form.isConnected && state.waiting && !state.stopped)) event.preventDefault();
  });

  // A decision that did not get through takes nothing along: what it was to save is saved by itself again.
  for (const name of ["htmx:sendError", "htmx:responseError"]) {
    document.addEventListener(name, (event) => {
      say(reading.dataset.offline);
      const form = event.detail.elt.closest("form[data-autosave]");
      if (form && saving.has(form)) later(form, RETRY);
    });
  }
})();
