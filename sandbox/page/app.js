// Puts the page together: the world, three phones, the controls, the scenes.

import { Chips } from "./chips.js";
import { Controls } from "./controls.js";
import { CustomerPhone } from "./customer.js";
import { el } from "./dom.js";
import { listen } from "./link.js";
import { Player } from "./player.js";
import { Ribbon } from "./ribbon.js";
import { StaffPhone } from "./staff.js";
import { setZone } from "./time.js";
import { locale, t, worded } from "./words.js";
import { World } from "./world.js";

const world = new World();
const customer = new CustomerPhone(world);
const team = new StaffPhone(world, "team");
const admin = new StaffPhone(world, "admin");
const holders = [customer, team, admin];
const phones = { customer: customer.phone, team: team.phone, admin: admin.phone };
const chips = new Chips(new Player(world, phones, (who) => customer.arrive(who)));
const ribbon = new Ribbon(world, showItem);
const controls = new Controls(world, ribbon, () => {
  chips.draw();
  ribbon.draw();
  redraw();
});

/** Opens a message on the phone whose holder has it: in their private chat, or in the team's topic. */
function showItem(item) {
  const holder = world.users.get(item.chat_id);
  const staff = holder && world.staff().some(({ id }) => id === holder.id);
  const phone = !holder ? phones.team : staff ? phones.admin : phones.customer;
  if (holder) phone.hold(holder.id);
  phone.showItem(item);
  phone.node.scrollIntoView({ block: "nearest", inline: "center", behavior: "smooth" });
}

let waiting = false;
function redraw() {
  if (waiting) return;
  waiting = true;
  // Not requestAnimationFrame: a page in the background must keep up as well.
  setTimeout(() => {
    waiting = false;
    controls.draw();
    if (world.bot) holders.forEach((holder) => holder.draw());
    markTabs();
  }, 16);
}

// Below 900 px the phones lie side by side to be swiped; these tabs jump to one.
const stage = el("main", { class: "stage" });
const tabs = holders.map(({ phone, strip }) => {
  const desk = el("div", { class: "desk" }, strip, phone.node);
  stage.append(desk);
  const show = () => stage.scrollTo({ left: desk.offsetLeft - stage.offsetLeft, behavior: "smooth" });
  return worded(el("button", { type: "button", class: "stage-tab", "data-testid": `tab-${phone.role}`, onclick: show }), phone.role);
});

function markTabs() {
  const current = Math.round(stage.scrollLeft / Math.max(1, stage.clientWidth));
  tabs.forEach((tab, i) => tab.setAttribute("aria-pressed", String(i === current)));
}
stage.addEventListener("scroll", markTabs);

function onMessage({ item }) {
  if (!item.from_bot) return;
  const private_ = world.users.has(item.chat_id);
  for (const phone of Object.values(phones)) {
    const holder = phone.viewer();
    const concerned = private_ ? item.chat_id === holder : phone === phones.team;
    if (concerned) phone.light();
  }
  if (!private_) tabs[1].classList.add("lit");
}

let first = true;
world.addEventListener("change", ({ detail }) => {
  if (detail.type === "snapshot") {
    setZone(world.zone);
    if (first) Object.values(phones).forEach((phone) => phone.markAllSeen());
    first = false;
  }
  if (detail.type === "message") {
    onMessage(detail);
    ribbon.onMessage(detail);
  }
  if (detail.type === "clock") ribbon.draw();
  if (detail.type === "answered") Object.values(phones).forEach((phone) => phone.onAnswered(detail));
  if (detail.type === "refused") controls.onRefused(detail);
  redraw();
});
tabs.forEach((tab) => tab.addEventListener("animationend", () => tab.classList.remove("lit")));

document.documentElement.lang = locale();
document.title = t("title");
document.body.prepend(controls.node, chips.node, ribbon.node, el("nav", { class: "stage-tabs" }, tabs), stage);
controls.draw();
listen(
  (change) => world.apply(change),
  (online) => {
    world.online = online;
    redraw();
  },
);
