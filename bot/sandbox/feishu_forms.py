"""What Feishu's client does with a card: finds the pressed button and collects the form around it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.feishu_cards import FIELDS, tagged

OFFSET = " +0800"


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button and the form it submits, if it stands in one."""

    button: Mapping[str, Any]
    form: Mapping[str, Any] | None

    def action(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """`event.action` of the callback; raises LookupError where the client would not send it."""
        values = (one["value"] for one in self.button["behaviors"] if one["type"] == "callback")
        action = {"value": next(values), "tag": "button", "timezone": "Asia/Shanghai"}
        if self.form is None:
            if fields:
                raise LookupError(f"no form around this button for {sorted(fields)}")
            return action
        return action | {"name": self.button["name"], "form_value": form_value(self.form, fields)}


def press(card: Mapping[str, Any], text: str) -> Pressed:
    """The button with that text; raises LookupError where there is none that can be pressed."""
    for pressed in _buttons(card):
        button = pressed.button
        if button["text"]["content"] != text or button.get("disabled"):
            continue
        if pressed.form is None or button.get("form_action_type") == "submit":
            return pressed
    raise LookupError(f"no button {text!r} that can be pressed")


def _buttons(card: Mapping[str, Any]) -> Iterator[Pressed]:
    for element in card["body"]["elements"]:
        form = element if element["tag"] == "form" else None
        for node in tagged(element):
            if node["tag"] == "button" and "behaviors" in node:
                yield Pressed(node, form)


def form_value(form: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """What the client sends for a form in which `fields` were filled in.

    An untouched field is empty, null or missing, as undocumented as on the platform itself.
    """
    inputs = {
        node["name"]: node for node in tagged(form) if node["tag"] in FIELDS and node["tag"] != "button"
    }
    if unknown := fields.keys() - inputs.keys():
        raise LookupError(f"no field {sorted(unknown)} in this form")
    values: dict[str, Any] = {}
    for name, node in inputs.items():
        value = _filled(node, fields[name]) if name in fields else _untouched(node)
        if node.get("required") and not value:
            raise LookupError(f"{name} is required")
        if node["tag"] != "select_static" or value:
            values[name] = value
    return values


def _filled(node: Mapping[str, Any], value: Any) -> Any:
    match node["tag"]:
        case "input":
            return str(value)[: node.get("max_length", 1000)]
        case "select_static":
            return _option(node, value)
        case "multi_select_static":
            return [_option(node, one) for one in ([value] if isinstance(value, str) else value)]
        case "date_picker" | "picker_time" | "picker_datetime":
            return f"{value}{OFFSET}"
    return value


def _untouched(node: Mapping[str, Any]) -> Any:
    match node["tag"]:
        case "input":
            return node.get("default_value", "")
        case "select_static":
            return node.get("initial_option")
        case "multi_select_static" | "multi_select_person":
            return node.get("selected_values", [])
    initial = node.get("initial_date") or node.get("initial_time") or node.get("initial_datetime")
    return f"{initial}{OFFSET}" if initial else None


def _option(node: Mapping[str, Any], wanted: Any) -> str:
    """The option with that value, or with that text."""
    for option in node["options"]:
        if wanted in (option["value"], option["text"]["content"]):
            return str(option["value"])
    raise LookupError(f"no option {wanted!r} in {node['name']}")
