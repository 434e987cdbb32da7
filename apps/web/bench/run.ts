// Prints what the app weighs and how quick it is, in Chromium against a real server. Nothing here asserts anything: the
// numbers depend on the machine, so its load is printed beside them.
//   npm run bench -w apps/web -- [--messages 10000] [--group 3000]
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { measureConversation } from "./conversation.ts";
import { measureGroup } from "./group.ts";
import { measureSizes } from "./sizes.ts";

const { values } = parseArgs({
  options: {
    messages: { type: "string", default: "10000" },
    group: { type: "string", default: "3000" },
  },
});

const print = (line: string) => process.stdout.write(`${line}\n`);
const load = () => loadavg()[0]?.toFixed(1) ?? "?";

print(`${cpus().length} cores, load ${load()}`);
for (const measure of [
  () => measureSizes(),
  () => measureConversation(Number(values.messages)),
  () => measureGroup(Number(values.group)),
]) {
  for (const line of await measure()) print(line);
}
print(`load at the end ${load()}`);
