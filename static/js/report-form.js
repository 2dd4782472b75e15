/* The monthly report as it is typed: new to-date and share at once, the draft saved by itself.
   Without this file the page still works: the server computes, and a button saves. */
"use strict";

(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;

  const saved = document.querySelector("[data-saved]");
  const clash = document.getElementById("autosave-clash");
  const keeper = keeperOf(form);
  const WAIT = 1200;
  const RETRY = 10000;
  const PATIENCE = 20000;
  let timer = 0;
  let running = false;
  let waiting = false;
  /* Two people met: nothing is saved by itself until this one has chosen and pressed the button. */
  const settling = document.getElementById("clash") !== null;
  let stopped = settling;
  let leaving = false;
  let arrived = () => {};
  /* What went out and got no answer: perhaps the portal has it, so it goes again as it was before anything newer. */
  let unanswered = null;

  /* --- figures: the same reading as on the server ------------------------------------------- */

  function read(text) {
    const typed = text.replace(/[\s\u00a0\u202f\u2009]+/g, " ").trim();
    if (!typed) return null;
    if (!/^([0-9]{1,30}|[0-9]{1,3}([. ][0-9]{3})+)(,[0-9]{1,30})?$/.test(typed)) return NaN;
    return Number(typed.replace(/[. ]/g, "").replace(",", "."));
  }

  const write = (number, places = 4) => new Intl.NumberFormat("de-DE", { maximumFractionDigits: places }).format(number);

  /* As a person types it: no dots, which keyboards of telephones lack. */
  const plain = (number) => String(Math.round(number * 10000) / 10000).replace(".", ",");

  function percent(part, whole) {
    const exact = (100 * part) / whole;
    const shown = Math.round(exact * 10) / 10;
    return `${write(exact < 100 && shown >= 100 ? 99.9 : shown, 1)}%`;
  }

  const field = (entry, name) => entry.querySelector(`[name$="-${name}"]`);

  function showSum(entry) {
    const amount = field(entry, "amount");
    if (!amount) return null;
    const value = read(amount.value);
    const output = entry.querySelector("[data-sum]");
    const known = value !== null && !Number.isNaN(value);
    if (output) output.textContent = known ? write(Number(entry.dataset.earlier || 0) + value) : "–";
    const hint = entry.querySelector("[data-blank-hint]");
    if (hint) hint.hidden = amount.value.trim() !== "";
    return known ? write(value) : null;
  }

  /* An outcome that is ticked adds to what is typed; unticked it goes out again, and a blank is left where it was all. */
  function count(tick, amount) {
    const before = read(amount.value);
    if (Number.isNaN(before)) return;
    const adds = Number(tick.dataset.adds);
    const after = Math.max(0, (before || 0) + (tick.checked ? adds : -adds));
    amount.value = after || tick.checked ? plain(after) : "";
  }

  function showShare(entry) {
    const output = entry.querySelector("[data-share]");
    if (!output) return null;
    const part = read(field(entry, "numerator").value);
    const whole = read(field(entry, "denominator").value);
    const known = part !== null && whole > 0 && part <= whole;
    output.textContent = known ? `= ${percent(part, whole)}` : output.dataset.none;
    output.classList.toggle("fig--none", !known);
    return part !== null && whole !== null && !Number.isNaN(part + whole) ? `${write(part)}/${write(whole)}` : null;
  }

  function show(entry) {
    const figure = showSum(entry) || showShare(entry);
    const mirror = document.querySelector(`[data-toc="${entry.dataset.entry}"]`);
    if (mirror && !field(entry, "is_done")) mirror.textContent = figure || "–";
  }

  /* --- saving ------------------------------------------------------------------------------- */

  function say(text) {
    saved.textContent = text;
  }

  function later(wait = WAIT) {
    if (stopped) return;
    clearTimeout(timer);
    waiting = true;
    timer = setTimeout(send, wait);
  }

  async function send(keepalive = false) {
    clearTimeout(timer);
    if (running || stopped || !waiting) return;
    running = new Promise((resolve) => { arrived = resolve; });
    const typed = new FormData(form);
    typed.delete("evidence"); /* files go by themselves */
    const now = new URLSearchParams(typed).toString();
    const sent = unanswered || now;
    unanswered = sent;
    waiting = sent !== now; /* what was typed since goes after it */
    say(form.dataset.saving);
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: new URLSearchParams(sent), keepalive, headers: { "X-Autosave": "1" } });
      if (answer.redirected || [401, 403].includes(answer.status)) return signedOut();
      if (answer.status === 409) return stop((await answer.json()).clash);
      if (!answer.ok) {
        unanswered = null;
        throw new Error(String(answer.status));
      }
      take(await answer.json());
    } catch (_lost) {
      waiting = true;
      say(form.dataset.offline);
      timer = setTimeout(send, RETRY);
    } finally {
      running = false;
      arrived();
      if (waiting && saved.textContent !== form.dataset.offline) later();
    }
    return undefined;
  }

  /* Trying again would not help: the words stay on this device until the report is opened anew. */
  function signedOut() {
    stopped = true;
    waiting = false;
    say(form.dataset.signedOut);
  }

  function stop(why) {
    stopped = true;
    say(form.dataset.stopped);
    clash.querySelector("[data-clash]").textContent = why;
    clash.hidden = false;
    clash.scrollIntoView({ block: "center" });
  }

  function take(answer) {
    unanswered = null;
    form.elements.version.value = answer.version;
    form.elements.base.value = answer.base;
    say(answer.saved);
    if (!waiting) keeper.forget();
    for (const entry of form.querySelectorAll("[data-entry]")) {
      const standing = entry.querySelector("[data-standing]");
      const html = answer.lines[entry.dataset.entry];
      if (standing && html !== undefined) standing.innerHTML = html;
      if (standing && standing.querySelector(".warn")) entry.querySelector("details").open = true;
    }
    for (const place of form.querySelectorAll(".entry__errors")) {
      const input = document.getElementById(place.id.replace(/_errors$/, ""));
      const name = input ? input.name || (input.querySelector("input") || {}).name : "";
      tell(place, input, answer.errors[name] || []);
    }
  }

  /* A pair that is only half typed is no error yet while the person is in it. */
  function tell(place, input, sentences) {
    const entry = place.closest("[data-entry]");
    const busy = entry && entry.contains(document.activeElement) && input && input.value === "";
    const said = busy ? [] : sentences;
    place.replaceChildren(...said.map((sentence) => {
      const line = document.createElement("p");
      line.className = "error";
      line.textContent = sentence;
      return line;
    }));
    if (input) input.toggleAttribute("aria-invalid", said.length > 0);
    if (input && said.length) input.setAttribute("aria-invalid", "true");
  }

  /* --- events ------------------------------------------------------------------------------- */

  form.addEventListener("input", (event) => {
    const entry = event.target.closest("[data-entry]");
    if (entry) {
      if (event.target.dataset.adds) count(event.target, field(entry, "amount"));
      if (event.target.name.endsWith("-done_on") && event.target.value) {
        const yes = entry.querySelector('[type="radio"][value="yes"]');
        if (yes) yes.checked = true;
      }
      show(entry);
    }
    if (event.target.type === "file") return;
    keeper.keep();
    later();
  });

  form.addEventListener("change", (event) => {
    if (event.target.type === "radio" && event.target.value === "yes") {
      const day = field(event.target.closest("[data-entry]"), "done_on");
      if (day && !day.value) day.focus();
    }
  });

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-use]");
    if (!button) return;
    const input = document.getElementById(button.dataset.for);
    input.value = button.dataset.use.replace(/\.0+$/, "").replace(".", ",");
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  });

  /* Without a file the fields go in a fifth of the bytes. */
  function pack() {
    /* A file that still travels comes along once more: its field was closed meanwhile, and the portal keeps one of two. */
    for (const input of form.elements) if (input.type === "file") input.disabled = false;
    const brings = [...form.elements].some((input) => input.type === "file" && input.files.length);
    form.enctype = brings ? "multipart/form-data" : "application/x-www-form-urlencoded";
  }

  /* A submission from before a save is answered would bring the version from before it. On a dead line it goes anyway:
     the portal knows what it has already. */
  let pressed = null;
  const known = () => Promise.race([running, new Promise((resolve) => { setTimeout(resolve, PATIENCE); })]);

  async function submitWhenKnown(button) {
    const isFirst = pressed === null;
    pressed = button;
    if (!isFirst) return;
    await known();
    if (unanswered && !running && !stopped) {
      send();
      await known();
    }
    running = false;
    unanswered = null;
    const last = pressed;
    pressed = null;
    last.click();
  }

  form.addEventListener("submit", (event) => {
    if (event.submitter && (running || unanswered) && !stopped) {
      event.preventDefault();
      submitWhenKnown(event.submitter);
      return;
    }
    pack();
    leaving = true;
    stopped = true;
    if ([...form.elements].some((input) => input.name === "take" && input.checked)) keeper.forget();
    clearTimeout(timer);
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) send(true); });
  window.addEventListener("online", () => send());
  window.addEventListener("beforeunload", (event) => { if (waiting && !leaving) event.preventDefault(); });

  /* --- what this device kept while the line was down ------------------------------------------ */

  function takeBack(kept) {
    keeper.put(kept);
    for (const entry of form.querySelectorAll("[data-entry]")) show(entry);
    later(0);
  }

  function offer(kept) {
    const note = document.getElementById("kept");
    const isOurs = kept.version === form.elements.version.value;
    const time = new Intl.DateTimeFormat("vi-VN", { hour: "numeric", minute: "2-digit" }).format(kept.at);
    note.querySelector("[data-kept-words]").textContent = note.dataset[isOurs ? "restored" : "changed"].replace("{time}", time);
    note.querySelector("[data-kept-choice]").hidden = isOurs;
    note.querySelector("[data-kept-use]").addEventListener("click", () => { note.hidden = true; takeBack(kept); });
    note.querySelector("[data-kept-drop]").addEventListener("click", () => { note.hidden = true; keeper.forget(); });
    note.hidden = false;
    if (isOurs) takeBack(kept);
  }

  for (const entry of form.querySelectorAll("[data-entry]")) show(entry);
  const kept = keeper.kept();
  if (settling) keeper.keep(); /* what was typed came back merged */
  else if (kept) offer(kept);
  else keeper.forget();
})();
