/* Handing down as one types: sums and gaps at once, what is changed marked, blocks from Excel pasted, cells by keyboard.
   Without this file the page still works: the server adds up, and tells what is wrong. */
"use strict";

(() => {
  const form = document.querySelector("form[data-sharing]");
  if (!form) return;

  const told = form.querySelector("[data-changes]");
  const history = form.querySelector("[data-history]");
  let leaving = false;

  /* --- figures: the same reading as on the server ------------------------------------------- */

  const FIGURE = /^(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,4}))?$/;

  function figure(text) {
    const found = FIGURE.exec(text.replace(/ /g, ""));
    if (!found) return NaN;
    const [, whole, places] = found;
    if (places && places.length === 3 && !whole.includes(".") && whole.length < 4 && whole !== "0") return NaN;
    return Number(`${whole.replace(/\./g, "")}.${places || 0}`);
  }

  /* Bounds of a cell: null for a blank one; a figure that cannot be read is NaN. */
  function bounds(text, isLimit) {
    const typed = text.replace(/%/g, "").replace(/\s+/g, " ").trim();
    if (!typed) return null;
    const range = /^([^–—-]+)[–—-]([^–—-]+)$/.exec(typed);
    if (range) return { low: figure(range[1]), high: figure(range[2]) };
    const open = /^(≤|<=|≥|>=)(.+)$/.exec(typed);
    const isMost = open ? open[1] === "≤" || open[1] === "<=" : isLimit;
    const value = figure(open ? open[2] : typed);
    return isMost ? { low: null, high: value } : { low: value, high: null };
  }

  const isRead = (said) => !Number.isNaN(said.low) && !Number.isNaN(said.high);
  const exact = (number) => Math.round(number * 1e4) / 1e4;
  const write = (number) => new Intl.NumberFormat("de-DE", { maximumFractionDigits: 4 }).format(number);
  const words = (name, number) => form.dataset[name].replace("{n}", write(number));

  /* --- columns ------------------------------------------------------------------------------ */

  const fieldsOf = (column) => [...form.querySelectorAll(`input[name^="c${column.dataset.column}-"]`)];
  const was = (field) => ("was" in field.dataset ? field.dataset.was : field.defaultValue);
  const isChanged = (field) => field.value.replace(/\s+/g, " ").trim() !== was(field);
  const isField = (element) => element instanceof HTMLInputElement && /^c\d+-\d+$/.test(element.name);

  function gapOf(column, sum) {
    if (!("due" in column.dataset) || sum === null) return ["", ""];
    const gap = exact(sum - Number(column.dataset.due));
    const isLimit = "limit" in column.dataset;
    if (gap > 0) return [words("more", gap), isLimit ? "gap gap--short" : "gap"];
    if (gap < 0) return [words(isLimit ? "left" : "short", -gap), isLimit ? "gap" : "gap gap--short"];
    return [form.dataset.even, "gap gap--even"];
  }

  function lowerThan(column, filled) {
    if (!("lower" in column.dataset)) return ["", ""];
    const count = filled.filter((said) => said.low === null || said.low < Number(column.dataset.due)).length;
    return count ? [words("lower", count), "gap gap--short"] : ["", ""];
  }

  function sums(filled, isLimit) {
    const add = (name) => exact(filled.reduce((sum, said) => sum + (said[name] || 0), 0));
    const hasHigh = filled.length > 0 && filled.every((said) => said.high !== null);
    return { low: isLimit ? null : add("low"), high: hasHigh ? add("high") : null };
  }

  function written({ low, high }) {
    if (low === null) return high === null ? "–" : write(high);
    return high === null ? write(low) : `${write(low)}–${write(high)}`;
  }

  function show(column) {
    const isLimit = "limit" in column.dataset;
    const filled = [];
    for (const field of fieldsOf(column)) {
      const said = bounds(field.value, isLimit);
      const isWrong = said !== null && !isRead(said);
      if (said !== null && !isWrong) filled.push(said);
      if (isWrong) field.setAttribute("aria-invalid", "true");
      else if (!field.title) field.removeAttribute("aria-invalid");
      field.closest("td").classList.toggle("is-changed", isChanged(field));
    }
    const sum = sums(filled, isLimit);
    const handed = column.querySelector("[data-handed]");
    const isSummed = "adds" in column.dataset && filled.length > 0;
    if (handed) handed.textContent = isSummed ? written(sum) + (handed.dataset.measure || "") : "–";
    const count = column.querySelector("[data-count]");
    if (count) count.textContent = String(filled.length);
    const key = isLimit ? sum.high : sum.low;
    const [text, look] = "adds" in column.dataset ? gapOf(column, isSummed ? key : null) : lowerThan(column, filled);
    const line = document.createElement("span");
    line.className = look;
    line.textContent = text;
    column.querySelector("[data-gap]").replaceChildren(...(text ? [line] : []));
  }

  const changed = () => [...form.elements].filter((field) => isField(field) && isChanged(field));

  function showChanges() {
    const count = changed().length;
    told.textContent = count ? words("changed", count) : "";
  }

  function showAll() {
    for (const column of form.querySelectorAll("[data-column]")) show(column);
    showChanges();
  }

  function columnOf(field) {
    return form.querySelector(`[data-column="${/^c(\d+)-/.exec(field.name)[1]}"]`);
  }

  form.addEventListener("input", (event) => {
    if (!isField(event.target)) return;
    event.target.removeAttribute("title");
    show(columnOf(event.target));
    showChanges();
  });

  /* --- from cell to cell ---------------------------------------------------------------------- */

  const cellsOf = (row) => [...row.cells];

  function placeOf(field) {
    const cell = field.closest("td");
    const rows = [...cell.closest("tbody").rows];
    return { rows, row: rows.indexOf(cell.parentElement), column: cell.cellIndex };
  }

  function go(field, down, right) {
    const { rows, row, column } = placeOf(field);
    for (let y = row + down, x = column + right; rows[y] && rows[y].cells[x]; y += down, x += right) {
      const next = rows[y].cells[x].querySelector("input");
      if (next) {
        next.focus();
        next.select();
        next.scrollIntoView({ block: "nearest", inline: "nearest" });
        return true;
      }
    }
    return false;
  }

  const STEPS = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  form.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!isField(field) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault(); /* nothing is handed down by a stroke too many */
      go(field, event.shiftKey ? -1 : 1, 0);
    } else if (event.key === "Escape" && isChanged(field)) {
      field.value = was(field);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    } else if (event.key in STEPS && !event.shiftKey) {
      const [down, right] = STEPS[event.key];
      const isAll = field.selectionStart === 0 && field.selectionEnd === field.value.length;
      const isAtEdge = right < 0 ? field.selectionEnd === 0 : field.selectionStart === field.value.length;
      if ((down || isAll || isAtEdge) && go(field, down, right)) event.preventDefault();
    }
  });

  form.addEventListener("focusin", (event) => {
    if (!isField(event.target) || !history) return;
    const target = columnOf(event.target).dataset.column;
    history.href = `${form.dataset.sharing}${target}/${event.target.closest("tr").dataset.code}/`;
    history.hidden = false;
  });

  /* --- a block from Excel --------------------------------------------------------------------- */

  form.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "");
    if (!isField(event.target) || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const { rows, row, column } = placeOf(event.target);
    let done = 0;
    let beyond = 0;
    text.split("\n").forEach((line, down) => line.split("\t").forEach((value, right) => {
      const cell = rows[row + down] && cellsOf(rows[row + down])[column + right];
      const field = cell && cell.querySelector("input");
      const said = value.trim();
      if (!said || said === "–" || said === "-") return;
      if (!field) {
        beyond += 1;
        return;
      }
      field.value = said;
      field.removeAttribute("title");
      done += 1;
    }));
    showAll();
    told.textContent = [words("pasted", done), beyond ? words("beyond", beyond) : "", told.textContent].filter(Boolean).join(" · ");
  });

  /* --- filling and handing down ------------------------------------------------------------------ */

  document.addEventListener("htmx:afterRequest", (event) => {
    const menu = event.target instanceof Element && event.target.closest("details.menu");
    if (menu && form.contains(menu)) menu.open = false;
  });
  document.addEventListener("htmx:oobAfterSwap", (event) => { if (event.target.id === "division") showAll(); });
  document.addEventListener("htmx:afterSettle", showAll);

  /* What is as it was is not sent: so nobody's change is undone by a field that was not touched. */
  form.addEventListener("submit", (event) => {
    leaving = true;
    if (event.submitter && event.submitter.formAction !== form.action) return;
    for (const field of form.elements) if (isField(field) && !isChanged(field)) field.disabled = true;
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
    for (const field of form.elements) if (isField(field)) field.disabled = false;
    showAll();
  });
  window.addEventListener("beforeunload", (event) => { if (!leaving && changed().length) event.preventDefault(); });
})();
