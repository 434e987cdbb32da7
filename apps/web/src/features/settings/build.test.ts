import { describe, expect, it } from "vitest";
import { buildOf } from "./build";

describe("the build", () => {
  it("is told by the first script's name, unless the build was named", () => {
    expect(buildOf({}, "https://chat.example.org/assets/index-B3x_9aQz.js").hash).toBe("B3x_9aQz");
    expect(buildOf({ VITE_SOTTO_BUILD: "1a2b3c" }, "https://chat.example.org/assets/index-B3x_9aQz.js").hash).toBe(
      "1a2b3c",
    );
    expect(buildOf({}, "http://127.0.0.1:5173/src/app/main.ts")).toEqual({ version: null, hash: null });
  });
});
