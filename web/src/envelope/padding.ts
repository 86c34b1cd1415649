/** 256 bytes: no content is shorter. */
export const minPaddedLength = 256;

/** 2^48 bytes: no secret is longer. Every length is a whole number that a double holds exactly. */
export const maxContentLength = 2 ** 48;

/**
 * How content is padded, so that its size says little: Padmé (Nikitin et al., PoPETs 2019), 256 at least. For 0 to
 * 2^48 bytes; above 256 bytes it is less than a sixteenth more.
 */
export function paddedLength(length: number): number {
  if (!Number.isInteger(length) || length < 0 || length > maxContentLength) {
    throw new RangeError("No secret has this length.");
  }
  if (length <= minPaddedLength) {
    return minPaddedLength;
  }
  const exponent = floorLog2(length);
  const significant = floorLog2(exponent) + 1;
  const step = 2 ** (exponent - significant);
  const over = length % step;
  return over === 0 ? length : length - over + step;
}

/** Whether some content has exactly this padded length. */
export function isPaddedLength(length: number): boolean {
  return length >= minPaddedLength && length <= maxContentLength && paddedLength(length) === length;
}

// Not Math.log2, which may round 2^47 - 1 up; and shifts know 32 bits only.
function floorLog2(value: number): number {
  const high = Math.floor(value / 2 ** 32);
  return high > 0 ? 63 - Math.clz32(high) : 31 - Math.clz32(value);
}
