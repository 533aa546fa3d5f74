// The part of Feishu's Markdown that cards here use: bold, code, links, lists, entities.

import { h, link } from "./dom.js";

const MARK = /\*\*(.+?)\*\*|`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)|<br\s*\/?>|<[^>]+>/g;
const ENTITY = /&(?:#(\d{1,6})|(amp|lt|gt|quot|nbsp));/g;
const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00a0" };
const ITEM = /^\s*[-*]\s+/;

/** Markdown as a list of blocks: paragraphs and bulleted lines. */
export function blocks(source) {
  return source
    .split("\n")
    .map((line) =>
      ITEM.test(line)
        ? h("p", { class: "fs-item" }, inline(line.replace(ITEM, "")))
        : h("p", {}, inline(line)),
    );
}

/** One line's nodes; a tag this page does not know is left out. */
export function inline(source) {
  const nodes = [];
  let from = 0;
  for (const match of source.matchAll(MARK)) {
    nodes.push(plain(source.slice(from, match.index)), marked(match));
    from = match.index + match[0].length;
  }
  return [...nodes, plain(source.slice(from))];
}

function marked([whole, bold, code, text, url]) {
  if (bold !== undefined) return h("strong", {}, inline(bold));
  if (code !== undefined) return h("code", {}, plain(code));
  if (text !== undefined) return link(url, plain(text));
  return whole.startsWith("<br") ? h("br") : null;
}

function plain(source) {
  return source.replace(ENTITY, (_, number, name) =>
    name ? NAMED[name] : String.fromCodePoint(Number(number)),
  );
}
