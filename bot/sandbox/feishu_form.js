// The fields of a Feishu form, and what was filled in when its submit button is pressed.

import { h, popup } from "./dom.js";

let serial = 0;

/** What the fields of one form hold. */
export class Form {
  fields = [];

  /** field: {name, required, read() -> string, array or boolean, reset(), element}. */
  add(field) {
    this.fields.push({ ...field, start: JSON.stringify(field.read()) });
    field.element.addEventListener("input", () => field.element.classList.remove("missing"));
  }

  /** Mark what is required and empty, and lead the reader there. */
  complete() {
    const missing = this.fields.filter(({ required, read }) => required && !read().length);
    for (const field of this.fields) field.element.classList.toggle("missing", missing.includes(field));
    missing[0]?.element.querySelector("input, textarea, select, summary").focus();
    return !missing.length;
  }

  /** {name: value} of what was touched: the rest the platform itself sends as it stands on the card. */
  values() {
    const touched = this.fields.filter(({ read, start }) => JSON.stringify(read()) !== start);
    return Object.fromEntries(touched.map(({ name, read }) => [name, read()]));
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
  picker_datetime: (node, ctx) =>
    picker(node, ctx, "datetime-local", node.initial_datetime?.replace(" ", "T")),
  checker,
};

function input(node, ctx) {
  const long = node.input_type === "multiline_text";
  const control = h(long ? "textarea" : "input", {
    rows: long ? (node.rows ?? 5) : undefined,
    type: long ? undefined : node.input_type === "password" ? "password" : "text",
    maxlength: node.max_length ?? 1000,
    value: node.default_value ?? "",
    disabled: node.disabled,
  });
  return simple(node, ctx, control, node.default_value ?? "");
}

function select(node, ctx, face) {
  const control = h(
    "select",
    { disabled: node.disabled },
    h("option", { value: "", disabled: true, hidden: true }, node.placeholder?.content ?? "请选择"),
    node.options.map((option) => h("option", { value: option.value }, face(option))),
  );
  const first = node.initial_option ?? node.options[(node.initial_index ?? 0) - 1]?.value ?? "";
  return simple(node, ctx, control, first);
}

function picker(node, ctx, type, first = "") {
  const control = h("input", { type, disabled: node.disabled });
  return simple(node, ctx, control, first, (value) => value.replace("T", " "));
}

/** A field of one control, under its label. */
function simple(node, { form }, control, first, sent = (value) => value) {
  const { label, placeholder, name, required } = node;
  control.id = `field-${++serial}`;
  control.value = first;
  if (placeholder) control.setAttribute("placeholder", placeholder.content);
  if (!label) control.setAttribute("aria-label", placeholder?.content ?? name);
  if (required) control.setAttribute("aria-required", "true");
  const element = h(
    "div",
    { class: `fs-field ${label && node.label_position !== "top" ? "fs-beside" : ""}` },
    label && h("label", { for: control.id, class: required ? "fs-required" : "" }, label.content),
    control,
  );
  form?.add({
    name,
    required,
    element,
    read: () => sent(control.value),
    reset: () => (control.value = first),
  });
  return element;
}

/** A multiple choice: a list that folds open, the chosen ones as tags on its face. */
function several(node, { form }, face) {
  const hint = node.placeholder?.content ?? "请选择";
  const boxes = node.options.map((option) =>
    h("input", { type: "checkbox", value: option.value, "data-text": face(option) }),
  );
  const chosen = () => boxes.filter(({ checked }) => checked);
  const tags = h("span", { class: "fs-chosen" });
  const show = () =>
    tags.replaceChildren(
      ...chosen().map(({ dataset }) => h("span", {}, dataset.text)),
      chosen().length ? "" : hint,
    );
  const reset = () => {
    for (const box of boxes) box.checked = node.selected_values?.includes(box.value) ?? false;
    show();
  };
  const list = h(
    "div",
    { class: "fs-options", onchange: show },
    boxes.map((box) => h("label", {}, box, box.dataset.text)),
  );
  const element = h("div", { class: "fs-field" }, popup({ class: "fs-several", label: hint }, tags, list));
  reset();
  form?.add({
    name: node.name,
    required: node.required ?? true,
    element,
    read: () => chosen().map(({ value }) => value),
    reset,
  });
  return element;
}

function checker(node, { form }) {
  const box = h("input", { type: "checkbox", checked: Boolean(node.checked), disabled: node.disabled });
  const element = h("label", { class: "fs-check" }, box, h("span", {}, node.text?.content ?? ""));
  form?.add({
    name: node.name,
    required: false,
    element,
    read: () => box.checked,
    reset: () => (box.checked = Boolean(node.checked)),
  });
  return element;
}
