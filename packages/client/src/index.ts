export type { AppLock, LockedHome } from "./browser/app_lock.ts";
export { eraseHome, requestPersistence, type StorageState, storageState } from "./browser/home_storage.ts";
export { type BrowserClient, type ClientOptions, openClient } from "./browser/open_client.ts";
export { type Client, ClientGone, CommandFailed, type EngineEvent } from "./client.ts";
export { HomeError, type HomeErrorCode } from "./engine/home_error.ts";
export * from "./generated/engine.ts";
export { LockRefused } from "./lock/lock_refused.ts";
export type { LockKind } from "./lock/storage_key.ts";
