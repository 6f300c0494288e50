// Reads a feed as a program of somebody else does and writes what it found as
// JSON; what is no feed, or lacks what the standard demands, ends it with 1.
import {parseFeed} from "feedsmith";

let text = "";
for await (const part of process.stdin) text += part;
const {format, feed} = parseFeed(text);
const must = (is, what) => {
  if (!is) {
    console.error(what);
    process.exit(1);
  }
};
const date = at => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(at);
const whole = address => /^https?:\/\/[^ ]+$/.test(address);
let entries = [];
if (format === "atom") {
  must(feed.id && feed.title && date(feed.updated), "a feed has an id, a title and a time");
  must(feed.links.some(l => l.rel === "self" && whole(l.href)), "a feed says where it is");
  must(feed.links.every(l => whole(l.href)), "addresses are whole");
  entries = (feed.entries ?? []).map(e => ({id: e.id, title: e.title?.value ?? e.title, updated: e.updated, address: e.links?.[0]?.href, html: e.content?.value ?? e.content ?? ""}));
} else if (format === "json") {
  must(feed.title && whole(feed.feed_url), "a feed has a title and says where it is");
  entries = (feed.items ?? []).map(e => ({id: e.id, title: e.title, updated: e.date_modified, address: e.url, html: e.content_html ?? ""}));
} else {
  must(false, "neither Atom nor JSON Feed");
}
must(new Set(entries.map(e => e.id)).size === entries.length, "ids stand twice");
for (const e of entries) {
  must(e.id?.startsWith("tag:"), "an entry has an id for ever");
  must(e.title && date(e.updated) && whole(e.address), "an entry has a title, a time and an address");
}
console.log(JSON.stringify({format, entries}));
