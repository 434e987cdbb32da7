// Property: our ML-KEM-768 and libsodium's give the same public key for a seed, the same ciphertext and shared secret
// for a public key and a message, the same shared secret for a ciphertext, whether it was made for the key or not, and
// refuse the same public keys.
//
// usage: node mlkem768.mjs PATH_OF_MLKEM768_PEER
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createInterface } from 'node:readline';

const ROUNDS = 250;
const SKIPPED = 77;
const COEFFICIENTS = 768;
const Q = 3329;

async function loadSodium() {
  try {
    const { default: sodium } = await import('libsodium-wrappers-sumo');
    await sodium.ready;
    return sodium;
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    console.log('NOT CHECKED: libsodium-wrappers-sumo is not installed; run `npm ci` in test/interop');
    process.exit(SKIPPED);
  }
}

/** Our implementation, behind a process that answers one line for each line. */
class Peer {
  constructor(path) {
    this.process = spawn(path, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.answers = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }

  async ask(...words) {
    this.process.stdin.write(`${words.join(' ')}\n`);
    const { value, done } = await this.answers.next();
    assert.ok(!done, 'the peer ended early');
    return value;
  }

  end() {
    this.process.stdin.end();
  }
}

/** The public key with one coefficient, which must be below q, raised by q; undefined if it would not fit 12 bits. */
function withUnreducedCoefficient(publicKey, number) {
  const raised = Uint8Array.from(publicKey);
  const at = Math.floor(number / 2) * 3;
  const pair = raised[at] | (raised[at + 1] << 8) | (raised[at + 2] << 16);
  const value = number % 2 === 0 ? pair & 0xfff : pair >> 12;
  if (value + Q > 0xfff) return undefined;
  const changed = number % 2 === 0 ? pair + Q : pair + (Q << 12);
  raised.set([changed & 0xff, (changed >> 8) & 0xff, changed >> 16], at);
  return raised;
}

function sodiumRefuses(sodium, publicKey, message) {
  try {
    sodium.crypto_kem_mlkem768_enc_deterministic(publicKey, message);
    return false;
  } catch {
    return true;
  }
}

const sodium = await loadSodium();
const hex = sodium.to_hex;
const peer = new Peer(process.argv[2]);
const counts = { keys: 0, deterministic: 0, 'from libsodium': 0, 'altered ciphertexts': 0, 'refused keys': 0 };

for (let round = 0; round < ROUNDS; ++round) {
  const seed = sodium.randombytes_buf(64);
  const message = sodium.randombytes_buf(32);
  const theirs = sodium.crypto_kem_mlkem768_seed_keypair(seed);
  assert.equal(await peer.ask('keygen', hex(seed)), hex(theirs.publicKey));
  ++counts.keys;

  // Both encapsulate the same message; each side opens what the other made.
  const expected = sodium.crypto_kem_mlkem768_enc_deterministic(theirs.publicKey, message);
  const [ciphertext, secret] = (await peer.ask('encaps', hex(theirs.publicKey), hex(message))).split(' ');
  assert.equal(ciphertext, hex(expected.ciphertext));
  assert.equal(secret, hex(expected.sharedSecret));
  const opened = sodium.crypto_kem_mlkem768_dec(sodium.from_hex(ciphertext), theirs.privateKey);
  assert.equal(hex(opened), secret);
  ++counts.deterministic;

  const fresh = sodium.crypto_kem_mlkem768_enc(theirs.publicKey);
  assert.equal(await peer.ask('decaps', hex(seed), hex(fresh.ciphertext)), hex(fresh.sharedSecret));
  ++counts['from libsodium'];

  const altered = Uint8Array.from(fresh.ciphertext);
  altered[randomInt(altered.length)] ^= 1 << randomInt(8);
  const rejected = sodium.crypto_kem_mlkem768_dec(altered, theirs.privateKey);
  assert.notEqual(hex(rejected), hex(fresh.sharedSecret));
  assert.equal(await peer.ask('decaps', hex(seed), hex(altered)), hex(rejected));
  ++counts['altered ciphertexts'];

  const unreduced = withUnreducedCoefficient(theirs.publicKey, randomInt(COEFFICIENTS));
  if (unreduced) {
    assert.equal(await peer.ask('encaps', hex(unreduced), hex(message)), 'refused');
    assert.ok(sodiumRefuses(sodium, unreduced, message), 'libsodium takes a key that is not reduced');
    ++counts['refused keys'];
  }
}

peer.end();
assert.ok(counts['refused keys'] > 0);
console.log(`agrees with libsodium ${sodium.sodium_version_string()}:`, counts);
