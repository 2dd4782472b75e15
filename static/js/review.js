/* The review of reports by keyboard: the open report is before the eyes and has the focus as soon as the page stands.
   data-choose-all="name"   ticks or unticks every box of that name, within the element whose id data-within names
   data-phrase              the button's words become the reason */
"use strict";

(() => {
  const panel = document.getElementById("panel");
  const open = document.querySelector(".q.is-open");
  /* Only the list itself scrolls: the page stays where the address points to. */
  if (open) open.parentElement.closest(".queue").scrollTop = open.offsetTop - open.offsetHeight;
  if (panel && location.hash === "#panel") panel.focus({ preventScroll: true });

  document.addEventListener("change", (event) => {
    const name = event.target.dataset.chooseAll;
    if (!name) return;
    const place = event.target.dataset.within ? document.getElementById(event.target.dataset.within) : document;
    for (const box of place.querySelectorAll(`input[type=checkbox][name="${CSS.escape(name)}"]:not(:disabled)`)) {
      box.checked = event.target.checked;
    }
  });

  document.addEventListener("click", (event) => {
    const phrase = event.target.closest("[data-phrase]");
    if (!phrase) return;
    const reason = document.getElementById("why");
    reason.value = phrase.dataset.phrase;
    reason.focus();
  });
})();
