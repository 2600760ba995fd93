// The one small script: refreshes a page when something changed, marks a letter while it is typed,
// takes a dropped file, and keys for responders. Every page works without it.
"use strict";
(() => {
  const main = document.querySelector("main");
  const source = main && main.dataset.live;
  const busy = () => [...document.querySelectorAll("textarea, input:not([type=hidden])")].some(
    (field) => field === document.activeElement || (field.type === "file" ? field.files.length : field.defaultValue !== undefined && field.value !== field.defaultValue && field.type !== "checkbox" && field.type !== "radio"));
  let waiting = false;
  async function refresh() {
    const answer = await fetch(location.href, { headers: { "x-live": "1" } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-part]")) {
      const next = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
      if (next && next.innerHTML !== part.innerHTML && !part.contains(document.activeElement)) part.replaceWith(next);
    }
  }
  if (source) {
    const events = new EventSource(source);
    events.addEventListener("changed", () => {
      if (waiting) return;
      waiting = true;
      setTimeout(() => { waiting = false; refresh(); }, busy() ? 600 : 60);
    });
  }

  // Keeps a letter while it is typed, so that nothing is lost when the session ends; not once it was sent.
  function keepWhileTyped(letter) {
    let keep, keeping;
    letter.addEventListener("input", () => {
      clearTimeout(keep);
      keep = setTimeout(() => {
        keeping = new AbortController();
        const fields = new URLSearchParams({ body: letter.value });
        for (const name of ["form_token", "report"]) fields.set(name, letter.form.elements[name].value);
        fetch(letter.dataset.draft, { method: "POST", body: fields, signal: keeping.signal, redirect: "manual" }).catch(() => {});
      }, 1000);
    });
    letter.form.addEventListener("submit", () => {
      clearTimeout(keep);
      if (keeping) keeping.abort();
    });
  }

  const letter = document.querySelector("textarea[data-check]");
  const notes = document.getElementById("marks");
  if (letter && notes) {
    let timer, running;
    letter.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        if (running) running.abort();
        running = new AbortController();
        try {
          const answer = await fetch("/check/marks", { method: "POST", body: new URLSearchParams({ text: letter.value, report: letter.form.elements.report?.value ?? "" }), signal: running.signal });
          if (answer.ok) notes.innerHTML = await answer.text();
        } catch (stopped) { /* the next keystroke asks again */ }
      }, 200);
    });
    if (letter.dataset.draft) keepWhileTyped(letter);
  }

  for (const zone of document.querySelectorAll(".drop")) {
    const input = zone.querySelector("input[type=file]");
    zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("over"); });
    zone.addEventListener("dragleave", () => zone.classList.remove("over"));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      zone.classList.remove("over");
      if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const items = [...document.querySelectorAll("[data-item]")];
    const at = items.indexOf(document.activeElement);
    if (event.key === "j" && items.length) items[Math.min(at + 1, items.length - 1)].focus();
    else if (event.key === "k" && items.length) items[Math.max(at - 1, 0)].focus();
    else if (event.key === "r") { const field = document.querySelector("[data-key=r]"); if (field) { field.focus(); event.preventDefault(); } }
    else if (event.key === "i") { const link = document.querySelector("[data-key=i]"); if (link) link.click(); }
  });
})();
