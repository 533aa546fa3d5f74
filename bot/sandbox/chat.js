// One person's phone: the messages, the cards that can be pressed, and the line to type in.

import { act, upload } from "./api.js";
import { attachment } from "./attachment.js";
import { Composer } from "./composer.js";
import { h, linked, toaster } from "./dom.js";
import { feishuCard } from "./feishu_card.js";
import { stamp } from "./time.js";
import { wecomCard } from "./wecom_card.js";

const DRAW = { feishu: feishuCard, wecom: wecomCard };
const NAMES = { feishu: "飞书", wecom: "企业微信" };
const NEAR_END = 48;

export class Chat {
  /** `actor` is whose phone it is, `cast` everyone whose name a card may show. */
  constructor(actor, cast) {
    this.actor = actor;
    this.names = new Map(cast.map(({ account, name }) => [account, name]));
    this.rows = [];
    this.unread = 0;
    this.seen = false;
    this.atEnd = true;
    this.looking = false;
    this.log = h("ol", {
      class: "log",
      role: "log",
      tabindex: "0",
      "aria-label": `${actor.name}的消息`,
      onscroll: () => this.#scrolled(),
    });
    this.newer = h("button", { type: "button", class: "newer", hidden: true, onclick: () => this.#toEnd() });
    this.toasts = h("p", { class: "toast", role: "status" });
    this.toast = toaster(this.toasts);
    this.composer = new Composer(actor, {
      say: (text) => this.#did(act("say", { account: actor.account, text }), true),
      menu: (key) => this.#did(act("menu", { account: actor.account, key }), true),
      enter: () => this.#did(act("enter", { account: actor.account })),
      upload: (file) => this.#did(upload(actor.account, file), true),
    });
    this.element = this.#frame();
    new ResizeObserver(() => this.atEnd && this.#toEnd()).observe(this.log);
  }

  /** Take in new and repainted messages; `whole` means there are no others. */
  show(messages, whole) {
    const fresh = messages.filter((message) => this.#place(message) && !message.mine).length;
    if (whole) this.rows.splice(messages.length).forEach(({ element }) => element.remove());
    if (!this.looking) this.unread += fresh;
    if (this.atEnd) this.#toEnd();
    else if (fresh) this.#offer(fresh);
  }

  /** Whether somebody looks at this phone now; the first look opens an empty conversation. */
  look(looking) {
    this.looking = looking;
    this.element.classList.toggle("looking", looking);
    if (!looking) return;
    this.unread = 0;
    if (this.atEnd) this.#toEnd();
    else this.log.scrollTop = this.top;
    if (!this.seen && !this.rows.length) act("enter", { account: this.actor.account });
    this.seen = true;
  }

  /** Put `text` in the line to type in, ready to be sent. */
  compose(text) {
    this.composer.fill(text);
  }

  #frame() {
    const { name, title, platform } = this.actor;
    const who = h(
      "header",
      { class: "who" },
      h("span", { class: "face", "aria-hidden": "true" }, name.slice(0, 1)),
      h("div", {}, h("h2", {}, name), h("p", {}, title)),
      h("span", { class: "platform" }, NAMES[platform]),
    );
    const screen = h("div", { class: "screen" }, this.log, this.newer, this.toasts);
    return h(
      "section",
      { class: `phone ${platform}`, "aria-label": `${name}的${NAMES[platform]}` },
      who,
      screen,
      this.composer.element,
    );
  }

  /** Draw one message where it belongs; answers whether it was not there before. */
  #place(message) {
    const old = this.rows[message.place];
    const known = old?.message.id === message.id;
    if (known && old.message.version === message.version && old.message.recalled === message.recalled)
      return false;
    const element = this.#row(message);
    if (old) old.element.replaceWith(element);
    else this.log.append(element);
    element.classList.add(known ? "repainted" : "arrived");
    this.rows[message.place] = { message, element };
    return !known;
  }

  #row(message) {
    const time = stamp(message.at, this.rows[message.place - 1]?.message.at);
    const side = message.recalled ? "recalled" : message.mine ? "mine" : "theirs";
    return h(
      "li",
      { class: `${side} ${message.native ? "has-card" : ""}`, "data-id": message.id },
      time && h("time", { datetime: message.at }, time),
      message.chat && h("span", { class: "group" }, "群聊"),
      h("div", { class: "body" }, this.#body(message)),
    );
  }

  #body(message) {
    if (message.recalled) return h("p", { class: "gone" }, "这条消息已撤回");
    const face = !message.mine && h("span", { class: "bot", "aria-hidden": "true" }, "媒");
    if (message.file) return [face, attachment(message, () => this.atEnd && this.#toEnd())];
    if (!message.native) return [face, h("p", { class: "bubble" }, linked(message.text))];
    const card = DRAW[this.actor.platform](message.native, {
      press: (button, fields, pressed) => this.#press(message, button, fields, pressed),
      toast: (text) => this.toast(text),
      nameOf: (account) => this.names.get(account) ?? "同事",
    });
    return [face, card];
  }

  /** Press the card's button of that text; one press at a time, as on a real phone. */
  async #press(message, button, fields, pressed) {
    const card = this.rows[message.place].element;
    if (card.getAttribute("aria-busy") === "true") return;
    card.setAttribute("aria-busy", "true");
    pressed.classList.add("pressed");
    await this.#did(act("click", { account: this.actor.account, message: message.id, button, fields }));
    card.removeAttribute("aria-busy");
    pressed.classList.remove("pressed");
  }

  /** Wait for what came of an act, and tell the person where the platform would. */
  async #did(acting, follow = false) {
    if (follow) this.#toEnd();
    const { status, toast } = await acting;
    if (toast) this.toast(toast);
    else if (status && status !== 200) this.toast(`机器人没有收下（${status}），平台稍后会再送一次`);
  }

  #scrolled() {
    if (!this.looking) return;
    this.top = this.log.scrollTop;
    this.atEnd = this.log.scrollHeight - this.top - this.log.clientHeight < NEAR_END;
    if (this.atEnd) this.#offer(0);
  }

  #toEnd() {
    this.atEnd = true;
    this.log.scrollTop = this.log.scrollHeight;
    this.#offer(0);
  }

  /** The pill that leads down to what arrived while the reader was further up. */
  #offer(fresh) {
    this.below = fresh ? (this.below ?? 0) + fresh : 0;
    this.newer.hidden = !this.below;
    this.newer.textContent = this.below ? `↓ ${this.below} 条新消息` : "";
  }
}
