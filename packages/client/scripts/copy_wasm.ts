// Takes the engine's module from the C++ build into this package, where bundlers and Node look for it.
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const built = fileURLToPath(new URL("../../../build/wasm/src/bindings/wasm/sotto.wasm", import.meta.url));
const target = fileURLToPath(new URL("../wasm/", import.meta.url));

if (!existsSync(built)) {
  process.stderr.write("There is no sotto.wasm yet: cmake --preset wasm && ninja -C build/wasm\n");
  process.exit(1);
}
mkdirSync(target, { recursive: true });
copyFileSync(built, `${target}sotto.wasm`);
