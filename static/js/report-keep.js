/* What is typed into a monthly report stays on this device until the portal has it: a line that drops, a browser that is
   closed and a telephone that dies lose nothing. Kept by person and report; portal.js drops it when the person signs out. */
"use strict";

function keeperOf(form) {
  const key = `report:${form.dataset.keeper}`;
  const others = new Set(["csrfmiddlewaretoken", "version", "base", "seen", "take", "evidence"]);
  const typed = () => [...new FormData(form)].filter(([name]) => !others.has(name));
  const same = (fields) => JSON.stringify(fields) === JSON.stringify(typed());

  /* Null where nothing is kept, or nothing but what the form shows anyway. */
  function kept() {
    try {
      const found = JSON.parse(localStorage.getItem(key));
      return found && !same(found.fields) ? found : null;
    } catch (_unreadable) {
      return null;
    }
  }

  function keep() {
    const now = { version: form.elements.version.value, at: Date.now(), fields: typed() };
    try {
      localStorage.setItem(key, JSON.stringify(now));
    } catch (_full) { /* the page itself still has it */ }
  }

  function forget() {
    try {
      localStorage.removeItem(key);
    } catch (_closed) { /* then nothing is kept either */ }
  }

  function put({ fields }) {
    for (const input of form.elements) {
      if (!input.name || others.has(input.name) || input.type === "file") continue;
      const mine = fields.filter(([name]) => name === input.name).map(([, value]) => value);
      if (input.type === "radio" || input.type === "checkbox") input.checked = mine.includes(input.value);
      else if (mine.length) input.value = mine[0];
    }
  }

  return { kept, keep, forget, put };
}
