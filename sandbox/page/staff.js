// The strips above the team's and the admin's phones: whose phone it is.

import { el } from "./dom.js";
import { act } from "./link.js";
import { Phone } from "./phone.js";
import { named, t, worded } from "./words.js";

/** A team to begin with, where the demo has not brought one. */
async function setUpTeam() {
  const create = (name) => act({ do: "create_user", name, language_code: "en" });
  const owner = await create("Alex");
  const members = [await create("Mei"), await create("Ravi")].map(({ id }) => id);
  await act({ do: "start", user: owner.id });
  await act({ do: "create_group", title: "Complaint desk", user: owner.id, members, forum: true, bot: "admin" });
}

export class StaffPhone {
  /** `role`: "team" opens with the team chat, "admin" with the owner's private chat. */
  constructor(world, role) {
    this.world = world;
    this.role = role;
    this.phone = new Phone(world, { role, home: (user) => this.home(user), empty: () => this.empty() });
    this.select = named(el("select", { class: "small", "data-testid": `acting-${role}` }), "acting_as");
    this.select.addEventListener("change", () => this.phone.hold(Number(this.select.value)));
    const note = role === "admin" ? worded(el("small"), "admin_note") : this.anonymousBox();
    this.choice = el("span", { class: "choice" }, worded(el("span"), "acting_as"), this.select);
    const first = el("div", { class: "strip-row" }, worded(el("strong"), role), this.choice);
    this.strip = el("div", { class: "strip" }, first, el("div", { class: "strip-row" }, note));
  }

  anonymousBox() {
    this.anonymous = el("input", { type: "checkbox", "data-testid": "anonymous" });
    this.anonymous.addEventListener("change", () => this.phone.act({ do: "anonymous", chat: this.team().id, on: this.anonymous.checked }));
    this.anonymousLabel = el("label", { class: "check" }, this.anonymous, worded(el("span"), "anonymous"));
    return this.anonymousLabel;
  }

  team() {
    return this.world.groups()[0];
  }

  home(user) {
    if (this.role === "admin") return { kind: "chat", chat: user.id };
    const team = this.world.groupsOf(user.id)[0];
    if (!team) return { kind: "chats" };
    return team.is_forum ? { kind: "topics", chat: team.id } : { kind: "chat", chat: team.id };
  }

  empty() {
    if (this.role === "admin") return [el("p", {}, t("no_admin"))];
    const button = el("button", { type: "button", class: "primary", "data-testid": "set-up-team", onclick: setUpTeam }, t("set_up"));
    return [el("strong", {}, t("no_team")), el("p", {}, t("no_team_hint")), button];
  }

  /** The team phone is a colleague's to begin with; the admin's is the owner's. */
  first(staff) {
    const admin = this.world.admin();
    return this.role === "admin" ? admin : (staff.find(({ id }) => id !== admin?.id) ?? admin);
  }

  draw() {
    const staff = this.world.staff().filter(({ is_bot }) => !is_bot);
    if (!staff.some(({ id }) => id === this.phone.viewer())) this.phone.holder = this.first(staff)?.id ?? null;
    this.choice.hidden = staff.length === 0;
    const mark = staff.map((user) => `${user.id} ${this.world.nameOf(user)}`).join();
    if (mark !== this.staffDrawn) this.select.replaceChildren(...staff.map((user) => el("option", { value: user.id }, this.world.nameOf(user))));
    this.staffDrawn = mark;
    this.select.value = String(this.phone.viewer());
    if (this.role === "team") this.drawAnonymous();
    this.phone.draw();
  }

  drawAnonymous() {
    const member = this.team()?.members.find(({ user_id }) => user_id === this.phone.viewer());
    this.anonymousLabel.hidden = !["creator", "administrator"].includes(member?.status);
    this.anonymous.checked = Boolean(member?.is_anonymous);
  }
}
