// The sandbox page: some people's chats at a time, one clock, and what can go wrong.

import { listen } from "./api.js";
import { Chat } from "./chat.js";
import { Controls } from "./controls.js";
import { closePopups, h, toaster } from "./dom.js";

const NARROW = matchMedia("(max-width: 999px)");

const page = {
  chats: [],
  places: [],
  tabs: document.querySelector(".tabs"),
  phones: document.querySelector(".phones"),
  intro: document.querySelector(".intro"),
  cast: "",
  current: 0,
};

const controls = new Controls(document.querySelector(".bar"), toaster(document.querySelector(".page-toast")));

function show(news) {
  if (news.cast) open(news);
  controls.show(news);
  const whole = Boolean(news.cast);
  for (const chat of page.chats) {
    const mine = (news.messages ?? []).filter((message) => message.account === chat.actor.account);
    if (whole || mine.length) chat.show(mine, whole);
    if (news.left) chat.mark(news.left.includes(chat.actor.account));
  }
  if (whole) arrange();
  else badges();
}

/** Put the cast on the page; one that is already there keeps its chats and what is being typed. */
function open({ cast, others, groups, example }) {
  const people = [...cast, ...others];
  const key = JSON.stringify(people);
  if (key === page.cast) return;
  page.cast = key;
  page.chats = people.map((actor) => {
    const acts = { choose: (account) => choose(actor.account, account), read: badges };
    return new Chat(actor, groups[actor.platform], people, acts);
  });
  page.places = page.chats.slice(0, cast.length);
  page.phones.replaceChildren(...page.places.map((chat) => chat.element));
  tabs();
  introduce(cast, example);
}

/** Put one person's phone in the place of another's; two that are seen change places. */
function choose(account, chosen) {
  const [old, next] = [account, chosen].map((one) => page.chats.find(({ actor }) => actor.account === one));
  if (old === next) return;
  page.places = page.places.map((chat) => (chat === old ? next : chat === next ? old : chat));
  const gap = h("i");
  old.element.replaceWith(gap);
  if (page.places.includes(old)) next.element.replaceWith(old.element);
  gap.replaceWith(next.element);
  tabs();
  arrange();
}

function tabs() {
  page.tabs.replaceChildren(...page.places.map((chat, index) => tab(chat.actor, () => turn(index))));
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
    if (!page.places.includes(page.chats[0])) choose(page.places[0].actor.account, cast[0].account);
    turn(page.places.indexOf(page.chats[0]));
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
  for (const chat of page.chats) {
    const place = page.places.indexOf(chat);
    chat.look(NARROW.matches ? place === page.current : place >= 0);
  }
  badges();
}

function badges() {
  const away = page.chats.filter((chat) => chat.unread && !page.places.includes(chat));
  const unread = new Map(away.map((chat) => [chat.actor.account, chat.unread]));
  for (const chat of page.places) chat.strip.waiting(unread);
  page.places.forEach((chat, index) => {
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
