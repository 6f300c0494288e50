// What somebody is writing is kept two seconds after they stop typing, and when
// they leave: on the server, and in this browser in case that does not answer.
// The button "Save draft" does the same without a script.
const wait = 2000;
const about = new Set(["preview", "save", "drop", "calm"]);

function storage(deed) {
  try { return deed(localStorage); } catch { return null; } // not allowed, or full
}

// What was sent is let go once a page shows that it arrived.
if (location.search.includes("said=")) {
  storage(s => Object.keys(s).filter(k => k.startsWith("parley-draft ") && JSON.parse(s.getItem(k)).sent).forEach(k => s.removeItem(k)));
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  const said = form.querySelector(".draft-state"), key = "parley-draft " + form.dataset.draft + " " + form.elements.place.value;
  let timer, sent, leaving = false;

  const fields = () => {
    const out = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (!about.has(name)) out.append(name, value);
    return out;
  };
  const texts = () => [...form.querySelectorAll("textarea, input:not([type=hidden]):not([type=checkbox])")];
  const begun = fields().toString();
  sent = begun;

  async function keep() {
    clearTimeout(timer);
    const now = fields().toString();
    if (leaving || now === sent) return;
    storage(s => s.setItem(key, JSON.stringify({at: Date.now(), fields: now})));
    try {
      const answer = await fetch(form.dataset.draft, {method: "POST", body: new URLSearchParams(now), redirect: "manual"});
      if (!answer.ok) throw answer;
      sent = now;
      storage(s => s.removeItem(key));
      said.textContent = form.dataset.kept;
    } catch {
      said.textContent = form.dataset.lost;
      timer = setTimeout(keep, 5 * wait);
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, wait);
    storage(s => s.setItem(key, JSON.stringify({at: Date.now(), fields: fields().toString()})));
  });
  form.addEventListener("submit", event => {
    leaving = true;
    clearTimeout(timer);
    if (!event.submitter?.name) storage(s => s.setItem(key, JSON.stringify({at: Date.now(), fields: fields().toString(), sent: true})));
  });
  const last = () => {
    const now = fields().toString();
    if (leaving || now === sent) return;
    if (navigator.sendBeacon(form.dataset.draft, new URLSearchParams(now))) sent = now;
  };
  addEventListener("pagehide", last);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && last());

  // Words that this browser kept and the server did not get are offered.
  const kept = storage(s => JSON.parse(s.getItem(key)));
  const old = new URLSearchParams(kept?.fields);
  if (texts().some(t => (old.get(t.name) ?? t.value) !== t.value)) {
    const use = document.createElement("button");
    use.type = "button";
    use.className = "second";
    use.textContent = form.dataset.use;
    use.addEventListener("click", () => {
      for (const t of texts()) t.value = old.get(t.name) ?? t.value;
      texts()[0]?.focus();
      keep();
    });
    said.append(form.dataset.found, " ", use);
  }
}
