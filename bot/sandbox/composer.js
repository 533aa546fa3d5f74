// The line a person types in, with the commands people use most, the bot's menu, and files.

import { h, icon, popup } from "./dom.js";

const CHIPS = ["/发布", "/待办", "/我的", "/帮助"];
const MENU = { publish: "发布", inbox: "待办", mine: "我的", help: "帮助" };
const ALONE = "发消息或 / 指令";
const MENTION = "在群里 @全媒审批";
const KEY_PREFIX = { wecom: "menu.", feishu: "menu_" };

export class Composer {
  /** `acts`: say(text), menu(key), enter(), upload(file). */
  constructor({ name, platform }, acts) {
    this.acts = acts;
    this.input = h("textarea", {
      rows: 1,
      placeholder: ALONE,
      "aria-label": `以${name}的身份发消息`,
      enterkeyhint: "send",
    });
    this.input.addEventListener("input", () => this.#grow());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.element = h(
      "form",
      { class: "composer", onsubmit: (event) => this.#submit(event) },
      h(
        "div",
        { class: "chips" },
        this.#menu(platform),
        CHIPS.map((text) => this.#chip(text)),
      ),
      h(
        "div",
        { class: "line" },
        this.#file(),
        this.input,
        h("button", { type: "submit", class: "send", "aria-label": "发送" }, icon("send")),
      ),
    );
  }

  /** In a group the bot hears what mentions it, and has neither menu nor files there. */
  turn(room) {
    this.element.classList.toggle("grouped", Boolean(room));
    this.input.placeholder = room ? MENTION : ALONE;
  }

  fill(text) {
    this.input.value = text;
    this.#grow();
    this.input.focus();
    this.input.setSelectionRange(text.length, text.length);
  }

  #chip(text) {
    return h("button", { type: "button", onclick: () => this.acts.say(text) }, text);
  }

  #menu(platform) {
    const item = (text, pressed) => h("button", { type: "button", onclick: pressed }, text);
    const menu = popup(
      { class: "menu", label: "机器人菜单" },
      [icon("menu"), h("span", {}, "菜单")],
      h(
        "div",
        { class: "list" },
        Object.entries(MENU).map(([key, text]) =>
          item(text, () => choose(() => this.acts.menu(KEY_PREFIX[platform] + key))),
        ),
        item("重新打开会话", () => choose(this.acts.enter)),
      ),
    );
    const choose = (act) => {
      menu.open = false;
      act();
    };
    return menu;
  }

  #file() {
    const input = h("input", { type: "file", class: "hidden", "aria-label": "发送文件或图片" });
    input.onchange = () => {
      if (input.files.length) this.acts.upload(input.files[0]);
      input.value = "";
    };
    return h("label", { class: "file", title: "发送文件或图片" }, icon("plus"), input);
  }

  /** Enter sends, Shift+Enter breaks the line; Enter that ends a Chinese word does neither. */
  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.element.requestSubmit();
  }

  #submit(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = "";
    this.#grow();
    this.acts.say(text);
  }

  #grow() {
    const { input } = this;
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight + input.offsetHeight - input.clientHeight}px`;
  }
}
