// Made-up pictures and a made-up recording, so that nobody needs files of their own to try things.

const SIDE = { width: 640, height: 480 };

function canvas(draw) {
  const sheet = Object.assign(document.createElement("canvas"), SIDE);
  draw(sheet.getContext("2d"));
  return new Promise((resolve) => sheet.toBlob(resolve, "image/jpeg", 0.85));
}

function table(pen, wall, wood) {
  pen.fillStyle = wall;
  pen.fillRect(0, 0, 640, 320);
  pen.fillStyle = wood;
  pen.fillRect(0, 320, 640, 160);
}

function shape(pen, fill, points) {
  pen.fillStyle = fill;
  pen.beginPath();
  points.forEach(([x, y]) => pen.lineTo(x, y));
  pen.fill();
}

function blob(pen, fill, x, y, rx, ry = rx) {
  pen.fillStyle = fill;
  pen.beginPath();
  pen.ellipse(x, y, rx, ry, 0, 0, 7);
  pen.fill();
}

/** A cardboard box with a dark wet patch. */
function wetBox(pen) {
  table(pen, "#cfd8d3", "#8d7a66");
  shape(pen, "#c59a63", [[150, 190], [490, 190], [490, 420], [150, 420]]);
  shape(pen, "#d8b27c", [[150, 190], [210, 120], [550, 120], [490, 190]]);
  shape(pen, "#a97f4d", [[490, 190], [550, 120], [550, 350], [490, 420]]);
  shape(pen, "#e8d5b0", [[300, 190], [360, 120], [400, 120], [340, 190]]);
  blob(pen, "rgba(70,45,20,.55)", 250, 380, 130, 60);
  blob(pen, "rgba(60,40,20,.45)", 400, 400, 90, 30);
  blob(pen, "rgba(150,190,210,.5)", 320, 440, 230, 22);
}

/** A blender that smokes. */
function smokingBlender(pen) {
  table(pen, "#e4ddd2", "#b9b2a8");
  shape(pen, "#30363b", [[250, 400], [390, 400], [370, 300], [270, 300]]);
  shape(pen, "rgba(170,205,215,.85)", [[270, 300], [370, 300], [395, 140], [245, 140]]);
  shape(pen, "#30363b", [[240, 140], [400, 140], [390, 115], [250, 115]]);
  blob(pen, "#d9544d", 320, 355, 16);
  for (let i = 0; i < 9; i += 1) blob(pen, "rgba(90,90,95,.28)", 300 + 34 * Math.sin(i * 1.7), 300 - i * 32, 30 + i * 6);
}

/** A label with order number and barcode. */
function label(pen) {
  table(pen, "#b98f5c", "#a97f4d");
  shape(pen, "#fbfaf6", [[90, 90], [550, 90], [550, 390], [90, 390]]);
  pen.fillStyle = "#222";
  pen.font = "bold 44px sans-serif";
  pen.fillText("8823-1907", 130, 165);
  for (let x = 130; x < 510; x += 12) pen.fillRect(x, 210, 3 + ((x * 7) % 6), 130);
}

/** A plate of food that was left standing. */
function plate(pen) {
  table(pen, "#5b3d31", "#6d4a3b");
  blob(pen, "#f2efe9", 320, 290, 230, 130);
  blob(pen, "#e3ded4", 320, 285, 170, 90);
  blob(pen, "#b5803a", 290, 270, 90, 45);
  blob(pen, "#5f7d3a", 380, 290, 60, 32);
  blob(pen, "#8e2f22", 330, 310, 46, 22);
}

const PICTURES = { wetBox, smokingBlender, label, plate };

export async function samplePhoto(name = "wetBox") {
  return new File([await canvas(PICTURES[name])], `${name}.jpg`, { type: "image/jpeg" });
}

export const sampleAlbum = () => Promise.all(["wetBox", "label", "plate"].map(samplePhoto));

/** Three seconds of a hum that rises and falls, as a WAV file. */
export function sampleVoice() {
  const rate = 8000;
  const count = rate * 3;
  const view = new DataView(new ArrayBuffer(44 + count));
  const text = (at, letters) => [...letters].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  text(0, "RIFF");
  view.setUint32(4, 36 + count, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  text(36, "data");
  view.setUint32(40, count, true);
  for (let i = 0; i < count; i += 1) {
    const pitch = 140 + 40 * Math.sin(i / 1900);
    view.setUint8(44 + i, 128 + 46 * Math.sin((i * pitch * 6.283) / rate) * Math.abs(Math.sin(i / 1300)));
  }
  return new File([view], "voice.wav", { type: "audio/wav" });
}

export const sampleDocument = () =>
  new File(["Receipt 8823-1907\nBlender 1,299.00\n3 November 2026\n"], "收据 receipt 8823-1907.txt", { type: "text/plain" });
