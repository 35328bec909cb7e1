const seconds = 0.7;

/** Plays a short, soft tone on one output device. Resolves when it is over; rejects when the device can't be used. */
export async function playTestTone(speakerId: string): Promise<void> {
  const context = new AudioContext();
  const player = new Audio();
  try {
    const destination = context.createMediaStreamDestination();
    const volume = context.createGain();
    const tone = context.createOscillator();
    tone.frequency.value = 523.25;
    tone.connect(volume).connect(destination);
    player.srcObject = destination.stream;
    await player.setSinkId(speakerId === 'default' ? '' : speakerId);
    await context.resume();
    await player.play();
    const start = context.currentTime;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.2, start + 0.03);
    volume.gain.setValueAtTime(0.2, start + seconds - 0.2);
    volume.gain.linearRampToValueAtTime(0, start + seconds);
    await new Promise<void>((resolve) => {
      tone.addEventListener('ended', () => resolve(), { once: true });
      tone.start(start);
      tone.stop(start + seconds);
    });
  } finally {
    player.pause();
    player.srcObject = null;
    await context.close();
  }
}
