import type { SelectOption } from '../../ui/Select';
import type { DeviceChoice } from '../../stores/mediaStore';

/**
 * The devices to choose from, the system's default first. Before the first permission Chromium gives no names: they
 * are numbered then.
 */
export function deviceOptions(
  devices: readonly DeviceChoice[],
  standard: string,
  numbered: (position: number) => string,
): readonly SelectOption<string>[] {
  const others = devices.filter(({ id }) => id !== 'default' && id !== '' && id !== 'communications');
  return [
    { id: 'default', label: standard },
    ...others.map(({ id, label }, index) => ({ id, label: label === '' ? numbered(index + 1) : label })),
  ];
}
