const storageKey = "sotto.had_account";

/** Whether this browser had an account when it was last used; decides how the app looks before it knows. */
export function hadAccount(): boolean {
  try {
    return globalThis.localStorage.getItem(storageKey) === "1";
  } catch {
    return false;
  }
}

export function rememberAccount(has: boolean): void {
  try {
    if (has) globalThis.localStorage.setItem(storageKey, "1");
    else globalThis.localStorage.removeItem(storageKey);
  } catch {
    // The next start then shows the mark instead of the empty shell.
  }
}
