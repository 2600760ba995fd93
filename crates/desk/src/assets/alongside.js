// The one small script: refreshes a page when something changed, marks a letter while it is typed,
// takes a dropped file, and keys for responders. Every page works without it.
"use strict";
(() => {
  const main = document.querySelector("main");
  const source = main && main.dataset.live;
  const busy = () => [...document.querySelectorAll("textarea, input:not([type=hidden])")].some(
    (field) => field === document.activeElement || (field.type === "file" ? field.files.length : field.defaultValue !== undefined && field.value !== field.defaultValue && field.type !== "checkbox" && field.type !== "radio"));
  let waiting = false;
  // Where this page can be read again: after a form came back, the address is the form's. The same report stays open.
  function address() {
    const at = new URL(source.replace(/^\/live|\/live$/, ""), location.href);
    if (at.pathname === location.pathname) at.search = location.search;
    const report = document.querySelector("form[action$='/write'] [name=report]");
    if (report) at.searchParams.set("report", report.value);
    return at;
  }
  async function read() {
    const answer = await fetch(address(), { headers: { "x-live": "1" } });
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  }
  const typedInto = (part) => [...part.querySelectorAll("textarea, input[type=text], input[type=number], input[type=datetime-local]")].some((field) => field.value !== field.defaultValue);
  // Puts the new in place of the old and keeps the focus on the same link; nothing that somebody types into is taken away.
  function put(next, part) {
    const held = part.contains(document.activeElement) ? document.activeElement : null;
    if (typedInto(part) || (held && !held.matches("a[href]"))) {
      if (held) held.addEventListener("blur", soon, { once: true });
      return;
    }
    const links = (inside) => [...inside.querySelectorAll("a[href]")];
    const place = held ? links(part).indexOf(held) : -1;
    part.replaceWith(next);
    if (!held) return;
    const now = links(next);
    (now.find((link) => link.getAttribute("href") === held.getAttribute("href")) ?? now[Math.min(place, now.length - 1)])?.focus();
  }
  // What somebody unfolded stays so. Summaries tell the details of a part apart, and their order those that share one.
  function keepOpen(next, part) {
    const named = (inside) => [...inside.querySelectorAll("details")].map((one) => [one, one.querySelector("summary")?.textContent]);
    const before = named(part);
    for (const [one, summary] of named(next)) {
      const at = before.findIndex(([, other]) => other === summary);
      if (at >= 0) one.open = before.splice(at, 1)[0][0].open;
    }
  }
  async function refresh() {
    const fresh = await read();
    if (!fresh) return;
    for (const part of document.querySelectorAll("[data-part]")) {
      const next = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
      if (next) keepOpen(next, part);
      if (next && next.innerHTML !== part.innerHTML) put(next, part);
    }
  }
  // A page that nobody sees reads nothing: who looked at what is written down. It catches up once when it is seen again.
  function soon() {
    if (waiting || document.hidden) return;
    waiting = true;
    setTimeout(() => { waiting = false; if (!document.hidden) refresh().catch(() => { /* the next opening reads it again */ }); }, busy() ? 600 : 60);
  }
  // Hears that something changed. What changed before the stream was open was not heard, so each opening reads the page again: a slow
  // first load, a lost connection, a laptop that slept. A browser gives up a stream that was refused; this asks again.
  function listen() {
    const stream = new EventSource(source);
    const lost = document.getElementById("not-live");
    let saying;
    stream.addEventListener("changed", soon);
    stream.addEventListener("open", () => {
      clearTimeout(saying);
      saying = undefined;
      lost.hidden = true;
      soon();
    });
    stream.addEventListener("error", () => {
      // The server ends each stream after a while; that alone is no news.
      saying ??= setTimeout(() => { lost.hidden = false; }, 6_000);
      if (stream.readyState !== EventSource.CLOSED) return;
      setTimeout(() => {
        clearTimeout(saying);
        soon();
        listen();
      }, 20_000 + Math.random() * 20_000);
    });
  }
  if (source) {
    listen();
    document.addEventListener("visibilitychange", soon);
  }

  // After a new sign-in in another window the forms of this page are from the session before: gives them the new one's token.
  async function renewForms() {
    const fresh = await read();
    const name = (page) => page?.querySelector("a[href='/account']")?.textContent;
    const token = fresh?.querySelector("[name=form_token]")?.value;
    if (!token || name(fresh) !== name(document)) return false;
    for (const field of document.querySelectorAll("[name=form_token]")) field.value = token;
    return true;
  }

  // Keeps a letter while it is typed, so that nothing is lost when the session ends; not once it was sent. One after the other: each
  // answer says which version the next one follows, and a version of another window is left as it is.
  function keepWhileTyped(letter) {
    let keep, keeping, sent, before = Promise.resolve();
    const lost = document.getElementById("not-kept");
    const other = document.getElementById("other-draft");
    const send = (signal) => {
      const fields = new URLSearchParams({ body: letter.value });
      for (const name of ["form_token", "report", "draft"]) fields.set(name, letter.form.elements[name].value);
      return fetch(letter.dataset.draft, { method: "POST", body: fields, signal, redirect: "manual" });
    };
    async function save() {
      if (sent) return;
      keeping = new AbortController();
      const { signal } = keeping;
      try {
        let answer = await send(signal);
        if (answer.status === 422 && await renewForms() && !signal.aborted) answer = await send(signal);
        if (answer.ok) letter.form.elements.draft.value = answer.headers.get("x-draft");
        other.hidden = answer.status !== 409;
        lost.hidden = answer.ok || answer.status === 409;
      } catch (stopped) { lost.hidden = signal.aborted; }
    }
    letter.addEventListener("input", () => {
      clearTimeout(keep);
      keep = setTimeout(() => { before = before.then(save); }, 1000);
    });
    letter.form.addEventListener("submit", () => {
      sent = true;
      clearTimeout(keep);
      if (keeping) keeping.abort();
    });
  }

  const letter = document.querySelector("textarea[data-check]");
  const notes = document.getElementById("marks");
  const count = document.getElementById("marks-count");
  if (letter && notes) {
    let timer, running;
    letter.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        if (running) running.abort();
        running = new AbortController();
        try {
          const answer = await fetch("/check/marks", { method: "POST", body: new URLSearchParams({ text: letter.value, report: letter.form.elements.report?.value ?? "" }), signal: running.signal });
          if (!answer.ok) return;
          const found = await answer.text();
          if (found === notes.dataset.found) return;
          notes.dataset.found = found;
          notes.innerHTML = found;
          // A reader hears how many there are, and finds them below; not the whole letter at each pause.
          const many = notes.querySelectorAll(".note").length;
          count.textContent = many === 0 ? count.dataset.none : many === 1 ? count.dataset.one : `${many} ${count.dataset.many}`;
        } catch (stopped) { /* the next keystroke asks again */ }
      }, 500);
    });
    if (letter.dataset.draft) keepWhileTyped(letter);
  }

  // The link of a private page is all that somebody has who gave no address.
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(location.origin + location.pathname);
        button.textContent = button.dataset.copy;
      } catch (refused) { button.hidden = true; }
    });
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

  // Only while the list of cases has the focus, or the page's content that the skip link leads to: elsewhere a letter that is
  // typed or spoken by accident must do nothing.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const items = [...document.querySelectorAll("[data-item]")];
    const keys = document.getElementById("keys");
    if (!keys || (event.target !== main && !event.target.matches("[data-item]"))) return;
    const at = items.indexOf(document.activeElement);
    if (event.key === "?") {
      keys.open = !keys.open;
      if (keys.open) keys.scrollIntoView({ block: "nearest" });
    } else if (!items.length) return;
    else if (event.key === "j") items[Math.min(at + 1, items.length - 1)].focus();
    else if (event.key === "k") items[Math.max(at - 1, 0)].focus();
  });
})();
