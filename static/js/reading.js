/* Reading a document, all three steps: the paper and what was found in it, linked both ways.
   Without this file the page still works: links, plain forms, filters by the server.

   [data-reading]                 the whole: paper and what was found
   [data-paper]                   the document; spans with data-start (an offset in the text), mark.hit[data-hit="t5 a2"]
   [data-prop="t5"]               what was found there; data-filters="open doubtful", data-mark="open|accepted|…"
   [data-do="accept|edit|split|reject"] inside it: pressed by A, E, T, X; J and K go to the next and the one before
   [data-show-hit]                shows the words of the thing that it stands in
   [data-filter], [data-count]    tabs over the list; [data-empty] is shown when nothing is left
   [data-tab="paper|found"]       the two tabs of the phone
   form[data-add]                 what is selected becomes a new entry: [data-selection-start], -end, -quote; N sends it
   "reading:decided" {key, state, label, next} on the document: the server decided, the mark follows */
"use strict";

(() => {
  const reading = document.querySelector("[data-reading]");
  if (!reading) return;
  const paper = reading.querySelector("[data-paper]");
  const wide = window.matchMedia("(min-width: 1100px)");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const MARKS = { open: "", doubtful: "is-doubt", clash: "is-clash", accepted: "is-ok", rejected: "is-no" };
  const SETTLED = ["accepted", "rejected"];

  const escaped = (key) => CSS.escape(key);
  const propOf = (key) => reading.querySelector(`[data-prop="${escaped(key)}"]`);
  const marksOf = (key) => [...paper.querySelectorAll(`[data-hit~="${escaped(key)}"]`)];
  const shownProps = () => [...reading.querySelectorAll("[data-prop]")].filter((prop) => !prop.hidden);
  const currentProp = () => reading.querySelector("[data-prop].is-current, [data-prop].is-open");

  /* --- one and the other ---------------------------------------------------------------------- */

  function turnTo(tab) {
    reading.classList.toggle("shows-paper", tab === "paper");
  }

  /* The paper has its own scroll bar beside the list; on a narrow screen the page scrolls. */
  function scrollPaper(element, atOnce = false) {
    const smooth = calm.matches || atOnce ? "auto" : "smooth";
    if (!wide.matches) {
      element.scrollIntoView({ block: "center", behavior: smooth });
      return;
    }
    const inside = paper.getBoundingClientRect();
    const there = element.getBoundingClientRect();
    const top = paper.scrollTop + there.top - inside.top - (Math.min(inside.height, window.innerHeight) - there.height) / 3;
    paper.scrollTo({ top, behavior: smooth });
  }

  /* Brings an entry of the list into sight; true where the page had to move for it. */
  function show(element) {
    const box = element.getBoundingClientRect();
    if (box.top >= 56 && box.bottom <= window.innerHeight - 24) return false;
    const top = box.height > window.innerHeight * 0.7 ? 64 : (window.innerHeight - box.height) / 2;
    window.scrollBy({ top: box.top - top, behavior: "auto" });
    return true;
  }

  function lightUp(key) {
    for (const mark of paper.querySelectorAll(".is-here")) mark.classList.remove("is-here");
    for (const clause of paper.querySelectorAll(".clause.is-open")) clause.classList.remove("is-open");
    const marks = key ? marksOf(key) : [];
    for (const mark of marks) mark.classList.add("is-here");
    const clause = marks.length ? marks[0].closest(".clause") : null;
    if (clause) clause.classList.add("is-open");
    return marks;
  }

  let chosen = "";

  function choose(prop, { from = "list", focus = true } = {}) {
    for (const other of reading.querySelectorAll("[data-prop].is-current")) {
      if (other !== prop) other.classList.remove("is-current");
    }
    if (!prop) return;
    prop.classList.add("is-current");
    chosen = prop.dataset.prop;
    const marks = lightUp(prop.dataset.prop);
    const hasMoved = from !== "show" && show(prop);
    if (marks.length && (wide.matches || from === "show")) scrollPaper(marks[0], hasMoved);
    if (from === "show") return;
    if (focus && !prop.contains(document.activeElement)) prop.focus({ preventScroll: true });
  }

  function step(by) {
    const props = shownProps();
    if (!props.length) return;
    const now = currentProp();
    const at = now ? props.indexOf(now) : -1;
    const next = at < 0 ? (by > 0 ? 0 : props.length - 1) : Math.min(Math.max(at + by, 0), props.length - 1);
    if (!wide.matches) turnTo("found");
    choose(props[next]);
  }

  function nextOpen(after) {
    const props = shownProps();
    const at = props.indexOf(after);
    const rest = [...props.slice(at + 1), ...props.slice(0, Math.max(at, 0))];
    return rest.find((prop) => !SETTLED.includes(prop.dataset.mark) && prop !== after);
  }

  document.addEventListener("click", (event) => {
    const target = event.target;
    const tab = target.closest("[data-tab]");
    if (tab && reading.contains(tab)) {
      event.preventDefault();
      turnTo(tab.dataset.tab);
      window.scrollTo({ top: 0 });
      return;
    }
    const jump = target.closest("[data-show-hit]");
    if (jump) {
      const prop = jump.closest("[data-prop]");
      event.preventDefault();
      turnTo("paper");
      choose(prop, { from: "show" });
      return;
    }
    const section = target.closest('a[href^="#sec-"]');
    if (section) {
      const place = document.getElementById(section.hash.slice(1));
      if (!place) return;
      event.preventDefault();
      turnTo("paper");
      for (const other of paper.querySelectorAll(".is-place")) other.classList.remove("is-place");
      place.classList.add("is-place");
      scrollPaper(place);
      return;
    }
    const contents = target.closest("[data-contents-link]") && document.getElementById("contents");
    if (contents) {
      event.preventDefault();
      turnTo("found");
      contents.scrollIntoView();
      return;
    }
    const mark = target.closest("mark[data-hit]");
    if (mark && paper.contains(mark) && window.getSelection().isCollapsed) {
      const link = target.closest("sup a");
      const key = link ? link.hash.replace("#prop-", "") : mark.dataset.hit.split(" ").find((one) => propOf(one));
      const prop = key && propOf(key);
      if (!prop) return;
      event.preventDefault();
      if (prop.hidden) filter("all");
      turnTo("found");
      choose(prop);
      return;
    }
    const prop = target.closest("[data-prop]");
    if (prop && reading.contains(prop) && !target.closest("a, button, input, select, textarea, label, summary")) choose(prop);
  });

  reading.addEventListener("focusin", (event) => {
    const prop = event.target.closest("[data-prop]");
    if (prop && prop !== currentProp()) choose(prop, { focus: false });
  });

  /* --- keys ------------------------------------------------------------------------------------ */

  function isTyping(element) {
    return element.isContentEditable || element.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");
  }

  const DO = { a: "accept", e: "edit", t: "split", x: "reject" };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    if (isTyping(event.target)) {
      if (key === "escape") event.target.blur();
      return;
    }
    if (key === "j" || key === "k") {
      event.preventDefault();
      step(key === "j" ? 1 : -1);
    } else if (key === "n") {
      if (sendSelection()) event.preventDefault();
    } else if (DO[key]) {
      const prop = currentProp();
      const button = prop && prop.querySelector(`[data-do="${DO[key]}"]:not(:disabled)`);
      if (!button) return;
      event.preventDefault();
      button.click();
    }
  });

  /* --- filters ---------------------------------------------------------------------------------- */

  let shown = "all";

  function fits(prop, word) {
    return word === "all" || (prop.dataset.filters || "").split(" ").includes(word);
  }

  function filter(word) {
    shown = word;
    for (const link of reading.querySelectorAll("[data-filter]")) {
      if (link.dataset.filter === word) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    const props = [...reading.querySelectorAll("[data-prop]")];
    for (const prop of props) prop.hidden = !fits(prop, word);
    for (const empty of reading.querySelectorAll("[data-empty]")) empty.hidden = props.some((prop) => !prop.hidden);
  }

  function count() {
    const props = [...reading.querySelectorAll("[data-prop]")];
    for (const place of reading.querySelectorAll("[data-count]")) {
      place.textContent = String(props.filter((prop) => fits(prop, place.dataset.count)).length);
    }
  }

  reading.addEventListener("click", (event) => {
    const link = event.target.closest("[data-filter]");
    if (!link) return;
    event.preventDefault();
    turnTo("found");
    filter(link.dataset.filter);
    if (link.search) window.history.replaceState(null, "", link.search);
  });

  /* --- what the server decided ------------------------------------------------------------------ */

  function recolour(key, state, label) {
    for (const mark of marksOf(key)) {
      // Where marks lie over each other the shortest one colours the words.
      if (mark.dataset.hit.split(" ")[0] !== key) continue;
      for (const css of Object.values(MARKS)) if (css) mark.classList.remove(css);
      if (MARKS[state]) mark.classList.add(MARKS[state]);
    }
    rename(key, label);
  }

  function rename(key, label) {
    if (!label) return;
    for (const link of paper.querySelectorAll(`sup a[href="#prop-${escaped(key)}"]`)) {
      if (link.textContent !== label) link.textContent = label;
    }
  }

  document.addEventListener("reading:decided", (event) => {
    const { key, state, label, next } = event.detail;
    // The answer's own elements arrive in the same turn; the next one is looked for when they stand.
    window.setTimeout(() => {
      recolour(key, state, label);
      count();
      const prop = propOf(key);
      if (prop) prop.dataset.mark = state;
      const following = (next && propOf(next)) || (SETTLED.includes(state) && prop ? nextOpen(prop) : prop);
      if (following) choose(following);
    }, 0);
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    // No draft any more: another page came in the place of an entry. (Signed out meanwhile: the server has htmx lead
    // to the sign-in page before anything is put anywhere.)
    if (event.detail.xhr.responseURL && !new URL(event.detail.xhr.responseURL).pathname.includes("/reading/")) {
      event.detail.shouldSwap = false;
      window.location.reload();
      return;
    }
    if ([409, 422].includes(event.detail.xhr.status)) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });

  document.addEventListener("htmx:afterSettle", () => {
    for (const prop of reading.querySelectorAll("[data-prop][data-mark]")) {
      rename(prop.dataset.prop, prop.dataset.label);
      const [mark] = marksOf(prop.dataset.prop);
      const css = MARKS[prop.dataset.mark];
      if (mark && css && !mark.classList.contains(css)) recolour(prop.dataset.prop, prop.dataset.mark, null);
    }
    count();
    // An entry that came anew with the answer is drawn as the server sent it: it is still the current one.
    const kept = chosen && !reading.querySelector("[data-prop].is-current") && propOf(chosen);
    if (kept) kept.classList.add("is-current");
    const now = currentProp();
    if (now) lightUp(now.dataset.prop);
  });

  /* --- words selected in the document ------------------------------------------------------------ */

  const addForm = () => document.querySelector("form[data-add]");
  const addBar = () => document.querySelector("[data-addbar]");
  const points = (text) => [...text].length; // the server counts code points, a browser UTF-16 units

  function selected() {
    const selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!paper.contains(range.commonAncestorContainer)) return null;
    let start = null;
    let end = null;
    let words = "";
    for (const span of paper.querySelectorAll("[data-start]")) {
      if (!range.intersectsNode(span) || !span.firstChild) continue;
      const text = span.firstChild;
      const from = range.startContainer === text ? range.startOffset : 0;
      const to = range.endContainer === text ? range.endOffset : text.length;
      if (from >= to || (range.startContainer === span && range.startOffset > 0)) continue;
      if (range.endContainer === span && range.endOffset === 0) continue;
      const first = Number(span.dataset.start);
      if (start === null) start = first + points(text.data.slice(0, from));
      end = first + points(text.data.slice(0, to));
      words += text.data.slice(from, to);
    }
    words = words.replace(/\s+/g, " ").trim();
    return start === null || !words ? null : { start, end, words };
  }

  let kept = null;

  function offer() {
    const bar = addBar();
    const form = addForm();
    if (!form) return;
    if (bar && bar.contains(document.activeElement)) return;
    kept = selected();
    if (bar) bar.hidden = !kept;
    if (!kept) return;
    const fill = (name, value) => {
      const input = form.querySelector(`[data-selection-${name}]`) || form.elements[name];
      if (input) input.value = value;
    };
    fill("start", kept.start);
    fill("end", kept.end);
    fill("quote", kept.words);
    const place = bar && bar.querySelector("[data-add-words]");
    if (place) place.textContent = kept.words.length > 90 ? `“${kept.words.slice(0, 60)} … ${kept.words.slice(-24)}”` : `“${kept.words}”`;
  }

  function sendSelection() {
    const form = addForm();
    if (!form || !kept) return false;
    form.requestSubmit();
    return true;
  }

  let resting = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(resting);
    resting = setTimeout(offer, 150);
  });

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-add-clear]")) return;
    window.getSelection().removeAllRanges();
    const bar = addBar();
    if (bar) bar.hidden = true;
    kept = null;
  });

  /* --- at the beginning --------------------------------------------------------------------------- */

  const first = reading.querySelector("[data-filter][aria-current]");
  if (first) filter(first.dataset.filter);
  if (window.location.hash.startsWith("#prop-")) {
    const prop = propOf(window.location.hash.slice("#prop-".length));
    // After the browser has gone to the address's own place.
    if (prop) window.setTimeout(() => choose(prop), 0);
  } else if (window.location.hash === "#paper") {
    turnTo("paper");
  } else {
    resume();
  }

  /* Where one left off: what is unfolded, else the first entry that nobody has decided on. */
  function resume() {
    if (!first) return;
    const props = shownProps();
    const open = props.find((prop) => prop.classList.contains("is-open"));
    const here = open || props.find((prop) => prop.dataset.mark && !SETTLED.includes(prop.dataset.mark));
    if (!here) return;
    if (!open) here.classList.add("is-current");
    const marks = lightUp(here.dataset.prop);
    if (here !== props[0]) show(here);
    if (marks.length && wide.matches) scrollPaper(marks[0], true);
  }
})();
