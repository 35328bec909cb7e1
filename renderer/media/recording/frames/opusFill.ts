import { opusDurationMs } from './opusPacket';

/** One packet of sound where none came. */
export interface OpusFilling {
  readonly bytes: Uint8Array;
  readonly atMs: number;
  readonly durationMs: number;
}

/** Who rests in silence sends one packet in 400 ms all the same; within that the decoder's comfort noise goes on. */
const restMs = 440;
/** More is no rest and no loss: the hole stays. */
const longestMs = 5 * 60_000;
/** 20 ms of digital silence: CELT, full band, one channel, and what an encoder makes of nothing. */
const silence = [0xf8, 0xff, 0xfe] as const;
const silenceMs = 20;
const stereoBit = 4;

/**
 * The packets that make sound whole between the end of one packet (`toc`: its first byte) and the next. Chromium plays the packets
 * of a file one after the other, whatever their times: with holes the sound of a recording would run ahead of its picture.
 * `goesOn`: what was heard before may fade; else there is silence at once.
 */
export function fillOpus(toc: number, fromMs: number, untilMs: number, goesOn = true): readonly OpusFilling[] {
  if (untilMs - fromMs > longestMs) return [];
  // A packet without a frame (RFC 6716, section 3.2.1): "nothing came", the same as in the meeting itself.
  const nothing = Uint8Array.of(toc & 0xfc);
  const nothingMs = opusDurationMs(nothing) ?? silenceMs;
  const filling: OpusFilling[] = [];
  let atMs = fromMs;
  while (goesOn && atMs - fromMs < restMs && atMs + nothingMs <= untilMs) {
    filling.push({ bytes: nothing, atMs, durationMs: nothingMs });
    atMs += nothingMs;
  }
  const quiet = Uint8Array.of(silence[0] | (toc & stereoBit), silence[1], silence[2]);
  for (; atMs + silenceMs <= untilMs; atMs += silenceMs) filling.push({ bytes: quiet, atMs, durationMs: silenceMs });
  return filling;
}
