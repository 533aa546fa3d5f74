// A file that the bot sent: a picture as it is, anything else as a name that saves it.

import { h } from "./dom.js";

/**
 * `message.file` is its name and whether it is a picture; the content comes from the sandbox itself.
 * `onload` is called once a picture has its size.
 */
export function attachment({ account, id, file }, onload) {
  const url = `/sandbox/file?${new URLSearchParams({ account, message: id })}`;
  if (file.picture) return h("img", { class: "picture", src: url, alt: file.name, onload });
  return h("a", { class: "bubble attachment", href: url, download: file.name }, file.name);
}
