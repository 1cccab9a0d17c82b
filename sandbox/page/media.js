// The media part of a bubble: photos, recordings, files, places, people.

import { el, icon, svg } from "./dom.js";
import { t } from "./words.js";

const fileUrl = (media) => `/files/${encodeURIComponent(media.file_unique_id)}`;

const mediaOf = (item, kind) => item.media.find((medium) => medium.kind === kind) ?? item.media[0];

const length = (seconds = 0) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

const size = (bytes) => (bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1e3))} KB`);

function picture(item, context) {
  const medium = mediaOf(item, "photo");
  const image = el("img", { src: fileUrl(medium), alt: item.message.caption ?? t("photo"), draggable: "false" });
  const open = () => context.show(fileUrl(medium));
  const tile = el("button", { type: "button", class: "picture", onclick: open, "aria-label": t("photo") }, image);
  if (item.message.has_media_spoiler) tile.classList.add("veiled");
  return tile;
}

function moving(item, word) {
  const about = item.message[word] ?? {};
  const label = [t(word === "video_note" ? "video" : word), about.duration && length(about.duration)].filter(Boolean).join(" · ");
  const film = el("video", { src: fileUrl(mediaOf(item, word)), preload: "metadata", playsinline: true });
  const play = () => (film.paused ? film.play().catch(() => play_failed()) : film.pause());
  const caption = el("span", { class: "film-label" }, label);
  const play_failed = () => caption.replaceChildren(t("no_play"));
  const tile = el("button", { type: "button", class: `picture film ${word}`, onclick: play, "aria-label": label });
  tile.append(film, el("span", { class: "round" }, icon("play")), caption);
  return tile;
}

/** A recording's waveform is drawn from its id: steady, and different for each. */
function waveform(id) {
  let seed = [...id].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 9973, 7);
  const bars = Array.from({ length: 32 }, (_, i) => {
    seed = (seed * 137 + 71) % 9973;
    const height = 4 + (seed % 17);
    return svg("rect", { x: i * 5, y: 12 - height / 2, width: 3, height, rx: 1.5 });
  });
  return svg("svg", { viewBox: "0 0 160 24", class: "wave", "aria-hidden": "true" }, ...bars);
}

function recording(item, word, context) {
  const about = item.message[word];
  const medium = mediaOf(item, word);
  const sound = new Audio();
  const button = el("button", { type: "button", class: "round", "aria-label": `${t("play")}: ${t(word)}` }, icon("play"));
  const showState = () => button.replaceChildren(icon(sound.paused ? "play" : "pause"));
  for (const event of ["play", "pause", "ended"]) sound.addEventListener(event, showState);
  button.addEventListener("click", () => {
    if (!sound.paused) return sound.pause();
    if (!sound.src) sound.src = fileUrl(medium);
    return sound.play().catch(() => context.toast(t("no_play")));
  });
  const title = word === "audio" ? (about.title ?? about.file_name ?? t("audio")) : t("voice");
  const text = el("span", { class: "media-text" }, word === "voice" ? waveform(medium?.file_unique_id ?? "") : el("strong", {}, title));
  text.append(el("small", {}, length(about.duration)));
  return el("div", { class: "row-media" }, button, text);
}

function file(item) {
  const about = item.message.document;
  const name = about.file_name ?? t("document");
  const link = el("a", { class: "round", href: fileUrl(mediaOf(item, "document")), download: name, "aria-label": `${t("document")}: ${name}` });
  link.append(icon("file"));
  const text = el("span", { class: "media-text" }, el("strong", {}, name));
  text.append(el("small", {}, about.file_size === undefined ? t("document") : size(about.file_size)));
  return el("div", { class: "row-media" }, link, text);
}

function sticker(item) {
  const medium = mediaOf(item, "sticker");
  const letter = el("span", { class: "sticker", role: "img", "aria-label": `${t("sticker")} ${item.message.sticker.emoji ?? ""}` });
  letter.append(item.message.sticker.emoji ?? "");
  if (medium && !item.message.sticker.emoji) letter.replaceChildren(el("img", { src: fileUrl(medium), alt: "" }));
  return letter;
}

function place(item) {
  const { venue } = item.message;
  const { latitude, longitude } = item.message.location ?? venue.location;
  const map = svg(
    "svg",
    { viewBox: "0 0 240 110", class: "map", "aria-hidden": "true" },
    svg("path", { class: "map-water", d: "M0 78 Q60 60 110 84 T240 74 V110 H0Z" }),
    svg("path", { class: "map-road", d: "M-5 30 L245 52 M58 -5 L84 115 M170 -5 L150 115 M-5 64 L120 40 L245 16" }),
    svg("path", { class: "map-pin", d: "M120 72 C120 72 102 54 102 40 a18 18 0 1 1 36 0 C138 54 120 72 120 72Z" }),
    svg("circle", { class: "map-dot", cx: 120, cy: 40, r: 6 }),
  );
  const text = el("span", { class: "media-text" }, el("strong", {}, venue?.title ?? t("location")));
  text.append(el("small", {}, venue?.address ?? `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`));
  return el("div", { class: "place" }, map, text);
}

function contact(item) {
  const about = item.message.contact;
  const text = el("span", { class: "media-text" });
  text.append(el("strong", {}, [about.first_name, about.last_name].filter(Boolean).join(" ")), el("small", {}, about.phone_number));
  return el("div", { class: "row-media" }, el("span", { class: "round" }, icon("contact")), text);
}

function dice(item) {
  const { emoji, value } = item.message.dice;
  return el("span", { class: "sticker", role: "img", "aria-label": `${t("dice")}: ${value}` }, emoji, el("small", {}, String(value)));
}

const KINDS = {
  photo: picture,
  animation: (item) => moving(item, "animation"),
  video: (item) => moving(item, "video"),
  video_note: (item) => moving(item, "video_note"),
  voice: (item, context) => recording(item, "voice", context),
  audio: (item, context) => recording(item, "audio", context),
  document: file,
  sticker,
  venue: place,
  location: place,
  contact,
  dice,
};

export const kindOf = (message) => Object.keys(KINDS).find((kind) => message[kind]);

export function drawMedia(item, context) {
  const kind = kindOf(item.message);
  return kind ? KINDS[kind](item, context) : null;
}

export function drawAlbum(items, context) {
  const visual = items.every(({ message }) => ["photo", "video"].includes(kindOf(message)));
  const tiles = items.map((item) => {
    const tile = drawMedia(item, context);
    tile.dataset.testid = "album-item";
    tile.dataset.messageId = item.message_id;
    return tile;
  });
  return el("div", { class: visual ? `album album-${Math.min(items.length, 4)}` : "pile" }, tiles);
}

/** One line for quotes and lists: the text, or the kind of medium. */
export function summary(message) {
  const kind = kindOf(message);
  const text = message.text ?? message.caption ?? "";
  if (!kind) return text;
  if (kind === "sticker") return `${message.sticker.emoji ?? ""} ${t("sticker")}`;
  const word = { video_note: "video", venue: "location" }[kind] ?? kind;
  return text ? `${t(word)}: ${text}` : t(word);
}
