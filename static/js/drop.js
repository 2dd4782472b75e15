/* Choosing a document: a file may be dropped anywhere on the form; one that is too large is told before it travels.
   Without this file the page still works: browsers take a file dropped on their own field. */
"use strict";

(() => {
  const form = document.querySelector("form[data-drop]");
  if (!form) return;
  const zone = form.querySelector(".drop");
  const input = form.querySelector("[data-drop-input]");
  const words = form.querySelector("[data-drop-words]");
  const error = form.querySelector("[data-drop-error]");
  const offered = words.textContent;

  function size(bytes) {
    const places = bytes < 1048576 ? [bytes / 1024, "kB"] : [bytes / 1048576, "MB"];
    return `${new Intl.NumberFormat("de-DE", { maximumFractionDigits: places[0] < 10 ? 1 : 0 }).format(places[0])} ${places[1]}`;
  }

  function tell() {
    const file = input.files[0];
    const tooLarge = Boolean(file) && file.size > Number(form.dataset.max);
    words.textContent = file ? `${words.dataset.chosen} ${file.name} (${size(file.size)})` : offered;
    zone.classList.toggle("is-chosen", Boolean(file));
    error.hidden = !tooLarge;
    error.textContent = tooLarge ? form.dataset.tooLarge : "";
    return !tooLarge;
  }

  const carriesFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");

  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    zone.classList.add("is-over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) zone.classList.remove("is-over");
  });
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    zone.classList.remove("is-over");
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    tell();
  });
  input.addEventListener("change", tell);

  form.addEventListener("submit", (event) => {
    if (!tell()) {
      event.preventDefault();
      input.focus();
      return;
    }
    // A second press would only ask for the same again.
    const button = form.querySelector("[type=submit]");
    window.setTimeout(() => { button.disabled = true; }, 0);
  });
  window.addEventListener("pageshow", () => {
    form.querySelector("[type=submit]").disabled = false;
    tell();
  });
})();
