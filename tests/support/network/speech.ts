import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Writes sound without pauses that rises and falls as speech does: Chromium's own beeps are silence nine tenths of the time. */
export async function writeSpeech(file: string): Promise<void> {
  const sound = '0.3*sin(2*PI*180*t+9*sin(2*PI*0.7*t))*(0.6+0.4*sin(2*PI*4*t))+0.03*(random(0)-0.5)';
  const source = ['-f', 'lavfi', '-i', `aevalsrc=${sound}:sample_rate=48000:duration=20`];
  await run('ffmpeg', ['-v', 'error', '-y', ...source, '-ac', '1', '-c:a', 'pcm_s16le', file]);
}
