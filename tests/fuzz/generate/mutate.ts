import { nastyText, nastyValue } from './nasty';
import type { Random } from './random';

/** The same text with a few things changed. */
export function mutateText(text: string, random: Random): string {
  let changed = text;
  for (let times = 1 + random.below(4); times > 0; times -= 1) changed = mutateOnce(changed, random);
  return changed;
}

function mutateOnce(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const length = random.below(Math.min(20, text.length - at + 1));
  switch (random.below(8)) {
    case 0:
      return text.slice(0, at) + nastyText(random) + text.slice(at);
    case 1:
      return text.slice(0, at) + text.slice(at + length);
    case 2:
      return text.slice(0, at) + text.slice(at, at + length).repeat(1 + random.below(4)) + text.slice(at + length);
    case 3:
      return text.slice(0, at) + String.fromCharCode(random.below(random.pick([128, 65_536]))) + text.slice(at + 1);
    case 4:
      return text.slice(0, at);
    case 5:
      return random.oneIn(2) ? text.toUpperCase() : text.toLowerCase();
    case 6: {
      const from = random.below(text.length + 1);
      return text.slice(0, at) + text.slice(from, from + length) + text.slice(at);
    }
    default:
      return text.slice(0, at) + nastyText(random) + text.slice(at + length);
  }
}

const edges = [0, 1, 127, 128, 255];

/** The same bytes with a few things changed. */
export function mutateBytes(original: Uint8Array, random: Random): Buffer {
  let bytes: Buffer = Buffer.from(original);
  for (let times = 1 + random.below(4); times > 0; times -= 1) {
    const at = random.below(bytes.length + 1);
    const length = random.below(Math.min(64, bytes.length - at + 1));
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at + length)];
    switch (random.below(6)) {
      case 0:
        if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
        break;
      case 1:
        if (bytes.length > 0) bytes[random.below(bytes.length)] = random.pick(edges);
        break;
      case 2:
        bytes = Buffer.concat([before, random.bytes(random.below(32)), after]);
        break;
      case 3:
        bytes = Buffer.concat([before, after]);
        break;
      case 4:
        bytes = Buffer.concat([before, bytes.subarray(at, at + length), bytes.subarray(at)]);
        break;
      default:
        bytes = Buffer.from(before);
    }
  }
  return bytes;
}

/** The same value with something inside it changed. The original stays as it is. */
export function mutateValue(value: unknown, random: Random): unknown {
  if (random.oneIn(6) || !isContainer(value)) {
    if (typeof value === 'string' && !random.oneIn(3)) return mutateText(value, random);
    if (typeof value === 'number' && !random.oneIn(3)) return value + random.pick([-1, 1, 0.5, -value, 2 ** 32]);
    return nastyValue(random);
  }
  if (Array.isArray(value)) {
    const copy = [...(value as unknown[])];
    const at = random.below(copy.length + 1);
    const choice = random.below(5);
    if (choice === 0) copy.splice(at, 1);
    else if (choice === 1) copy.splice(at, 0, ...Array.from({ length: random.pick([1, 10, 300]) }, () => copy[0]));
    else copy[at] = mutateValue(copy[at], random);
    return copy;
  }
  const entries = Object.entries(value as Record<string, unknown>);
  const at = random.below(entries.length);
  const entry = entries[at];
  if (entry === undefined || random.oneIn(8)) entries.push([nastyText(random), nastyValue(random)]);
  else if (random.oneIn(6)) entries.splice(at, 1);
  else if (random.oneIn(10)) entries[at] = [mutateText(entry[0], random), entry[1]];
  else entries[at] = [entry[0], mutateValue(entry[1], random)];
  // Names like __proto__ become members of their own, as JSON.parse makes them.
  return Object.fromEntries(entries);
}

function isContainer(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}
