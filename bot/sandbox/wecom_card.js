// Draws WeCom's template cards as the WeCom client would.

import { h, icon, link, popup } from "./dom.js";

const SOURCE_COLORS = ["grey", "black", "red", "green"];

/** The card as an element. `ctx`: press(button text, {question_key: option id or ids}, pressed element). */
export function wecomCard(native, ctx) {
  const answers = new Map();
  const send = (text, element) =>
    ctx.press(text, Object.fromEntries([...answers].map(([key, read]) => [key, read()])), element);
  return h(
    "article",
    { class: "card wc-card" },
    top(native, send),
    h(
      "div",
      { class: "wc-main" },
      title(native),
      emphasis(native.emphasis_content),
      picture(native),
      quote(native.quote_area),
      native.sub_title_text && h("p", { class: "wc-sub" }, native.sub_title_text),
      vertical(native.vertical_content_list),
      rows(native.horizontal_content_list, ctx),
    ),
    questions(native, answers),
    jumps(native.jump_list),
    foot(native, send, answers),
  );
}

function top({ source, action_menu: menu }, send) {
  if (!source?.desc && !menu) return null;
  return h(
    "div",
    { class: "wc-top" },
    h("span", { class: `wc-source wc-${SOURCE_COLORS[source?.desc_color ?? 0]}` }, source?.desc),
    menu &&
      popup(
        { class: "wc-menu", label: menu.desc || "更多" },
        icon("more"),
        h(
          "div",
          { class: "list" },
          menu.action_list.map(({ text }) => button(text, "", (element) => send(text, element))),
        ),
      ),
  );
}

function title({ main_title: main = {}, card_action: action }) {
  if (!main.title && !main.desc) return null;
  const face =
    action?.type === 1 ? Object.assign(link(action.url, main.title), { className: "wc-cover" }) : main.title;
  return [main.title && h("h3", {}, face), main.desc && h("p", { class: "wc-desc" }, main.desc)];
}

function emphasis(content) {
  return (
    content && h("div", { class: "wc-emphasis" }, h("strong", {}, content.title), h("span", {}, content.desc))
  );
}

function picture({ card_image: image, image_text_area: area }) {
  if (area) return h("div", { class: "wc-quote" }, h("strong", {}, area.title), h("p", {}, area.desc));
  return image && h("div", { class: "wc-image", role: "img", "aria-label": "封面图" });
}

function quote(area) {
  return area && h("div", { class: "wc-quote" }, h("strong", {}, area.title), h("p", {}, area.quote_text));
}

function vertical(list = []) {
  return list.map(({ title: head, desc }) =>
    h("div", { class: "wc-vertical" }, h("strong", {}, head), h("p", {}, desc)),
  );
}

function rows(list = [], ctx) {
  const value = (row) =>
    row.type === 1
      ? link(row.url, row.value)
      : row.type === 3
        ? h("span", { class: "wc-name" }, row.value || ctx.nameOf(row.userid))
        : row.value;
  return (
    list.length > 0 &&
    h(
      "dl",
      {},
      list.map((row) => [h("dt", {}, row.keyname), h("dd", {}, value(row))]),
    )
  );
}

/** Selectors and votes; each leaves in `answers` how to read what is chosen. */
function questions({ button_selection: one, select_list: many = [], checkbox, replace_text: over }, answers) {
  const selects = [one, ...many].filter(Boolean).map((question) => selector(question, over, answers));
  return [
    selects.length > 0 && h("div", { class: "wc-selects" }, selects),
    checkbox && vote(checkbox, over, answers),
  ];
}

function selector(
  { question_key: key, title: head, option_list: options, selected_id: chosen, disable },
  over,
  answers,
) {
  const control = h(
    "select",
    { disabled: Boolean(disable || over), "aria-label": head || "请选择" },
    options.map(({ id, text }) => h("option", { value: id }, text)),
  );
  if (options.some(({ id }) => id === chosen)) control.value = chosen;
  answers.set(key, () => control.value);
  return h("label", { class: "wc-select" }, head && h("span", {}, head), control);
}

function vote({ question_key: key, mode, option_list: options, disable }, over, answers) {
  const name = `vote-${Math.random().toString(36).slice(2)}`;
  const boxes = options.map(({ id, is_checked: on }) =>
    h("input", {
      type: mode === 1 ? "checkbox" : "radio",
      name,
      value: id,
      checked: Boolean(on),
      disabled: Boolean(disable || over),
    }),
  );
  answers.set(key, () => {
    const chosen = boxes.filter(({ checked }) => checked).map(({ value }) => value);
    return mode === 1 ? chosen : (chosen[0] ?? "");
  });
  return h(
    "div",
    { class: "wc-vote", role: "group", "aria-label": mode === 1 ? "可多选" : "单选" },
    boxes.map((box, index) =>
      h("label", {}, box, h("span", { class: "wc-box" }, icon("check")), h("span", {}, options[index].text)),
    ),
  );
}

function jumps(list = []) {
  return (
    list.length > 0 &&
    h(
      "ul",
      { class: "wc-jumps" },
      list.map((jump) =>
        h("li", {}, jump.type === 1 ? link(jump.url, jump.title) : h("span", {}, jump.title)),
      ),
    )
  );
}

function foot(
  { button_list: buttons = [], submit_button: submit, replace_text: over, checkbox },
  send,
  answers,
) {
  if (over)
    return h(
      "div",
      { class: "wc-buttons" },
      h("button", { type: "button", class: "wc-over", disabled: true }, over),
    );
  if (submit) return h("div", { class: "wc-buttons" }, submitter(submit, checkbox, send, answers));
  return (
    buttons.length > 0 &&
    h(
      "div",
      { class: "wc-buttons" },
      buttons.map(({ text, style = 1, type, url }) =>
        type === 1
          ? Object.assign(link(url, text), { className: `wc-b${style}` })
          : button(text, `wc-b${style}`, (element) => send(text, element)),
      ),
    )
  );
}

/** A vote can be handed in once something is chosen. */
function submitter({ text }, checkbox, send, answers) {
  const element = button(text || "提交", "wc-b1", () => send(text || "提交", element));
  if (!checkbox) return element;
  const check = () => (element.disabled = !answers.get(checkbox.question_key)().length);
  queueMicrotask(() => {
    element.closest(".wc-card").addEventListener("change", check);
    check();
  });
  return element;
}

function button(text, style, pressed) {
  const element = h("button", { type: "button", class: style }, text);
  element.onclick = () => pressed(element);
  return element;
}
