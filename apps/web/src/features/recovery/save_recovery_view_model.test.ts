import { describe, expect, it } from "vitest";
import { FakeClient } from "../../engine/testing/fake_client";
import { createSaveRecoveryModel } from "./save_recovery_view_model";

const words = Array.from({ length: 24 }, (_, index) => `word${index + 1}`);
const made = { words, code: "sotto-recovery:x", first_asked: 3, second_asked: 17, strength: "not_estimated" } as const;

describe("saving a recovery key", () => {
  it("is not done before two of its words were typed, and forgets them then", async () => {
    const client = new FakeClient().answer("create_backup", () => made).answer("confirm_backup", () => ({}));
    const model = createSaveRecoveryModel(client);
    await model.createKey();
    expect(model.store.getState()).toMatchObject({ phase: "shown", words, asked: [3, 17] });
    model.askForWords();
    await model.confirm(" Word3 ", "WORD17");
    expect(client.askedFor("confirm_backup")).toEqual([{ first_word: "word3", second_word: "word17" }]);
    expect(model.store.getState()).toMatchObject({ phase: "done", words: [], code: "" });
  });

  it("lets wrong words be tried again, with a look at the key in between", async () => {
    const client = new FakeClient().answer("create_backup", () => made).fail("confirm_backup", { code: "wrong_words" });
    const model = createSaveRecoveryModel(client);
    await model.createKey();
    model.askForWords();
    await model.confirm("no", "no");
    expect(model.store.getState()).toMatchObject({ phase: "check", isBusy: false });
    expect(model.store.getState().error).not.toBeNull();
    model.showAgain();
    expect(model.store.getState()).toMatchObject({ phase: "shown", words, error: null });
  });

  it("is done at once with a passphrase, and says how strong it is", async () => {
    const answer = { ...made, words: [], code: "", strength: "fair" } as const;
    const client = new FakeClient().answer("create_backup", () => answer);
    const model = createSaveRecoveryModel(client);
    model.choosePassphrase();
    await model.createWithPassphrase("several words of mine");
    expect(client.askedFor("create_backup")).toEqual([{ passphrase: "several words of mine" }]);
    expect(model.store.getState()).toMatchObject({ phase: "done", strength: "fair" });
  });
});
