import { openClient } from "@sotto/client";

const server = new URLSearchParams(location.search).get("server") ?? location.origin;
const client = await openClient({ server });
client.listen((event) => {
  if (event.name !== "message_received") return;
  const line = document.createElement("li");
  line.textContent = event.body.message.text;
  document.querySelector("#messages")?.append(line);
});
Object.assign(globalThis, { client });
