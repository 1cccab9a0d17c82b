// What the attach button offers, and how each thing is sent.

import { el } from "./dom.js";
import { sampleAlbum, sampleDocument, samplePhoto, sampleVoice } from "./samples.js";
import { t } from "./words.js";

const STICKERS = ["😡", "😢", "🙏", "👍", "😂", "🥰"];
const HERE = { latitude: 22.29731, longitude: 114.17216 };

const kindFor = (file) => (/^(image|video|audio)\//.exec(file.type)?.[1].replace("image", "photo") ?? "document");

/** Sends one file, or several as an album (only photos and videos mix in one; else each by itself). */
async function sendFiles(phone, files) {
  const kinds = files.map(kindFor);
  const together = files.length > 1 && (kinds.every((kind) => kind === "photo" || kind === "video") || new Set(kinds).size === 1);
  if (together) {
    const items = files.map((file, i) => ({ kind: kinds[i], file_name: file.name, mime_type: file.type }));
    return phone.send({ do: "album", items }, files);
  }
  for (const [i, file] of files.entries()) {
    await phone.send({ do: "send", kind: kinds[i], file_name: file.name, mime_type: file.type || undefined }, [file]);
  }
}

function fromDevice(phone) {
  const input = el("input", { type: "file", multiple: true });
  input.addEventListener("change", () => sendFiles(phone, [...input.files]));
  input.click();
}

export const sendContact = (phone) => {
  const user = phone.user();
  const about = { phone_number: "+86 138 0013 8000", first_name: user.first_name, last_name: user.last_name, user_id: user.id };
  return phone.send({ do: "send", kind: "contact", ...about });
};

export const sendPlace = (phone) => phone.send({ do: "send", kind: "location", ...HERE });

export const attachments = {
  photo: async (phone) => sendFiles(phone, [await samplePhoto()]),
  album: async (phone) => sendFiles(phone, await sampleAlbum()),
  voice: (phone) => phone.send({ do: "send", kind: "voice", duration: 3, mime_type: "audio/wav" }, [sampleVoice()]),
  document: (phone) => sendFiles(phone, [sampleDocument()]),
  location: sendPlace,
  contact: sendContact,
};

function stickerRow(phone) {
  const send = (emoji) => {
    phone.overlay.close();
    phone.send({ do: "send", kind: "sticker", emoji });
  };
  const buttons = STICKERS.map((emoji) =>
    el("button", { type: "button", "aria-label": `${t("sticker")} ${emoji}`, onclick: () => send(emoji) }, emoji),
  );
  return el("div", { class: "sheet-emoji", role: "group", "aria-label": t("sticker") }, buttons);
}

export function openAttachments(phone) {
  const row = (id, name, word) => ({ id: `attach-${id}`, icon: name, label: t(word), act: () => attachments[id](phone) });
  phone.overlay.list(
    [
      { id: "attach-device", icon: "attach", label: t("device_file"), act: () => fromDevice(phone) },
      row("photo", "photo", "sample_photo"),
      row("album", "album", "sample_album"),
      row("voice", "voice", "sample_voice"),
      row("document", "file", "sample_document"),
      row("location", "place", "place"),
      row("contact", "contact", "my_contact"),
    ],
    t("attach"),
    stickerRow(phone),
  );
}
