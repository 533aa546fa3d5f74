// Draws Feishu's card JSON 2.0 as the Feishu client would.

import { h, link } from "./dom.js";
import { FIELDS, Form } from "./feishu_form.js";
import { blocks, inline } from "./feishu_text.js";

const SPACING = { small: "4px", medium: "8px", large: "12px", extra_large: "16px" };
const WORD = /^[a-z]+/;

const DRAW = new Map(
  Object.entries({
    div: ({ text }) => said(text, "p"),
    markdown: (node) => said({ ...node, tag: "markdown" }, "div"),
    hr: () => h("hr"),
    chart: bars,
    img: ({ alt }) => h("div", { class: "fs-img" }, alt?.content || "图片"),
    person: ({ user_id }, ctx) => person(user_id, ctx),
    person_list: ({ persons }, ctx) =>
      h(
        "div",
        { class: "fs-people" },
        persons.map(({ id }) => person(id, ctx)),
      ),
    column_set: columns,
    collapsible_panel: panel,
    interactive_container: (node, ctx) => h("div", { class: "fs-container" }, all(node, ctx)),
    form,
    table,
    button,
    ...FIELDS,
  }),
);

/** The card as an element. `ctx`: press(button text, fields, pressed element), toast(text), nameOf(account). */
export function feishuCard(native, ctx) {
  const body = h("div", { class: "fs-body" }, all(native.body ?? {}, ctx));
  space(body, native.body ?? {});
  return h("article", { class: "card fs-card" }, native.header && header(native.header), body);
}

function all({ elements = [] }, ctx) {
  return elements.map((node) => draw(node, ctx));
}

function draw(node, ctx) {
  const make = DRAW.get(node.tag);
  const element = make ? make(node, ctx) : h("p", { class: "fs-unknown" }, `沙盒不认识的组件：${node.tag}`);
  if (node.margin) element.style.margin = node.margin;
  return element;
}

function header({ template = "default", title, subtitle, text_tag_list: tags = [] }) {
  return h(
    "header",
    { class: `fs-head ${tint(template)}` },
    h(
      "h3",
      {},
      h("span", {}, title.content),
      tags.map(({ text, color }) => h("span", { class: `fs-tag ${tint(color)}` }, text.content)),
    ),
    subtitle?.content && h("p", {}, subtitle.content),
  );
}

/** A bar chart of the kind the bot sends: a label, a bar as long as its count, the count. */
function bars({ chart_spec: spec }) {
  const rows = spec.data.values.map((one) => [one[spec.xField], Number(one[spec.yField])]);
  const most = Math.max(1, ...rows.map(([, count]) => count));
  return h(
    "figure",
    { class: "fs-chart" },
    rows.map(([label, count]) => {
      const bar = h("i", {});
      bar.style.width = `${(100 * count) / most}%`;
      return h("div", {}, h("span", {}, label), h("b", {}, bar), h("em", {}, String(count)));
    }),
  );
}

function tint(color = "neutral") {
  return `fs-${WORD.exec(color)?.[0] ?? "neutral"}`;
}

/** A text object (plain_text, lark_md or markdown) in its size and colour. */
function said(text, tag) {
  const plain = text.tag === "plain_text";
  const element = h(
    tag,
    { class: `fs-text fs-${text.text_size ?? "normal"}` },
    plain ? text.content : blocks(text.content),
  );
  if (text.text_color) element.classList.add("fs-colored", tint(text.text_color));
  if (text.text_align) element.style.textAlign = text.text_align;
  if (text.lines) Object.assign(element.style, { webkitLineClamp: text.lines, display: "-webkit-box" });
  return element;
}

function person(account, { nameOf }) {
  const name = nameOf(account);
  return h(
    "span",
    { class: "fs-person" },
    h("span", { class: "fs-face", "aria-hidden": "true" }, name.slice(0, 1)),
    name,
  );
}

function space(element, { direction, horizontal_spacing: across, vertical_spacing: down, padding }) {
  if (direction === "horizontal") element.classList.add("fs-row");
  if (across) element.style.columnGap = SPACING[across] ?? across;
  if (down) element.style.rowGap = SPACING[down] ?? down;
  if (padding) element.style.padding = padding;
}

function columns(node, ctx) {
  const set = h(
    "div",
    { class: `fs-columns fs-mode-${node.flex_mode ?? "none"} ${ground(node)}` },
    (node.columns ?? []).map((column) => {
      const element = h(
        "div",
        { class: `fs-column fs-at-${column.vertical_align ?? "top"} ${ground(column)}` },
        all(column, ctx),
      );
      if (column.width === "weighted") element.style.flex = `${column.weight ?? 1} 1 0`;
      else if (/^\d+px$/.test(column.width ?? "")) element.style.flex = `0 0 ${column.width}`;
      space(element, column);
      return element;
    }),
  );
  space(set, node);
  return set;
}

function ground({ background_style: style }) {
  return style && style !== "default" ? `fs-ground ${tint(style)}` : "";
}

function panel(node, ctx) {
  const { title } = node.header ?? {};
  const inner = h("div", { class: "fs-folded" }, all(node, ctx));
  space(inner, node);
  const face = title?.tag === "plain_text" ? title.content : inline(title?.content ?? "");
  return h(
    "details",
    { class: "fs-panel", open: Boolean(node.expanded) },
    h("summary", {}, h("span", {}, face)),
    inner,
  );
}

function form(node, ctx) {
  const fields = new Form();
  const element = h(
    "form",
    { class: "fs-form", novalidate: true, onsubmit: (event) => event.preventDefault() },
    all(node, { ...ctx, form: fields }),
  );
  space(element, node);
  return element;
}

function button(node, ctx) {
  const text = node.text?.content ?? "";
  const props = {
    type: "button",
    class: `fs-button fs-b-${node.type ?? "default"} fs-w-${node.width ?? "default"}`,
    disabled: node.disabled,
    title: node.hover_tips?.content,
  };
  const opens = node.behaviors?.find(({ type }) => type === "open_url");
  if (opens && !node.behaviors.some(({ type }) => type === "callback")) {
    const anchor = link(opens.default_url, text);
    anchor.className = props.class;
    return anchor;
  }
  const element = h("button", props, text);
  element.onclick = () => pressed(node, ctx, text, element);
  return element;
}

function pressed({ form_action_type: kind }, { form: fields, press, toast }, text, element) {
  if (kind === "reset") return fields?.reset();
  if (kind !== "submit" || !fields) return press(text, {}, element);
  if (!fields.complete()) return toast("请填写必填项");
  return press(text, fields.values(), element);
}

function table({ columns: heads, rows }, ctx) {
  const cell = (row, { name, data_type: type }) => h("td", {}, shown(row[name], type, ctx));
  return h(
    "div",
    { class: "fs-table" },
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          heads.map(({ display_name: name }) => h("th", { scope: "col" }, name)),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map((row) =>
          h(
            "tr",
            {},
            heads.map((head) => cell(row, head)),
          ),
        ),
      ),
    ),
  );
}

function shown(value, type, ctx) {
  if (value === undefined || value === null) return "";
  if (type === "options")
    return [value].flat().map(({ text, color }) => h("span", { class: `fs-tag ${tint(color)}` }, text));
  if (type === "persons") return [value].flat().map((account) => person(account, ctx));
  if (type === "date")
    return new Date(value).toLocaleString("zh-CN", {
      timeZone: "Asia/Shanghai",
      dateStyle: "short",
      timeStyle: "short",
    });
  return type === "markdown" || type === "lark_md" ? inline(String(value)) : String(value);
}
