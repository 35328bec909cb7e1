import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The one interface that leads out, and where it leads: nobody is there. */
export const wayOut = 'out0';

/**
 * A network of one computer: loopback, and one interface with a default route, at whose other end nobody is. The kernel
 * itself sends nothing over it (no ARP, no link-local addresses), so each packet counted there was sent by a program that
 * wanted to reach somebody else. The name server lies out there as well: a lookup is such a packet.
 */
const setUp = [
  'ip link set lo up',
  `ip link add ${wayOut} type veth peer name out1`,
  `ip link set ${wayOut} arp off addrgenmode none`,
  'ip link set out1 addrgenmode none',
  `ip address add 10.77.0.1/24 dev ${wayOut}`,
  `ip link set ${wayOut} up`,
  'ip link set out1 up',
  'ip route add default via 10.77.0.2',
  // IPv6 may be switched off; then nothing can leave that way.
  `{ ip address add fd77::1/128 dev lo && ip -6 route add default dev ${wayOut}; } 2>/dev/null || true`,
  'mount --bind "$RESOLV_CONF" /etc/resolv.conf',
  // [Note: own displays]
  '{ [ -n "$DISPLAY$WAYLAND_DISPLAY" ] || { mkdir -p /tmp/.X11-unix && mount -t tmpfs tmpfs /tmp/.X11-unix; }; }',
].join(' && ');

/** Of util-linux. */
const unshare = 'unshare';
const enter = ['--net', '--mount', 'sh', '-c'];

/** Why no such network can be made here, in one line; null when it can. */
export function whyNoNamespace(): string | null {
  if (process.platform !== 'linux') return 'network namespaces are a thing of Linux';
  const missing = [unshare, 'ip', 'mount'].filter((name) => spawnSync(name, ['--version']).error !== undefined);
  if (missing.length > 0) return `not installed: ${missing.join(', ')} (Debian: util-linux, iproute2, mount)`;
  const { status, stderr } = spawnSync(unshare, [...enter, setUp], {
    env: { ...process.env, RESOLV_CONF: '/dev/null' },
    encoding: 'utf8',
  });
  return status === 0 ? null : `no network namespace can be made (${stderr.trim().split('\n').at(-1)})`;
}

/** Runs a command in a network of its own, to its end. */
export async function runInNamespace(
  command: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ code: number; output: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'konklave-network-'));
  const resolvConf = join(folder, 'resolv.conf');
  await writeFile(resolvConf, 'nameserver 10.77.0.53\n');
  try {
    const child = spawn(unshare, ['--kill-child', ...enter, `${setUp} && exec "$@"`, 'sh', ...command], {
      env: { ...env, RESOLV_CONF: resolvConf },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => output.push(text));
    }
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (status) => resolve(status ?? 1));
    });
    return { code, output: output.join('') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
