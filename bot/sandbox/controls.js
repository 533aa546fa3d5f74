// The top of the page: the sandbox's clock, the switches that break a platform, the letters' state.

import { act } from "./api.js";
import { h } from "./dom.js";
import { read } from "./time.js";

const STEPS = [
  ["+10 分钟", { minutes: 10 }],
  ["+1 小时", { minutes: 60 }],
  ["+4 小时", { minutes: 240 }],
  ["+1 天", { minutes: 1440 }],
  ["到下个工作日早上", {}],
];

const PLATFORMS = { wecom: "企业微信", feishu: "飞书" };

const FAULTS = {
  down: ["断网", "机器人连不上这个平台"],
  slow: ["很慢", "平台的每个应答晚 3 秒"],
  limited: ["限流", "平台说机器人发得太快，请稍后再发"],
  lost: ["丢回执", "消息发到了，但机器人收不到平台的回执"],
};

export class Controls {
  /** `toast` shows a line to the reader. */
  constructor(root, toast) {
    this.root = root;
    this.toast = toast;
    this.switches = {};
    const toggle = root.querySelector(".tools-toggle");
    toggle.onclick = () => toggle.setAttribute("aria-expanded", root.classList.toggle("open"));
    this.clock = root.querySelector(".clock");
    this.clock.replaceChildren(...STEPS.map(([text, step]) => this.#step(text, step)));
  }

  /** Show the parts of `news` that are here: now, status, faults. */
  show({ now, status, faults }) {
    if (now) this.#tell(now);
    if (status) this.#count(status);
    if (faults) this.#mark(faults);
  }

  #step(text, step) {
    return h("button", { type: "button", onclick: () => this.#advance(step) }, text);
  }

  async #advance(step) {
    const buttons = this.clock.querySelectorAll("button");
    const busy = (on) => {
      this.root.classList.toggle("moving", on);
      buttons.forEach((button) => (button.disabled = on));
    };
    busy(true);
    const { toast } = await act("advance", step);
    busy(false);
    if (toast) this.toast(toast);
  }

  #tell(now) {
    const { year, day, weekday, time } = read(now);
    for (const [name, text] of Object.entries({ ".year": year, ".day": day, ".weekday": weekday, time })) {
      this.root.querySelector(name).textContent = text;
    }
    this.root.querySelector("time").dateTime = now;
  }

  #count({ queued = 0, dead = 0 }) {
    const letters = this.root.querySelector(".letters");
    letters.replaceChildren(h("span", {}, "信件 "), `待发 ${queued} · 死信 ${dead}`);
    letters.classList.toggle("waiting", queued > 0);
    letters.classList.toggle("dead", dead > 0);
  }

  #mark(faults) {
    if (!Object.keys(this.switches).length) this.#build(Object.keys(faults));
    for (const [platform, state] of Object.entries(faults)) {
      for (const [fault, on] of Object.entries(state)) {
        this.switches[platform][fault].setAttribute("aria-pressed", on);
      }
    }
  }

  #build(platforms) {
    const order = Object.keys(PLATFORMS).filter((name) => platforms.includes(name));
    this.root.querySelector(".faults").replaceChildren(
      ...order.map((platform) => {
        this.switches[platform] = Object.fromEntries(
          Object.keys(FAULTS).map((fault) => [fault, this.#switch(platform, fault)]),
        );
        const buttons = Object.values(this.switches[platform]);
        return h(
          "div",
          { role: "group", "aria-label": `${PLATFORMS[platform]}的故障`, class: platform },
          h("span", {}, PLATFORMS[platform]),
          buttons,
        );
      }),
    );
  }

  #switch(platform, fault) {
    const [text, meaning] = FAULTS[fault];
    const button = h("button", { type: "button", title: meaning, "aria-pressed": "false" }, text);
    button.onclick = async () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      const { toast } = await act("faults", { platform, fault, on });
      this.toast(
        toast ?? (on ? `${PLATFORMS[platform]}${text}了：${meaning}` : `${PLATFORMS[platform]}恢复正常`),
      );
    };
    return button;
  }
}
