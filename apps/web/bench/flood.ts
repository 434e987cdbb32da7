import type { RpcProcess } from "../../../packages/client/test/support/server.ts";

/** How many wait for their answer at any time. */
const underWay = 200;
const pauseMs = 50;

export const lastWords = "the last of them";

/** Sends so many messages, numbered, the last one saying that it is; ends when the server has them all. */
export async function flood(rpc: RpcProcess, where: object, count: number): Promise<void> {
  let next = 1;
  const send = async () => {
    while (next < count) {
      const number = next++;
      await rpc.call("send_text", { ...where, text: `number ${number}` });
    }
  };
  await Promise.all(Array.from({ length: underWay }, send));
  await rpc.call("send_text", { ...where, text: lastWords });
  while ((await waiting(rpc)) > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
}

/** How many messages the sender's outbox holds. */
async function waiting(rpc: RpcProcess): Promise<number> {
  const answer: unknown = await rpc.call("get_status", {});
  return Number(/"outbox":(\d+)/.exec(JSON.stringify(answer))?.[1] ?? 0);
}
