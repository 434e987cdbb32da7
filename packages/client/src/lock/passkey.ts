import type { PasskeyChallenge } from "../browser/messages.ts";
import { LockRefused } from "./lock_refused.ts";

// A passkey whose PRF extension gives 32 octets for a salt, the same every time, after the person was verified.

interface PrfResults {
  readonly prf?: { readonly enabled?: boolean; readonly results?: { readonly first?: ArrayBuffer } };
}

/** Makes a passkey for this home on this device, and asks it for the first time. */
export async function makePasskey(home: string): Promise<{
  challenge: PasskeyChallenge;
  output: Uint8Array<ArrayBuffer>;
}> {
  const made = await navigator.credentials.create({
    publicKey: {
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      rp: { name: "Sotto" },
      user: { id: crypto.getRandomValues(new Uint8Array(16)), name: home, displayName: "Sotto" },
      pubKeyCredParams: [
        { type: "public-key", alg: -8 },
        { type: "public-key", alg: -7 },
        { type: "public-key", alg: -257 },
      ],
      authenticatorSelection: { residentKey: "discouraged", userVerification: "required" },
      extensions: { prf: {} } as AuthenticationExtensionsClientInputs,
    },
  });
  if (!(made instanceof PublicKeyCredential)) throw new LockRefused("No passkey was made.");
  const { prf } = made.getClientExtensionResults() as PrfResults;
  if (prf?.enabled !== true) throw new LockRefused("This passkey cannot lock a home: it has no PRF.");
  const challenge: PasskeyChallenge = {
    credential: new Uint8Array(made.rawId),
    salt: crypto.getRandomValues(new Uint8Array(32)),
  };
  return { challenge, output: await askPasskey(challenge) };
}

export async function askPasskey({ credential, salt }: PasskeyChallenge): Promise<Uint8Array<ArrayBuffer>> {
  const got = await navigator.credentials.get({
    publicKey: {
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      allowCredentials: [{ type: "public-key", id: credential }],
      userVerification: "required",
      extensions: { prf: { eval: { first: salt } } } as AuthenticationExtensionsClientInputs,
    },
  });
  if (!(got instanceof PublicKeyCredential)) throw new LockRefused("The passkey did not answer.");
  const first = (got.getClientExtensionResults() as PrfResults).prf?.results?.first;
  if (first === undefined) throw new LockRefused("The passkey did not answer.");
  return new Uint8Array(first);
}
