// The chain of a request as a picture, behind a fold under the message that tells its way.

import { h } from "./dom.js";

const NUMBER = /[A-Z]{2}-\d{4}-\d{4,}/;
const WIDEST = 360;
const TELLS = /"办理记录"|^办理记录：$|为什么这样走/m;

/** The fold, or null under any other message; `resized` is called once the picture is there. */
export function picture(message, resized) {
  const said = message.native ? JSON.stringify(message.native) : message.text;
  const number = TELLS.test(said) && NUMBER.exec(said)?.[0];
  if (!number) return null;
  const fold = h("details", { class: "chain", ontoggle: () => fold.open && draw(fold, number, resized) });
  fold.append(h("summary", {}, "审批路径图"));
  return fold;
}

/** Each opening shows the chain as it stands then. */
function draw(fold, number, resized) {
  const width = Math.min(fold.parentElement.clientWidth, WIDEST);
  const src = `/sandbox/chain?number=${number}&width=${width}&at=${Date.now()}`;
  const shown = h("img", { src, alt: `${number} 的审批路径`, onload: resized });
  fold.querySelector("img")?.remove();
  fold.append(shown);
}
