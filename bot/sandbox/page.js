// The sandbox page: four people's chats, one clock, and what can go wrong.

import { listen } from "./api.js";
import { Chat } from "./chat.js";
import { Controls } from "./controls.js";
import { closePopups, h, toaster } from "./dom.js";

const NARROW = matchMedia("(max-width: 999px)");

const page = {
  chats: [],
  tabs: document.querySelector(".tabs"),
  phones: document.querySelector(".phones"),
  intro: document.querySelector(".intro"),
  cast: "",
  current: 0,
};

const controls = new Controls(document.querySelector(".bar"), toaster(document.querySelector(".page-toast")));

function show(news) {
  if (news.cast) open(news.cast, news.example);
  controls.show(news);
  const whole = Boolean(news.cast);
  for (const chat of page.chats) {
    const mine = (news.messages ?? []).filter((message) => message.account === chat.actor.account);
    if (whole || mine.length) chat.show(mine, whole);
  }
  if (whole) arrange();
  else badges();
}

/** Put the cast on the page; one that is already there keeps its chats and what is being typed. */
function open(cast, example) {
  const key = JSON.stringify(cast);
  if (key === page.cast) return;
  page.cast = key;
  page.chats = cast.map((actor) => new Chat(actor, cast));
  page.phones.replaceChildren(...page.chats.map((chat) => chat.element));
  page.tabs.replaceChildren(...page.chats.map((chat, index) => tab(chat.actor, () => turn(index))));
  introduce(cast, example);
}

function tab({ name, platform }, pressed) {
  const badge = h("span", { class: "badge", hidden: true });
  return h("button", { type: "button", class: platform, onclick: pressed }, h("span", {}, name), badge);
}

function introduce(cast, example) {
  const others = cast
    .slice(1)
    .map(({ name }) => name)
    .join("、");
  page.intro.querySelector("p").textContent =
    `试一试：让${cast[0].name}发一条 /发布，按下“确认提交”，卡片就会依次走到${others}的手机上。`;
  page.intro.querySelector(".try").onclick = () => {
    turn(0);
    page.chats[0].compose(example);
    page.intro.classList.add("used");
  };
  page.intro.querySelector(".close").onclick = () => page.intro.classList.add("closed");
}

function turn(index) {
  page.current = index;
  arrange();
}

/** On a phone one chat is seen at a time; otherwise all are. */
function arrange() {
  page.chats.forEach((chat, index) => chat.look(!NARROW.matches || index === page.current));
  badges();
}

function badges() {
  page.chats.forEach((chat, index) => {
    const button = page.tabs.children[index];
    const badge = button.querySelector(".badge");
    button.setAttribute("aria-current", index === page.current);
    badge.hidden = !chat.unread;
    badge.textContent = chat.unread > 99 ? "99+" : chat.unread || "";
    badge.setAttribute("aria-label", `${chat.unread} 条未读`);
  });
}

NARROW.addEventListener("change", arrange);
document.addEventListener("pointerdown", ({ target }) => closePopups(target));
document.addEventListener("focusin", ({ target }) => {
  // A press on a list's blank part focuses the scrolling box around it: that is not leaving the list.
  if (!target.matches(".log")) closePopups(target);
});
document.addEventListener("keydown", ({ key }) => key === "Escape" && closePopups());
listen(show, (lost) => {
  document.querySelector(".offline").hidden = !lost;
});
