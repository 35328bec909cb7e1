// Loaded into the app under test before its own code (`electron -r`): remembers what Node is asked to open, at the lowest
// place there is. Whatever the app uses above it (tls, https, ws) comes by here.
'use strict';

const dgram = require('node:dgram');
const dns = require('node:dns');
const net = require('node:net');

const seen = (globalThis.__sockets = { dialled: [], listening: [], datagrams: [], names: [] });

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function watchedConnect(...given) {
  this.once('connect', () => seen.dialled.push(`${this.remoteAddress}:${this.remotePort}`));
  return connect.apply(this, given);
};
const { listen } = net.Server.prototype;
net.Server.prototype.listen = function watchedListen(...given) {
  this.once('listening', () => seen.listening.push(`*:${this.address().port}`));
  return listen.apply(this, given);
};
const { bind, send } = dgram.Socket.prototype;
dgram.Socket.prototype.bind = function watchedBind(...given) {
  seen.datagrams.push('bound');
  return bind.apply(this, given);
};
dgram.Socket.prototype.send = function watchedSend(...given) {
  seen.datagrams.push('sent');
  return send.apply(this, given);
};
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6', 'reverse']) {
  for (const module of [dns, dns.promises]) {
    const original = module[name];
    module[name] = function watchedName(asked, ...given) {
      if (net.isIP(asked) === 0) seen.names.push(asked);
      return original.call(this, asked, ...given);
    };
  }
}
