/** Two soft notes: rising when a recording begins, falling when it ends. Nobody has to look to know. */
export async function playRecordingTone(begins: boolean): Promise<void> {
  const context = new AudioContext();
  try {
    const notes = begins ? [523.25, 783.99] : [783.99, 523.25];
    const length = 0.22;
    await context.resume();
    const start = context.currentTime + 0.02;
    for (const [index, frequency] of notes.entries()) {
      const at = start + index * length;
      const oscillator = context.createOscillator();
      const volume = context.createGain();
      oscillator.type = 'sine';
      oscillator.frequency.value = frequency;
      volume.gain.setValueAtTime(0, at);
      volume.gain.linearRampToValueAtTime(0.16, at + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, at + length * 1.6);
      oscillator.connect(volume).connect(context.destination);
      oscillator.start(at);
      oscillator.stop(at + length * 1.7);
    }
    await new Promise((resolve) => setTimeout(resolve, (notes.length * length + 0.3) * 1000));
  } finally {
    await context.close();
  }
}
