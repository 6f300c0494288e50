// Shortcuts for the keyboard, on pages where people read. Everything can be done
// without them, and a box in the list turns them all off in this browser.
const list = document.getElementById("keys"), box = document.getElementById("keys-on"), name = "parley-keys";
let on = true;
try { on = localStorage.getItem(name) !== "off"; } catch { /* storage is not allowed: they are on */ }
if (box) {
  box.checked = on;
  box.addEventListener("change", () => {
    on = box.checked;
    try { localStorage.setItem(name, on ? "on" : "off"); } catch { /* until the page is left */ }
  });
}

const steps = () => [...document.querySelectorAll("[data-step]")];
const at = () => document.activeElement?.closest("[data-step]") ?? document.querySelector("[data-step]:target");

function step(by) {
  const all = steps(), here = all.indexOf(at());
  const next = all[here < 0 ? (by > 0 ? 0 : all.length - 1) : here + by];
  next?.focus();
  next?.scrollIntoView({block: "nearest"});
}

// An answer is chosen by its number and sent by Enter: no key alone sends one.
const choose = n => () => document.querySelectorAll("#choices button")[n]?.focus();

const deeds = {
  1: choose(0),
  2: choose(1),
  3: choose(2),
  "?": () => list?.showModal(),
  j: () => step(1),
  k: () => step(-1),
  r: () => (at()?.querySelector("[data-deed=reply]") ?? document.querySelector(".answer textarea, .matter [data-deed=reply]"))?.[at() ? "click" : "focus"](),
  "/": () => document.querySelector("input[type=search], a[data-search]")?.[document.querySelector("input[type=search]") ? "focus" : "click"](),
};

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  // What was in focus in a list just closed stays so until the next frame: it takes no words.
  const taken = event.target.closest("input, textarea, select, [contenteditable], dialog");
  if (taken && !taken.closest("dialog:not([open])")) return;
  const deed = deeds[event.key];
  if (!deed || !on && event.key !== "?") return;
  event.preventDefault();
  deed();
});

// A quote takes what is selected in the words that it quotes.
for (const link of document.querySelectorAll("a[data-deed=quote]")) {
  link.addEventListener("click", () => {
    const picked = getSelection(), words = picked?.toString().trim();
    const here = link.closest("[data-step]")?.querySelector(".written");
    if (!words || words.length > 1000 || !here?.contains(picked.anchorNode) || !here.contains(picked.focusNode)) return;
    const to = new URL(link.href);
    to.searchParams.set("words", words);
    link.href = to;
  });
}
