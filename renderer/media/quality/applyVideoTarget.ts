import { inTurn } from '../connection/senderTurns';
import type { VideoTarget } from './videoTarget';

/** Has a sender keep to a target from now on. */
export function applyVideoTarget(sender: RTCRtpSender, target: VideoTarget): Promise<void> {
  return inTurn(sender, () => apply(sender, target));
}

async function apply(sender: RTCRtpSender, target: VideoTarget): Promise<void> {
  const parameters = sender.getParameters();
  const [encoding] = parameters.encodings;
  if (encoding === undefined) return;
  encoding.active = target !== 'off';
  encoding.priority = 'low';
  encoding.networkPriority = 'low';
  if (target !== 'off') Object.assign(encoding, target);
  // Faces: a coarser picture is better than a jerky one, and a still one the worst.
  parameters.degradationPreference = 'balanced';
  await sender.setParameters(parameters);
}

/** Sound goes first where packets have to wait. */
export function preferSound(sender: RTCRtpSender): Promise<void> {
  return inTurn(sender, () => prefer(sender));
}

async function prefer(sender: RTCRtpSender): Promise<void> {
  const parameters = sender.getParameters();
  const [encoding] = parameters.encodings;
  if (encoding === undefined) return;
  encoding.priority = 'high';
  encoding.networkPriority = 'high';
  await sender.setParameters(parameters);
}
