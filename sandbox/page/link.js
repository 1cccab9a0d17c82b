// The wire to the stand-in: what people do goes out, what changes comes in.

async function answer(response) {
  const body = await response.json();
  if (!response.ok || body.ok === false) throw new Error(body.error ?? `HTTP ${response.status}`);
  return body.result ?? body;
}

const json = (body) => ({
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
});

/** Does something a person can do. `files`: Blobs with a `name`, for send (one) and album (several). */
export async function act(what, files = []) {
  if (files.length === 0) return answer(await fetch("/control/act", json(what)));
  const form = new FormData();
  form.append("act", JSON.stringify(what));
  files.forEach((file, i) => form.append(what.do === "album" ? `file${i}` : "file", file, file.name));
  return answer(await fetch("/control/act", { method: "POST", body: form }));
}

export async function advanceClock(seconds) {
  return answer(await fetch("/control/clock", json({ advance: seconds })));
}

/** Keeps the live socket open; `onChange` gets every change, `onStatus` true or false. */
export function listen(onChange, onStatus) {
  let wait = 300;
  const open = () => {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/control/live`);
    let expected = null;
    socket.onopen = () => {
      wait = 300;
      onStatus(true);
    };
    socket.onmessage = ({ data }) => {
      const change = JSON.parse(data);
      if (change.type === "snapshot") expected = change.seq + 1;
      else if (change.seq < expected) return;
      else if (change.seq > expected) return socket.close(); // something was missed: take a new snapshot
      else expected += 1;
      onChange(change);
    };
    socket.onclose = () => {
      onStatus(false);
      setTimeout(open, wait);
      wait = Math.min(wait * 2, 5000);
    };
  };
  open();
}
