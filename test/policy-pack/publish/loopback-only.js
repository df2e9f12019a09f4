// Loaded into the pack's process: whoever wants to reach more than this machine fails, and says so.
"use strict";

const dns = require("node:dns");
const net = require("node:net");

const isHere = (host) =>
  host === undefined || ["localhost", "127.0.0.1", "::1"].includes(host);

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const [options] = Array.isArray(args[0]) ? args[0] : args;
  const host = typeof options === "object" ? options.host : args[1];
  if (!isHere(host)) throw new Error(`wants to reach ${host}`);
  return connect.apply(this, args);
};

const lookup = dns.lookup;
dns.lookup = function (host, ...args) {
  if (!isHere(host)) throw new Error(`looks up ${host}`);
  return lookup.call(this, host, ...args);
};
