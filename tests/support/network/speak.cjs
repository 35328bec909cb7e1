// Sends one packet to somebody nobody asked for, as a library that nobody looked at might: what the tests of silence find.
// In the main process by require, in a utility process by `fork(file, [how, address])`.
const dgram = require('node:dgram');
const dns = require('node:dns');
const net = require('node:net');

/** @type {Record<string, (address: string) => void>} */
const ways = {
  lookup: (name) => dns.lookup(name, () => undefined),
  udp: (address) => dgram.createSocket('udp4').send('x', 9, address),
  udp6: (address) => dgram.createSocket('udp6').send('x', 9, address),
  tcp: (address) => net.connect(80, address).on('error', () => undefined),
  join: (group) => {
    const socket = dgram.createSocket('udp4');
    socket.bind(0, () => socket.addMembership(group));
  },
};

exports.speak = (how, address) => ways[how](address);
if (process.type === 'utility') exports.speak(...process.argv.slice(-2));
