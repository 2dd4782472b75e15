/* Small helpers for every page, driven by attributes; what a screen needs for itself stands in its own file.
   data-key="a"        this link or button is pressed when the key is struck outside of fields
   data-confirm="…"    asks first (on a form, a button or a link); data-confirm-detail adds a sentence; hx-confirm asks too
   data-autosubmit     the form is sent when a select in it changes
   data-print          opens the browser's print window
   data-copy="…"       puts the text on the clipboard; then the button says what data-copied says
   data-unsaved        on a form: leaving the page asks first when something was typed; "yes": the page came with such words
   data-forget="…"     when the form is sent, what this device kept under names that begin so is dropped */
"use strict";

document.documentElement.classList.add("has-js");

// Safari before 16 cannot do this; pressing a button of the form does the same.
if (!HTMLFormElement.prototype.requestSubmit) {
  HTMLFormElement.prototype.requestSubmit = function requestSubmit(submitter) {
    (submitter || this.querySelector("[type=submit]")).click();
  };
}

const dialog = () => document.getElementById("confirm");

function ask(question, detail, agreed) {
  const box = dialog();
  if (!box) {
    if (window.confirm(question)) agreed();
    return;
  }
  box.querySelector("#confirm-question").textContent = question;
  const more = box.querySelector("#confirm-detail");
  more.textContent = detail || "";
  more.hidden = !detail;
  box.returnValue = "no";
  box.addEventListener("close", () => { if (box.returnValue === "yes") agreed(); }, { once: true });
  box.showModal();
}

function questionOf(element) {
  return element && element.closest("[data-confirm]");
}

// Capture, so that the question comes before anything else hears of the click or the submission.
document.addEventListener("click", (event) => {
  const asked = event.target.closest("a[data-confirm], button[data-confirm]");
  if (!asked || asked.dataset.agreed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(asked.dataset.confirm, asked.dataset.confirmDetail, () => {
    asked.dataset.agreed = "1";
    asked.click();
    delete asked.dataset.agreed;
  });
}, true);

// A list may have come anew while the question stood: then its new button for the same thing.
function standing(form, button) {
  if (!button || button.isConnected) return button;
  const isSame = (other) => ["formaction", "name", "value"].every((name) => other.getAttribute(name) === button.getAttribute(name));
  return [...form.elements].find((other) => other.type === "submit" && isSame(other));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.confirm || form.dataset.agreed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const submitter = event.submitter;
  ask(form.dataset.confirm, form.dataset.confirmDetail, () => {
    form.dataset.agreed = "1";
    form.requestSubmit(standing(form, submitter) || undefined);
    delete form.dataset.agreed;
  });
}, true);

// What is on its way is not sent again by a second press: two comments, two plans, or a refusal of what was just done.
// After a while it may have been the browser's own button that stopped it.
const UNDER_WAY = 10000;
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  setTimeout(() => { delete form.dataset.sent; }, UNDER_WAY);
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

document.addEventListener("submit", (event) => {
  const begins = event.target.dataset.forget;
  if (!begins) return;
  for (const name of Object.keys(localStorage)) if (name.startsWith(begins)) localStorage.removeItem(name);
});

const unsaved = document.querySelector("form[data-unsaved]");
if (unsaved) {
  let typed = unsaved.dataset.unsaved === "yes";
  let leaving = false;
  unsaved.addEventListener("input", () => { typed = true; });
  unsaved.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", (event) => { if (typed && !leaving) event.preventDefault(); });
}

document.addEventListener("htmx:confirm", (event) => {
  if (!event.detail.question) return;
  event.preventDefault();
  const asked = questionOf(event.detail.elt);
  ask(event.detail.question, asked && asked.dataset.confirmDetail, () => event.detail.issueRequest(true));
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
  const copied = event.target.closest("[data-copy]");
  if (copied) {
    navigator.clipboard.writeText(copied.dataset.copy).then(() => {
      if (copied.dataset.copied) copied.textContent = copied.dataset.copied;
    });
  }
  for (const menu of document.querySelectorAll("details.menu[open], details.fold[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("change", (event) => {
  const form = event.target.matches("select") && event.target.closest("form[data-autosubmit]");
  if (form) form.requestSubmit();
});

function isTyping(element) {
  return element.isContentEditable || element.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const menu = document.activeElement && document.activeElement.closest("details.menu[open], details.fold[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!wanted || wanted.disabled) return;
  event.preventDefault();
  if (wanted.matches("input, textarea, select")) wanted.focus();
  else wanted.click();
});
