import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { readLines } from '../../../main/sessions/relay/lineReader';
import {
  formatOpening,
  lineBytes,
  parseAnswer,
  parseBellLine,
  parseOpening,
} from '../../../main/sessions/relay/relayLines';
import { answerMessage, parseNearbyMessage, questionMessage } from '../../../main/sessions/nearby/nearbyMessages';
import { parseAs, readJson } from '../../../main/sessions/json';
import { guestMessageSchema } from '../../../common/protocol/messages';
import type { Random } from '../generate/random';
import { Broken, bytesTarget, textTarget, type Target } from '../target';

const secret = (random: Random) => random.bytes(32).toString('base64url');

/** A socket as the reader of lines uses one. */
class FakeSocket extends EventEmitter {
  putBack = 0;
  pause(): this {
    return this;
  }
  unshift(rest: Buffer): void {
    this.putBack += rest.length;
  }
}

/** Hands the bytes over in pieces whose sizes are in the bytes themselves, so that it is the same each time. */
function readInPieces(bytes: Buffer): boolean {
  const socket = new FakeSocket();
  let [lines, broken] = [0, false];
  const reader = readLines(socket as unknown as Socket, {
    line: (text) => {
      if (text.length >= lineBytes) throw new Broken('a line that is too long');
      lines += 1;
      if (lines === 3) reader.stop();
      return parseOpening(text) !== null || parseBellLine(text) !== null || parseAnswer(text) !== null;
    },
    broken: () => (broken = true),
  });
  for (let at = 0; at < bytes.length;) {
    const size = 1 + ((bytes[at] ?? 0) % 40);
    socket.emit('data', bytes.subarray(at, at + size));
    at += size;
  }
  if (lines >= 3 && socket.listenerCount('data') > 0) throw new Broken('it goes on reading');
  return lines > 0 && !broken;
}

const announced = (random: Random) =>
  answerMessage(
    {
      instance: random.bytes(8).toString('hex'),
      number: String(100_000_000 + random.below(900_000_000)),
      port: 1 + random.below(65_535),
    },
    '192.0.2.7',
    random.pick([0, 60, 120]),
  );

export const wireTargets: readonly Target[] = [
  textTarget({
    name: 'opening of a relay',
    covers: ['main/sessions/relay/relayLines.ts#parseOpening'],
    samples: (random) =>
      formatOpening(
        random.pick([
          { type: 'host', ticket: secret(random) } as const,
          { type: 'guest', room: secret(random) } as const,
          { type: 'accept', visit: secret(random) } as const,
        ]),
      ).trim(),
    parse: parseOpening,
    taken: (opening, text) => {
      if (opening !== null && formatOpening(opening) !== `${text}\n`) throw new Broken('two spellings of one opening');
      return opening !== null;
    },
  }),
  textTarget({
    name: 'line on the bell',
    covers: ['main/sessions/relay/relayLines.ts#parseBellLine'],
    samples: (random) => random.pick(['PING', `GUEST ${secret(random)}`]),
    parse: parseBellLine,
  }),
  textTarget({
    name: 'answer of a relay',
    covers: ['main/sessions/relay/relayLines.ts#parseAnswer'],
    samples: (random) => random.pick(['OK', 'NO full', 'NO unknown', 'NO taken', 'NO late', 'NO protocol']),
    parse: parseAnswer,
  }),
  bytesTarget({
    name: 'lines in pieces',
    covers: ['main/sessions/relay/lineReader.ts#readLines'],
    samples: (random) => Buffer.from(`PING\nGUEST ${secret(random)}\nOK\nand what follows`),
    parse: readInPieces,
  }),
  bytesTarget({
    name: 'announcement in the local network',
    covers: ['main/sessions/nearby/nearbyMessages.ts#parseNearbyMessage'],
    samples: (random) => (random.oneIn(4) ? questionMessage() : announced(random)),
    parse: (bytes) => {
      const message = parseNearbyMessage(bytes, '192.0.2.7');
      if (message?.type === 'answer' && message.heard.address !== '192.0.2.7') throw new Broken('points at a third');
      return message !== null;
    },
    cost: 2,
  }),
  bytesTarget({
    name: 'frame of the host connection',
    covers: ['main/sessions/json.ts#readJson', 'main/sessions/json.ts#parseAs'],
    samples: () => Buffer.from('{"type":"leave"}'),
    parse: (bytes) => parseAs(guestMessageSchema, readJson(bytes.toString('utf8'))) !== null,
  }),
];
