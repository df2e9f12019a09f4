// Loaded into a process that is measured: tells the one that started it what CPU time it has had.
"use strict";

process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send((user + system) / 1_000_000);
});
process.channel.unref();
