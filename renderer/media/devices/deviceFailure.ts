import type { DevicePhase } from '../../stores/mediaStore';

export type DeviceFailure = Extract<DevicePhase, { phase: 'failed' }>['reason'];

const reasons: Readonly<Record<string, DeviceFailure>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

/** Why a microphone or camera could not be opened, from what `getUserMedia` rejected with. */
export function deviceFailure(thrown: unknown): DeviceFailure {
  const name = typeof thrown === 'object' && thrown !== null && 'name' in thrown ? String(thrown.name) : '';
  return reasons[name] ?? 'unknown';
}
