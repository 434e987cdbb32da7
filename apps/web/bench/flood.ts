import type { RpcProcess } from "../../../packages/client/test/support/server.ts";

/** How many are handed over before an answer is waited for. */
const atOnce = 100;

export const lastWords = "the last of them";

/** Sends so many messages, numbered, the last one saying that it is. */
export async function flood(rpc: RpcProcess, where: object, count: number): Promise<void> {
  for (let first = 1; first < count; first += atOnce) {
    const numbers = Array.from({ length: Math.min(atOnce, count - first) }, (_, index) => first + index);
    await Promise.all(numbers.map((number) => rpc.call("send_text", { ...where, text: `number ${number}` })));
  }
  await rpc.call("send_text", { ...where, text: lastWords });
}
