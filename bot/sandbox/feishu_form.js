// The fields of a Feishu form, and the form_value that its submit button sends.

import { h, popup } from "./dom.js";

const ZONE = " +0800";
let serial = 0;

/** What the fields of one form hold. */
export class Form {
  fields = [];

  /** field: {name, required, read() -> string, array or boolean, reset(), element}. */
  add(field) {
    this.fields.push(field);
    field.element.addEventListener("input", () => field.element.classList.remove("missing"));
  }

  /** Mark what is required and empty, and lead the reader there. */
  complete() {
    const missing = this.fields.filter(({ required, read }) => required && !read().length);
    for (const field of this.fields) field.element.classList.toggle("missing", missing.includes(field));
    missing[0]?.element.querySelector("input, textarea, select, summary").focus();
    return !missing.length;
  }

  /** {name: value} of what is filled in, as the client sends it. */
  values() {
    const filled = this.fields.map(({ name, read }) => [name, read()]).filter(([, value]) => value === true || value.length);
    return Object.fromEntries(filled);
  }

  reset() {
    for (const field of this.fields) field.reset();
  }
}

export const FIELDS = {
  input,
  select_static: (node, ctx) => select(node, ctx, ({ text }) => text.content),
  select_person: (node, ctx) => select(node, ctx, ({ value }) => ctx.nameOf(value)),
  multi_select_static: (node, ctx) => several(node, ctx, ({ text }) => text.content),
  multi_select_person: (node, ctx) => several(node, ctx, ({ value }) => ctx.nameOf(value)),
  date_picker: (node, ctx) => picker(node, ctx, "date", node.initial_date),
  picker_time: (node, ctx) => picker(node, ctx, "time", node.initial_time),
  picker_datetime: (node, ctx) => picker(node, ctx, "datetime-local", node.initial_datetime?.replace(" ", "T")),
  checker,
};

function input(node, ctx) {
  const long = node.input_type === "multiline_text";
  const control = h(long ? "textarea" : "input", {
    rows: long ? node.rows ?? 5 : undefined,
    type: long ? undefined : node.input_type === "password" ? "password" : "text",
    maxlength: node.max_length ?? 1000,
    value: node.default_value ?? "",
    disabled: node.disabled,
  });
  return simple(node, ctx, control, node.default_value ?? "");
}

function select(node, ctx, face) {
  const control = h("select", { disabled: node.disabled }, h("option", { value: "" }, node.placeholder?.content ?? "请选择"),
    node.options.map((option) => h("option", { value: option.value }, face(option))));
  const first = node.initial_option ?? node.options[(node.initial_index ?? 0) - 1]?.value ?? "";
  return simple(node, ctx, control, first);
}

function picker(node, ctx, type, first = "") {
  const control = h("input", { type, disabled: node.disabled });
  return simple(node, ctx, control, first, (value) => value && value.replace("T", " ") + ZONE);
}

/** A field of one control, under its label. */
function simple(node, { form }, control, first, sent = (value) => value) {
  const { label, placeholder, name, required } = node;
  control.id = `field-${++serial}`;
  control.value = first;
  if (placeholder) control.setAttribute("placeholder", placeholder.content);
  if (!label) control.setAttribute("aria-label", placeholder?.content ?? name);
  if (required) control.setAttribute("aria-required", "true");
  const element = h("div", { class: `fs-field ${label && node.label_position !== "top" ? "fs-beside" : ""}` },
    label && h("label", { for: control.id, class: required ? "fs-required" : "" }, label.content), control);
  form?.add({ name, required, element, read: () => sent(control.value), reset: () => (control.value = first) });
  return element;
}

/** A multiple choice: a list that folds open, the chosen ones as tags on its face. */
function several(node, { form }, face) {
  const chosen = () => boxes.filter(({ checked }) => checked);
  const boxes = node.options.map((option) => h("input", { type: "checkbox", value: option.value, "data-text": face(option) }));
  const tags = h("span", { class: "fs-chosen" });
  const start = () => boxes.forEach((box) => (box.checked = (node.selected_values ?? []).includes(box.value)));
  const refresh = () => tags.replaceChildren(...(chosen().length ? chosen().map((box) => h("span", {}, box.dataset.text)) : [node.placeholder?.content ?? "请选择"]));
  const list = h("div", { class: "fs-options", onchange: refresh }, boxes.map((box) => h("label", {}, box, box.dataset.text)));
  const element = h("div", { class: "fs-field" }, popup({ class: "fs-several", label: node.placeholder?.content ?? node.name }, tags, list));
  const required = node.required ?? true;
  form?.add({ name: node.name, required, element, read: () => chosen().map(({ value }) => value), reset: () => (start(), refresh()) });
  start();
  refresh();
  return element;
}

function checker(node, { form }) {
  const box = h("input", { type: "checkbox", checked: Boolean(node.checked), disabled: node.disabled });
  const element = h("label", { class: "fs-check" }, box, h("span", {}, node.text?.content ?? ""));
  form?.add({ name: node.name, required: false, element, read: () => box.checked, reset: () => (box.checked = Boolean(node.checked)) });
  return element;
}
