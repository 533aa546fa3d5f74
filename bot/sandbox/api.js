// The page's calls to the sandbox server, and the stream of what changes.

const AGAIN_MS = 1000;

/** Do something; answers what came of it: `status` of the bot's answer and a `toast`, if any. */
export async function act(name, body) {
  return send(`/sandbox/${name}`, "application/json", JSON.stringify(body));
}

export async function upload(account, file) {
  const kind = /^(image|video)\//.exec(file.type)?.[1] ?? "file";
  const query = new URLSearchParams({ account, name: file.name, kind });
  return send(`/sandbox/upload?${query}`, "application/octet-stream", file);
}

async function send(url, type, body) {
  let response;
  try {
    response = await fetch(url, { method: "POST", headers: { "Content-Type": type }, body });
  } catch {
    return { toast: "沙盒没有应答，请看看它是否还在运行" };
  }
  if (response.headers.get("Content-Type")?.includes("json")) return response.json();
  return { toast: `沙盒没能完成（${response.status}）` };
}

/** Calls `show` with everything first, then with each change; `lost` with whether the line is cut. */
export function listen(show, lost) {
  const stream = new EventSource("/sandbox/events");
  stream.onopen = () => lost(false);
  stream.onerror = () => {
    // Browsers differ in whether they ask again where nobody answers, so the page does it itself.
    stream.close();
    lost(true);
    setTimeout(() => listen(show, lost), AGAIN_MS);
  };
  stream.onmessage = ({ data }) => show(JSON.parse(data));
}
