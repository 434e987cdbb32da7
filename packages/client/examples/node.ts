import { randomBytes } from "node:crypto";
import { openClient } from "@sotto/client/node";

const [server = "http://127.0.0.1:7380", name = "ada", password = "correct horse battery", to = name] =
  process.argv.slice(2);
const client = await openClient({ server, file: ":memory:", key: randomBytes(32) });
client.listen((event) => {
  if (event.name === "message_received") process.stdout.write(`${event.body.message.text}\n`);
  if (event.name === "message_state_changed" && event.body.message.state === "sent") void client.close();
});
await client.ask("register_account", { name, password });
await client.ask("send_text", { to, text: "Hello from Node" });
