const SIZE = 32;

/**
 * The two numbers of a P-256 signature, 32 bytes each (RFC 7518, 3.4), from their ASN.1 form, which is the one that Node's `sign` and
 * `verify` take without looking for options of the key: that look costs as much as the signature.
 */
export function fromDer(der: Buffer): Buffer {
  const joined = Buffer.alloc(2 * SIZE);
  let at = 2;
  for (const end of [SIZE, 2 * SIZE]) {
    const length = der[at + 1] as number;
    const digits = der.subarray(at + 2 + Math.max(0, length - SIZE), at + 2 + length);
    joined.set(digits, end - digits.length);
    at += 2 + length;
  }
  return joined;
}

/** The ASN.1 form of the 64 bytes: SEQUENCE of two INTEGERs, each in as few bytes as it takes, without a sign. */
export function toDer(joined: Buffer): Buffer {
  const numbers = [...integer(joined.subarray(0, SIZE)), ...integer(joined.subarray(SIZE))];
  return Buffer.from([0x30, numbers.length, ...numbers]);
}

function integer(bytes: Buffer): number[] {
  let start = 0;
  while (start < SIZE - 1 && bytes[start] === 0) start++;
  const digits = [...bytes.subarray(start)];
  if ((digits[0] as number) >= 0x80) digits.unshift(0);
  return [0x02, digits.length, ...digits];
}
