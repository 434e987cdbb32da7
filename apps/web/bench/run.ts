// Prints what the app weighs and how quick it is, in Chromium against a real server. Nothing here asserts anything: the
// numbers depend on the machine, so its load is printed beside them.
//   npm run bench -w apps/web -- [--messages 100000]
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { measureConversation } from "./conversation.ts";
import { measureGroup } from "./group.ts";
import { measureLighthouse } from "./lighthouse.ts";
import { Scene } from "./scene.ts";
import { measureSizes } from "./sizes.ts";

const { values } = parseArgs({ options: { messages: { type: "string", default: "10000" } } });
const messages = Number(values.messages);

const print = (lines: readonly string[]) => process.stdout.write(lines.map((line) => `${line}\n`).join(""));
const load = () => loadavg()[0]?.toFixed(1) ?? "?";

print([`${cpus().length} cores, load ${load()}`]);
print(await measureSizes());
print(await measureLighthouse());
const scene = await Scene.open({ isWired: true });
try {
  print(await measureGroup(scene, messages));
  print(await measureConversation(scene, messages));
} finally {
  await scene.close();
}
print([`load at the end ${load()}`]);
