import { measure, type Measure } from "./measure";

/** A run of addresses of one family, both ends included. */
interface Block {
  readonly bits: 32 | 128;
  readonly first: bigint;
  readonly last: bigint;
}

export interface Blocks {
  readonly bounds: readonly string[];
  readonly negated: boolean;
  readonly wanted: boolean;
  readonly isMeasured: boolean;
}

export const ipMeasure = (blocks: Blocks): Measure =>
  measure({
    ...blocks,
    parse: parseBlock,
    holds: (address, block) =>
      address.bits === block.bits &&
      address.first >= block.first &&
      address.last <= block.last,
    around: ({ bits, first, last }) => [
      ...[first, last, first - 1n, last + 1n]
        .filter((address) => address >= 0n && address < 1n << BigInt(bits))
        .map((address) => written(address, bits)),
      ...ends,
    ],
  });

/** An address, or a block in CIDR notation. */
export function parseBlock(text: string): Block | undefined {
  const [address = "", length, ...more] = text.split("/");
  const bits = address.includes(":") ? 128 : 32;
  const value = bits === 128 ? parseV6(address) : parseV4(address);
  if (value === undefined || more.length > 0) return undefined;
  if (length !== undefined && !isDecimal.test(length)) return undefined;
  const prefix = length === undefined ? bits : Number(length);
  if (prefix > bits) return undefined;
  const size = 1n << BigInt(bits - prefix);
  const first = (value / size) * size;
  return { bits, first, last: first + size - 1n };
}

/** Without zeros in front, which some read as octal. */
const isDecimal = /^(0|[1-9]\d{0,2})$/;

function parseV4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    if (!isDecimal.test(part) || Number(part) > 255) return undefined;
    value = value * 256n + BigInt(part);
  }
  return value;
}

const groups = 8;

function parseV6(text: string): bigint | undefined {
  const [head = "", tail, ...more] = text.split("::");
  if (more.length > 0) return undefined;
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const missing = groups - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [...before, ...Array<string>(missing).fill("0"), ...after];
  let value = 0n;
  for (const group of all) {
    if (!/^[0-9a-f]{1,4}$/i.test(group)) return undefined;
    value = value * 65536n + BigInt(`0x${group}`);
  }
  return value;
}

function written(address: bigint, bits: 32 | 128): string {
  const [count, width] = bits === 32 ? [4, 8n] : [groups, 16n];
  const parts = Array.from({ length: count }, (_, index) => {
    const shift = BigInt(count - 1 - index) * width;
    return (address >> shift) & ((1n << width) - 1n);
  });
  return bits === 32
    ? parts.join(".")
    : parts.map((part) => part.toString(16)).join(":");
}

/** Of both families: a block that is a whole family has no neighbours, and leaves the other. */
const ends: readonly string[] = ([32, 128] as const).flatMap((bits) =>
  [0n, (1n << BigInt(bits)) - 1n].map((address) => written(address, bits)),
);
