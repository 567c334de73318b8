// What somebody without the key may send to a kernel's socket, and what a faulty front end with the key may.

import fc from 'fast-check';
import { requests } from '../../../kernel/kernel-process/protocol/messages';
import { pack, type Seal } from '../../../kernel/kernel-process/protocol/wire';

type Frames = Buffer[];

const DELIMITER = Buffer.from('<IDS|MSG>');
const PARTS = 4;

const frame = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
const frames = fc.array(frame, { minLength: 1, maxLength: 12 });
const type = fc.oneof(
  // A shutdown with the right key is no fault.
  fc.constantFrom(...Object.keys(requests).filter((name) => name !== 'shutdown_request')),
  fc.constantFrom('comm_open', 'comm_msg', 'comm_close', 'input_reply', 'toString', '__proto__'),
  fc.string(),
);
const header = fc.record({ msg_id: fc.uuid(), msg_type: type, session: fc.string(), date: fc.string() });

/** `attack` is code that must never run; `recorded` are messages that the kernel has taken once. */
export function hostile(seal: Seal, attack: string, recorded: Frames[]): fc.Arbitrary<Frames> {
  const wanted = header.map((made) =>
    signed({ ...made, msg_type: 'execute_request' }, { code: attack }, seal),
  );
  const stranger = fc
    .string({ minLength: 1 })
    .filter((key) => key !== seal.key)
    .chain((key) =>
      header.map((made) =>
        signed({ ...made, msg_type: 'execute_request' }, { code: attack }, { ...seal, key }),
      ),
    );
  return fc.oneof(
    { arbitrary: frames, weight: 2 },
    { arbitrary: frames.map((all) => [DELIMITER, ...all]), weight: 2 },
    { arbitrary: stranger, weight: 2 },
    { arbitrary: wanted.map((all) => all.with(1, Buffer.alloc(0))), weight: 1 },
    { arbitrary: wanted.chain(truncated), weight: 2 },
    { arbitrary: wanted.chain(withOneBitChanged), weight: 2 },
    { arbitrary: fc.constantFrom(...recorded), weight: 1 },
    { arbitrary: malformed(seal), weight: 3 },
  );
}

/** Rightly signed; only what is in it is wrong. */
function malformed(seal: Seal): fc.Arbitrary<Frames> {
  const notCode = fc.dictionary(fc.string(), fc.jsonValue()).filter((made) => typeof made.code !== 'string');
  return fc.oneof(
    fc.tuple(header, notCode).map(([head, content]) => signed(head, content, seal)),
    fc.array(fc.jsonValue(), { minLength: PARTS, maxLength: PARTS }).map((parts) => sealed(parts, seal)),
  );
}

function truncated(all: Frames): fc.Arbitrary<Frames> {
  return fc.oneof(
    fc.integer({ min: 1, max: PARTS + 1 }).map((count) => all.slice(0, count)),
    fc
      .tuple(fc.integer({ min: 0, max: PARTS + 1 }), fc.double({ min: 0, max: 0.99, noNaN: true }))
      .map(([at, share]) => {
        const whole = all[at] as Buffer;
        return all.with(at, whole.subarray(0, Math.min(whole.length - 1, Math.floor(whole.length * share))));
      }),
  );
}

function withOneBitChanged(all: Frames): fc.Arbitrary<Frames> {
  return fc.tuple(fc.integer({ min: 1, max: PARTS + 1 }), fc.nat(), fc.nat(7)).map(([at, nat, bit]) => {
    const changed = Buffer.from(all[at] as Buffer);
    const index = nat % changed.length;
    changed[index] = (changed[index] as number) ^ (1 << bit);
    return all.with(at, changed);
  });
}

function signed(head: object, content: object, seal: Seal): Frames {
  return sealed([head, {}, {}, content], seal);
}

function sealed([head, parent, metadata, content]: unknown[], seal: Seal): Frames {
  const message = { identities: [], header: head, parent, metadata, content, buffers: [] };
  return pack(message as unknown as Parameters<typeof pack>[0], seal).map((part) =>
    Buffer.from(part as string),
  );
}
