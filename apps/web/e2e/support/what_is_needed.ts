import { existsSync } from "node:fs";
import { join } from "node:path";
import { missing } from "../../../../packages/client/test/support/programs.ts";
import { webRoot } from "./server.ts";

/** Says what is not built before the first test waits for it in vain. */
export default function checkWhatIsNeeded(): void {
  const lack = missing("chromium", "sotto", "sottod");
  if (lack !== undefined) throw new Error(lack);
  if (!existsSync(join(webRoot, "index.html")))
    throw new Error(`The app is not built in ${webRoot} (./dev build web).`);
}
