// Tells that something new was written while a page is open. It never moves what
// somebody reads: it shows a link, and the link loads the page anew.
for (const place of document.querySelectorAll("[data-live]")) {
  const link = place.querySelector("a"), rules = new Intl.PluralRules(document.documentElement.lang);
  let source, last = "", fresh = 0;
  link.href = location.pathname + location.search;
  const show = kind => {
    if (kind === "wrote") fresh++;
    const form = link.dataset[rules.select(fresh)] ?? link.dataset.other;
    link.textContent = fresh ? form.replace("#", fresh) : link.dataset.changed;
    link.hidden = false;
  };
  const listen = () => {
    const address = new URL(place.dataset.live, location.href);
    if (last) address.searchParams.set("after", last);
    source = new EventSource(address);
    source.addEventListener("changed", event => {
      const change = JSON.parse(event.data);
      last = String(change.last);
      show(change.kind);
    });
  };
  // A page that nobody looks at holds no connection.
  document.addEventListener("visibilitychange", () => {
    source?.close();
    if (!document.hidden) listen();
  });
  addEventListener("pagehide", () => source?.close());
  if (!document.hidden) listen();
}
