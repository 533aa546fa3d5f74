// The strip above a phone's messages: which of its conversations, whose phone, and leaving the school.

import { act } from "./api.js";
import { h } from "./dom.js";

const NAMES = { wecom: "企业微信", feishu: "飞书" };
const NO_GROUPS = "企业微信不把群聊消息交给自建应用，机器人听不到群里的话";
const LEFT = {
  feishu: "通讯录里没有这个人了，飞书已通知机器人",
  wecom: "通讯录里没有这个人了。企业微信不通知应用：机器人接连两夜读不到，才认作离职",
};
const BACK = {
  feishu: "通讯录里又有这个人了，飞书已通知机器人",
  wecom: "通讯录里又有这个人了。企业微信不通知应用：机器人夜里读通讯录时才知道",
};

export class Strip {
  /**
   * `group` is the id of the platform's group chat, "" where there is none; `people` are all whose
   * phone can be looked at. `acts`: turn(room), choose(account), toast(text).
   */
  constructor(actor, group, people, acts) {
    this.actor = actor;
    this.acts = acts;
    this.rooms = { "": this.#room("单聊", "") };
    if (group) this.rooms[group] = this.#room("群聊", group);
    this.leave = h("button", { type: "button", class: "leave", onclick: () => this.#leave() });
    this.element = h(
      "div",
      { class: "strip" },
      h(
        "div",
        { class: "rooms", role: "group", "aria-label": `${actor.name}的会话` },
        Object.values(this.rooms),
        !group && this.#deaf(),
      ),
      this.#chooser(people),
      this.leave,
    );
    this.turned("");
    this.mark(false);
  }

  /** Show which conversation is looked at. */
  turned(room) {
    for (const [id, button] of Object.entries(this.rooms)) button.setAttribute("aria-pressed", id === room);
  }

  /** Show how many messages of a conversation have not been seen. */
  count(room, unread) {
    const badge = this.rooms[room].querySelector(".badge");
    badge.hidden = !unread;
    badge.textContent = unread > 99 ? "99+" : unread || "";
    badge.setAttribute("aria-label", `${unread} 条未读`);
  }

  /** Show who else has messages that nobody has seen: `unread` by account, of those whose phone is not here. */
  waiting(unread) {
    for (const option of this.options) {
      const number = unread.get(option.value);
      option.textContent = option.dataset.said + (number ? ` · ${number} 条未读` : "");
    }
    this.elsewhere.hidden = !unread.size;
    this.elsewhere.textContent = unread.size || "";
    this.elsewhere.setAttribute("aria-label", `另有 ${unread.size} 人有未读消息`);
  }

  /** Show whether the person has left the school. */
  mark(left) {
    this.left = left;
    this.element.classList.toggle("left", left);
    this.leave.textContent = left ? "已离职 · 复职" : "离职";
    this.leave.title = `${NAMES[this.actor.platform]}的通讯录里${left ? "恢复" : "删去"}${this.actor.name}`;
  }

  #room(text, id) {
    const badge = h("span", { class: "badge", hidden: true });
    return h("button", { type: "button", onclick: () => this.acts.turn(id) }, h("span", {}, text), badge);
  }

  /** A phone has no tooltips, so a press says the reason too. */
  #deaf() {
    const told = () => this.acts.toast(NO_GROUPS);
    return h("button", { type: "button", class: "deaf", title: NO_GROUPS, onclick: told }, "无群聊");
  }

  #chooser(people) {
    const { name, account } = this.actor;
    const option = (one) => {
      const made = h("option", { value: one.account, selected: one.account === account });
      made.dataset.said = `${one.name} · ${one.title}`;
      return made;
    };
    const select = h(
      "select",
      { "aria-label": `换下${name}，看谁的手机` },
      Object.entries(NAMES).map(([platform, label]) =>
        h("optgroup", { label }, people.filter((one) => one.platform === platform).map(option)),
      ),
    );
    select.onchange = () => {
      const chosen = select.value;
      select.value = account;
      this.acts.choose(chosen);
    };
    this.options = [...select.options];
    this.elsewhere = h("span", { class: "badge", hidden: true });
    this.waiting(new Map());
    return h("label", { class: "choose", title: "看另一个人的手机" }, h("span", {}, "换人"), this.elsewhere, select);
  }

  async #leave() {
    const { platform, account } = this.actor;
    const [name, told] = this.left ? ["returns", BACK] : ["leaves", LEFT];
    this.leave.disabled = true;
    const { toast } = await act(name, { account });
    this.leave.disabled = false;
    this.acts.toast(toast ?? told[platform]);
  }
}
