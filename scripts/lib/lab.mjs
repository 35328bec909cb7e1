import { spawnSync } from 'node:child_process';
import { accessSync, constants, readlinkSync } from 'node:fs';
import { isOnPath } from '../setup/command.mjs';

/** What the lab is made of. Program: Debian package. */
const PROGRAMS = {
  ip: 'iproute2',
  tc: 'iproute2',
  nft: 'nftables',
  socat: 'socat',
  unshare: 'util-linux',
  nsenter: 'util-linux',
  setpriv: 'util-linux',
};
/** Where Debian keeps some of them; the PATH of an ordinary user does not have these. */
const MORE_PATH = ':/usr/sbin:/sbin';
const TUN = '/dev/net/tun';
const OWN_NETWORK = '/proc/self/ns/net';

/**
 * [Note: own displays] An X server looks only in its own network whether a number is taken, and would put its socket into the
 * place of another one's: virtual displays made in a network of its own have their sockets in a place of their own.
 */
const ownDisplays =
  '{ [ -n "$DISPLAY$WAYLAND_DISPLAY" ] || { mkdir -p /tmp/.X11-unix && mount -t tmpfs tmpfs /tmp/.X11-unix; }; }';

/**
 * The command, run in a network, a process table and mounts of its own: nothing in there can reach this machine's own
 * network, and when the command ends, or whoever started it, all that it started and every namespace made in there is
 * gone. An ordinary user is root in there, of what is in there.
 * @param {readonly string[]} command
 * @returns {string[]}
 */
export function labCommand(command) {
  const user = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  const own = [...user, '--net', '--mount', '--pid', '--mount-proc', '--fork', '--kill-child'];
  const start = `outside=$1; shift; PATH=$PATH${MORE_PATH}; ip link set lo up && ${ownDisplays} && KONKLAVE_LAB_OUTSIDE=$outside "$@"`;
  return ['setpriv', '--pdeathsig', 'KILL', 'unshare', ...own, 'sh', '-c', start, 'sh', ownNetwork(), ...command];
}

/** @returns {boolean} whether this process runs in a network that `labCommand` made */
export const isInLab = () =>
  process.env.KONKLAVE_LAB_OUTSIDE !== undefined && process.env.KONKLAVE_LAB_OUTSIDE !== ownNetwork();

/** @returns {string | null} why there can be no lab on this machine, in one line */
export function whyNoLab() {
  if (process.platform !== 'linux') return 'network namespaces are a thing of Linux';
  const path = (process.env.PATH ?? '') + MORE_PATH;
  const missing = Object.entries(PROGRAMS).filter(([program]) => !isOnPath(program, path));
  if (missing.length > 0) {
    const packages = new Set(missing.map(([, name]) => name));
    return `not installed: ${missing.map(([program]) => program).join(', ')} (Debian: ${[...packages].join(', ')})`;
  }
  try {
    accessSync(TUN, constants.R_OK | constants.W_OK);
  } catch {
    return `${TUN} cannot be opened`;
  }
  // Each kind of thing that the lab makes, once.
  const trial = [
    'ip link add try0 type veth peer name try1',
    'tc qdisc add dev try0 root tbf rate 1mbit burst 3000 latency 100ms',
    'echo 1 > /proc/sys/net/ipv4/ip_forward',
    'nft add table inet try',
    'nft add chain inet try forward "{ type filter hook forward priority 0; }"',
    'nft add rule inet try forward iifname try0 numgen random mod 100 "<" 1 drop',
  ].join(' && ');
  const [program = '', ...args] = labCommand(['sh', '-c', trial]);
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return status === 0 ? null : `no network namespace can be made (${stderr.trim().split('\n').at(-1)})`;
}

const ownNetwork = () => readlinkSync(OWN_NETWORK);
