import { isIP } from "node:net";

/** Addresses from the first to the last, as numbers. */
export interface Block {
  readonly isV6: boolean;
  readonly first: bigint;
  readonly last: bigint;
}

/** @returns undefined when it is neither an address nor a block in CIDR notation. */
export function blockOf(text: string): Block | undefined {
  const [address = "", prefix] = text.split("/");
  const family = isIP(address);
  if (family === 0) return undefined;
  const isV6 = family === 6;
  const bits = isV6 ? 128 : 32;
  const length = prefix === undefined ? bits : Number(prefix);
  if (!Number.isInteger(length) || length < 0 || length > bits) {
    return undefined;
  }
  const size = 1n << BigInt(bits - length);
  const number = isV6 ? v6(address) : v4(address);
  const first = number - (number % size);
  return { isV6, first, last: first + size - 1n };
}

const v4 = (address: string): bigint =>
  address.split(".").reduce((all, part) => all * 256n + BigInt(part), 0n);

function v6(address: string): bigint {
  // The URL parser writes every IPv6 address in the same short form.
  const [head = "", tail] = new URL(`http://[${address}]`).hostname
    .slice(1, -1)
    .split("::");
  const groups = (half = "") => half.split(":").filter((one) => one !== "");
  const before = groups(head);
  const after = groups(tail);
  const zeros = Array<string>(8 - before.length - after.length).fill("0");
  return [...before, ...zeros, ...after].reduce(
    (all, group) => all * 65536n + BigInt(`0x${group}`),
    0n,
  );
}

/** @returns seconds since 1970; undefined when it is no time. */
export function secondsOf(text: string): bigint | undefined {
  if (/^\d+$/.test(text)) return BigInt(text);
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds)
    ? undefined
    : BigInt(Math.floor(milliseconds / 1000));
}
