import * as sotto from "@sotto/client";

const server = new URLSearchParams(location.search).get("server") ?? location.origin;
Object.assign(globalThis, { sotto, server, client: undefined });
