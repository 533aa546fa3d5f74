// One person's phone: the messages, the cards that can be pressed, and the line to type in.
// A conversation is told by its group's id; the one with the bot alone by "".

import { act, upload } from "./api.js";
import { attachment } from "./attachment.js";
import { Composer } from "./composer.js";
import { h, linked, toaster } from "./dom.js";
import { feishuCard } from "./feishu_card.js";
import { picture } from "./picture.js";
import { Strip } from "./strip.js";
import { stamp } from "./time.js";
import { wecomCard } from "./wecom_card.js";

const DRAW = { feishu: feishuCard, wecom: wecomCard };
const NAMES = { feishu: "飞书", wecom: "企业微信" };
const NEAR_END = 48;

export class Chat {
  /**
   * `actor` is whose phone it is, `group` its group chat ("" for none), `people` everyone whose name a
   * card may show. `acts`: choose(account) puts another's phone here, read() when something was seen.
   */
  constructor(actor, group, people, acts) {
    this.actor = actor;
    this.acts = acts;
    this.names = new Map(people.map(({ account, name }) => [account, name]));
    this.rows = [];
    this.room = "";
    this.fresh = group ? { "": 0, [group]: 0 } : { "": 0 };
    this.seen = false;
    this.atEnd = true;
    this.looking = false;
    this.log = h("ol", {
      class: "log alone",
      role: "log",
      tabindex: "0",
      "aria-label": `${actor.name}的消息`,
      onscroll: () => this.#scrolled(),
    });
    this.newer = h("button", { type: "button", class: "newer", hidden: true, onclick: () => this.#toEnd() });
    this.toasts = h("p", { class: "toast", role: "status" });
    this.toast = toaster(this.toasts);
    this.composer = new Composer(actor, {
      say: (text) => this.#did(act("say", this.#said(text)), true),
      menu: (key) => this.#did(act("menu", { account: actor.account, key }), true),
      enter: () => this.#did(act("enter", { account: actor.account })),
      upload: (file) => this.#did(upload(actor.account, file), true),
    });
    this.strip = new Strip(actor, group, people, {
      turn: (room) => this.turn(room),
      choose: acts.choose,
      toast: this.toast,
    });
    this.element = this.#frame();
    new ResizeObserver(() => this.atEnd && this.#toEnd()).observe(this.log);
  }

  /** Take in new and repainted messages; `whole` means there are no others. */
  show(messages, whole) {
    const fresh = messages.filter((message) => this.#place(message) && !message.mine);
    if (whole) this.rows.splice(messages.length).forEach(({ element }) => element.remove());
    const here = fresh.filter(({ chat }) => chat === this.room).length;
    for (const { chat } of fresh) if (!this.looking || chat !== this.room) this.fresh[chat] += 1;
    this.#count();
    if (this.atEnd) this.#toEnd();
    else if (here) this.#offer(here);
  }

  /** How many messages nobody has looked at. */
  get unread() {
    return Object.values(this.fresh).reduce((sum, number) => sum + number);
  }

  /** Look at another of this phone's conversations. */
  turn(room) {
    this.room = room;
    this.log.classList.toggle("alone", !room);
    this.log.classList.toggle("grouped", Boolean(room));
    this.strip.turned(room);
    this.composer.turn(room);
    this.fresh[room] = 0;
    this.#count();
    this.#toEnd();
    this.acts.read();
  }

  /** Whether this person has left the school. */
  mark(left) {
    this.strip.mark(left);
    this.element.classList.toggle("has-left", left);
  }

  /** Whether somebody looks at this phone now; the first look opens an empty conversation. */
  look(looking) {
    this.looking = looking;
    this.element.classList.toggle("looking", looking);
    if (!looking) return;
    this.fresh[this.room] = 0;
    this.#count();
    if (this.atEnd) this.#toEnd();
    else this.log.scrollTop = this.top;
    if (!this.seen && this.rows.every(({ message }) => message.chat)) act("enter", { account: this.actor.account });
    this.seen = true;
  }

  /** Put `text` in the line to type in, ready to be sent. */
  compose(text) {
    this.turn("");
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
      this.strip.element,
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
    const before = this.rows.slice(0, message.place).findLast((row) => row.message.chat === message.chat);
    const time = stamp(message.at, before?.message.at);
    const other = !message.mine && message.sender;
    const side = message.recalled ? "recalled" : message.mine ? "mine" : "theirs";
    return h(
      "li",
      {
        class: `${side} ${message.native ? "has-card" : ""} ${message.chat ? "in-group" : ""}`,
        "data-id": message.id,
      },
      time && h("time", { datetime: message.at }, time),
      other && h("span", { class: "sender" }, this.names.get(other) ?? "同事"),
      h("div", { class: "body" }, this.#body(message)),
      !message.mine && !message.recalled && picture(message, () => this.atEnd && this.#toEnd()),
    );
  }

  #body(message) {
    if (message.recalled) return h("p", { class: "gone" }, "这条消息已撤回");
    const face = !message.mine && this.#face(message.sender);
    if (message.file) return [face, attachment(message, () => this.atEnd && this.#toEnd())];
    if (!message.native) return [face, h("p", { class: "bubble" }, linked(message.text))];
    const card = DRAW[this.actor.platform](message.native, {
      press: (button, fields, pressed) => this.#press(message, button, fields, pressed),
      toast: (text) => this.toast(text),
      nameOf: (account) => this.names.get(account) ?? "同事",
    });
    return [face, card];
  }

  #face(sender) {
    if (!sender) return h("span", { class: "bot", "aria-hidden": "true" }, "媒");
    const name = this.names.get(sender) ?? "同";
    return h("span", { class: "bot person", "aria-hidden": "true" }, name.slice(0, 1));
  }

  #said(text) {
    const said = { account: this.actor.account, text };
    return this.room ? { ...said, chat: this.room } : said;
  }

  #count() {
    for (const [room, number] of Object.entries(this.fresh)) this.strip.count(room, number);
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
    else if (status && status !== 200) this.toast(`机器人这次没有接到（${status}），平台稍后会自动再送，不用重发`);
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
