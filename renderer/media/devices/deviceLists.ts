import type { DeviceChoice } from '../../stores/mediaStore';

export interface DeviceLists {
  readonly microphones: readonly DeviceChoice[];
  readonly cameras: readonly DeviceChoice[];
  readonly speakers: readonly DeviceChoice[];
}

type DeviceInfo = Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label'>;

/** What can be chosen. Devices without an ID are left out: Chromium hides IDs until a permission was given. */
export function deviceLists(devices: readonly DeviceInfo[]): DeviceLists {
  const of = (kind: MediaDeviceKind): readonly DeviceChoice[] =>
    devices
      .filter((device) => device.kind === kind && device.deviceId !== '')
      .map((device) => ({ id: device.deviceId, label: device.label }));
  return { microphones: of('audioinput'), cameras: of('videoinput'), speakers: of('audiooutput') };
}

/** Keeps telling which devices there are; `refresh` is for after a permission was given, when the labels appear. */
export class DeviceWatcher {
  private turn = 0;

  constructor(
    private readonly devices: MediaDevices,
    private readonly onLists: (lists: DeviceLists) => void,
  ) {
    devices.addEventListener('devicechange', this.refresh);
    this.refresh();
  }

  readonly refresh = (): void => {
    void this.read();
  };

  private async read(): Promise<void> {
    const turn = ++this.turn;
    const found = await this.devices.enumerateDevices().catch(() => []);
    if (turn === this.turn) this.onLists(deviceLists(found));
  }

  dispose(): void {
    this.turn += 1;
    this.devices.removeEventListener('devicechange', this.refresh);
  }
}
