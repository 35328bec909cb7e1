import { describe, expect, it } from 'vitest';
import { applyVideoTarget } from '../quality/applyVideoTarget';
import { videoTarget, offRung } from '../quality/videoTarget';
import { generateKeyFrame } from '../recording/frames/keyFrames';

/** As Chromium: parameters are read anew before each change, and a change takes its time. */
class Sender {
  readonly history: boolean[] = [];
  private parameters: RTCRtpSendParameters = {
    encodings: [{ active: true }],
    transactionId: '',
    codecs: [],
    headerExtensions: [],
    rtcp: {},
  };
  getParameters(): RTCRtpSendParameters {
    return structuredClone(this.parameters);
  }
  async setParameters(parameters: RTCRtpSendParameters): Promise<void> {
    await Promise.resolve();
    this.parameters = parameters;
    this.history.push(parameters.encodings[0]?.active === true);
    await Promise.resolve();
  }
  get encoding(): RTCRtpEncodingParameters {
    return this.parameters.encodings[0]!;
  }
}
const setUp = () => {
  const fake = new Sender();
  return { fake, sender: fake as unknown as RTCRtpSender };
};

describe('changes of a sender', () => {
  it('make a key frame by a moment of nothing, and leave the target as it is', async () => {
    const { fake, sender } = setUp();
    await applyVideoTarget(sender, videoTarget(2, 1));
    await generateKeyFrame(sender);
    expect(fake.history).toEqual([true, false, true]);
    expect(fake.encoding).toMatchObject({ scaleResolutionDownBy: 1.5, priority: 'low' });
  });

  it('do not switch a picture on that is held back, whoever asks first', async () => {
    for (const keyFrameFirst of [true, false]) {
      const { fake, sender } = setUp();
      const both = [() => generateKeyFrame(sender), () => applyVideoTarget(sender, videoTarget(offRung, 1))];
      await Promise.all((keyFrameFirst ? both : both.reverse()).map((change) => change()));
      expect(fake.encoding.active).toBe(false);
    }
  });

  it('go on after one that failed', async () => {
    const { fake, sender } = setUp();
    const { setParameters } = fake;
    fake.setParameters = () => Promise.reject(new Error('gone'));
    await applyVideoTarget(sender, 'off');
    fake.setParameters = setParameters;
    await applyVideoTarget(sender, 'off');
    expect(fake.encoding.active).toBe(false);
  });
});
