export { type Client, ClientGone, CommandFailed, type EngineEvent } from "../client.ts";
export { HomeError, type HomeErrorCode } from "../engine/home_error.ts";
export * from "../generated/engine.ts";
export { type ClientOptions, openClient } from "./open_client.ts";
